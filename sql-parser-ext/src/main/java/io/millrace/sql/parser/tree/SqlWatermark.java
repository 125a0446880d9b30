package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code WATERMARK FOR column AS bound}: how far behind the newest a row may come. */
public final class SqlWatermark extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("WATERMARK", SqlKind.OTHER);

    private final SqlIdentifier column;
    private final SqlNode bound;

    public SqlWatermark(SqlParserPos pos, SqlIdentifier column, SqlNode bound) {
        super(pos);
        this.column = column;
        this.bound = bound;
    }

    /** Returns the watermark among the elements of a declaration, null where there is none; a second one is refused. */
    public static @Nullable SqlNode of(List<SqlNode> elements) {
        SqlNode watermark = null;
        for (SqlNode element : elements) {
            if (element instanceof SqlWatermark && watermark != null) {
                throw MillraceSyntax.secondWatermark(element);
            }
            watermark = element instanceof SqlWatermark ? element : watermark;
        }
        return watermark;
    }

    /** Returns the elements of a declaration that are columns. */
    public static SqlNodeList without(List<SqlNode> elements, SqlParserPos pos) {
        return new SqlNodeList(
                elements.stream()
                        .filter(element -> !(element instanceof SqlWatermark))
                        .toList(),
                pos);
    }

    public SqlIdentifier column() {
        return column;
    }

    /** Returns the expression after AS: the column, or the column less an interval. */
    public SqlNode bound() {
        return bound;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(column, bound);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("WATERMARK FOR");
        column.unparse(writer, 0, 0);
        writer.keyword("AS");
        bound.unparse(writer, 0, 0);
    }
}
