package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/** {@code CREATE FUNCTION name} in Java or in SQL, of a value or of rows. */
public final class SqlCreateFunction extends SqlCreate {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("CREATE FUNCTION", SqlKind.OTHER_DDL);

    private final SqlIdentifier name;
    private final @Nullable SqlFunctionInJava java;
    private final @Nullable SqlFunctionInSql sql;
    private final @Nullable SqlFunctionOfRows rows;

    /** One of {@code java}, {@code sql} and {@code rows} is not null. */
    public SqlCreateFunction(
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            @Nullable SqlFunctionInJava java,
            @Nullable SqlFunctionInSql sql,
            @Nullable SqlFunctionOfRows rows) {
        super(OPERATOR, pos, replace, ifNotExists);
        this.name = name;
        this.java = java;
        this.sql = sql;
        this.rows = rows;
    }

    public boolean ifNotExists() {
        return ifNotExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** Returns where its code is, or null where it is in SQL. */
    public @Nullable SqlFunctionInJava inJava() {
        return java;
    }

    /** Returns the expression that it computes, or null where it is another kind of function. */
    public @Nullable SqlFunctionInSql inSql() {
        return sql;
    }

    /** Returns the query that it stands for, or null where it is another kind of function. */
    public @Nullable SqlFunctionOfRows ofRows() {
        return rows;
    }

    @Override
    public List<SqlNode> getOperandList() {
        if (rows != null) {
            return ImmutableNullableList.of(
                    name,
                    new SqlNodeList(rows.parameters(), SqlParserPos.ZERO),
                    new SqlNodeList(rows.columns(), SqlParserPos.ZERO),
                    rows.body());
        }
        return sql == null
                ? ImmutableNullableList.of(name)
                : ImmutableNullableList.of(name, new SqlNodeList(sql.parameters(), SqlParserPos.ZERO), sql.body());
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        Writing.create(writer, getReplace(), "FUNCTION", ifNotExists, name);
        if (java != null) {
            java.unparse(writer);
        }
        if (sql != null) {
            sql.unparse(writer);
        }
        if (rows != null) {
            rows.unparse(writer);
        }
    }
}
