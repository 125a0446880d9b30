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

/** {@code EXPLAIN [ANALYZE] (FORMAT …) kind name}: of a pump, view or delivery that exists. */
public final class SqlExplainRunning extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("EXPLAIN", SqlKind.OTHER);

    private final boolean analyze;
    private final ExplainFormat format;
    private final ObjectKind kind;
    private final SqlIdentifier name;

    public SqlExplainRunning(
            SqlParserPos pos, boolean analyze, ExplainFormat format, ObjectKind kind, SqlIdentifier name) {
        super(pos);
        this.analyze = analyze;
        this.format = format;
        this.kind = kind;
        this.name = name;
    }

    /** Returns whether it is to say what each operator has done, too. */
    public boolean analyze() {
        return analyze;
    }

    public ExplainFormat format() {
        return format;
    }

    public ObjectKind kind() {
        return kind;
    }

    public SqlIdentifier name() {
        return name;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword(analyze ? "EXPLAIN ANALYZE" : "EXPLAIN");
        if (format != ExplainFormat.TEXT) {
            writer.keyword("(FORMAT " + format + ")");
        }
        writer.keyword(kind.words());
        name.unparse(writer, 0, 0);
    }
}
