package io.millrace.sql.parser.tree;

import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.jspecify.annotations.Nullable;

/**
 * {@code AS 'class' USING JAR 'path' [CHECKSUM 'sha256']}.
 *
 * @param className text literal
 * @param jar text literal
 * @param checksum text literal, or null
 */
public record SqlFunctionInJava(
        SqlNode className, SqlNode jar, @Nullable SqlNode checksum) {

    /** Returns the text of one of the literals. */
    public static String text(SqlNode literal) {
        return java.util.Objects.requireNonNull(((SqlLiteral) literal).getValueAs(String.class));
    }

    void unparse(SqlWriter writer) {
        writer.keyword("AS");
        className.unparse(writer, 0, 0);
        writer.keyword("USING JAR");
        jar.unparse(writer, 0, 0);
        if (checksum != null) {
            writer.keyword("CHECKSUM");
            checksum.unparse(writer, 0, 0);
        }
    }
}
