package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code EXPLAIN [ANALYZE] (FORMAT …) statement}. */
public final class SqlExplainStatement extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("EXPLAIN", SqlKind.OTHER);

    private final boolean analyze;
    private final ExplainFormat format;
    private final SqlNode statement;

    public SqlExplainStatement(SqlParserPos pos, boolean analyze, ExplainFormat format, SqlNode statement) {
        super(pos);
        this.analyze = analyze;
        this.format = format;
        this.statement = statement;
    }

    /** Returns whether the statement is run, to say what each operator did. */
    public boolean analyze() {
        return analyze;
    }

    public ExplainFormat format() {
        return format;
    }

    public SqlNode statement() {
        return statement;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(statement);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword(analyze ? "EXPLAIN ANALYZE" : "EXPLAIN");
        if (format != ExplainFormat.TEXT) {
            writer.keyword("(FORMAT " + format + ")");
        }
        statement.unparse(writer, 0, 0);
    }
}
