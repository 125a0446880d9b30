package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A declared column: {@code name type [NOT NULL]}. */
public final class SqlColumn extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("COLUMN", SqlKind.COLUMN_DECL);

    private final SqlIdentifier name;
    private final SqlDataTypeSpec type;

    public SqlColumn(SqlParserPos pos, SqlIdentifier name, SqlDataTypeSpec type) {
        super(pos);
        this.name = name;
        this.type = type;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** Returns the type; its nullability is set. */
    public SqlDataTypeSpec type() {
        return type;
    }

    public boolean nullable() {
        return !Boolean.FALSE.equals(type.getNullable());
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, type);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        name.unparse(writer, 0, 0);
        type.unparse(writer, 0, 0);
        if (!nullable()) {
            writer.keyword("NOT NULL");
        }
    }
}
