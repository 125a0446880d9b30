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
import org.jspecify.annotations.Nullable;

/** {@code DESCRIBE [kind] name}. */
public final class SqlDescribeObject extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("DESCRIBE", SqlKind.OTHER);

    private final @Nullable ObjectKind kind;
    private final SqlIdentifier name;

    public SqlDescribeObject(SqlParserPos pos, @Nullable ObjectKind kind, SqlIdentifier name) {
        super(pos);
        this.kind = kind;
        this.name = name;
    }

    /** Returns the kind, or null where the statement does not say it. */
    public @Nullable ObjectKind kind() {
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
        writer.keyword("DESCRIBE");
        if (kind != null) {
            writer.keyword(kind.words());
        }
        name.unparse(writer, 0, 0);
    }
}
