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
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/** A column of a table: {@code name type [NOT NULL] [DEFAULT value] [PRIMARY KEY]}. */
public final class SqlTableColumn extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("COLUMN", SqlKind.COLUMN_DECL);

    private final SqlIdentifier name;
    private final SqlDataTypeSpec type;
    private final @Nullable SqlNode byDefault;
    private final boolean key;

    /** @param key whether it is the primary key by itself */
    public SqlTableColumn(
            SqlParserPos pos, SqlIdentifier name, SqlDataTypeSpec type, @Nullable SqlNode byDefault, boolean key) {
        super(pos);
        this.name = name;
        this.type = type;
        this.byDefault = byDefault;
        this.key = key;
    }

    public SqlIdentifier name() {
        return name;
    }

    public SqlDataTypeSpec type() {
        return type;
    }

    /** Returns the expression of DEFAULT, or null. */
    public @Nullable SqlNode byDefault() {
        return byDefault;
    }

    public boolean nullable() {
        return !key && !Boolean.FALSE.equals(type.getNullable());
    }

    /** Returns whether it is the primary key by itself. */
    public boolean key() {
        return key;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(name, type, byDefault);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        name.unparse(writer, 0, 0);
        type.unparse(writer, 0, 0);
        if (Boolean.FALSE.equals(type.getNullable())) {
            writer.keyword("NOT NULL");
        }
        if (byDefault != null) {
            writer.keyword("DEFAULT");
            byDefault.unparse(writer, 0, 0);
        }
        if (key) {
            writer.keyword("PRIMARY KEY");
        }
    }
}
