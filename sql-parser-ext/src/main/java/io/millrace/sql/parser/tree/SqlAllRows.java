package io.millrace.sql.parser.tree;

import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** {@code ALL ROWS PER MATCH} with more to say, which Calcite's tree has no place for. To Calcite it is what stands alone. */
public final class SqlAllRows extends SqlLiteral {

    private final AllRowsPerMatch rows;

    public SqlAllRows(AllRowsPerMatch rows, SqlParserPos pos) {
        super(SqlMatchRecognize.RowsPerMatchOption.ALL_ROWS, SqlTypeName.SYMBOL, pos);
        this.rows = rows;
    }

    /** Returns what a MATCH_RECOGNIZE says of its rows, or null where it says nothing that Calcite does not know. */
    public static @Nullable AllRowsPerMatch of(SqlMatchRecognize match) {
        return match.getRowsPerMatch() instanceof SqlAllRows all ? all.rows : null;
    }

    @Override
    public SqlAllRows clone(SqlParserPos pos) {
        return new SqlAllRows(rows, pos);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword(rows.toString());
    }
}
