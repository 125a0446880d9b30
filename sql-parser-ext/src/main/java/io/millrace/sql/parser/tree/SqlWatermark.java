package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

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
