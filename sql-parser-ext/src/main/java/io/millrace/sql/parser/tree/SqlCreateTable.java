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

/** {@code CREATE TABLE name (columns, PRIMARY KEY (…))}. */
public final class SqlCreateTable extends SqlCreate {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("CREATE TABLE", SqlKind.CREATE_TABLE);

    private final SqlIdentifier name;
    private final SqlNodeList elements;

    public SqlCreateTable(
            SqlParserPos pos, boolean replace, boolean ifNotExists, SqlIdentifier name, SqlNodeList elements) {
        super(OPERATOR, pos, replace, ifNotExists);
        this.name = name;
        this.elements = elements;
    }

    public boolean ifNotExists() {
        return ifNotExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    public List<SqlTableColumn> columns() {
        return elements.stream()
                .filter(SqlTableColumn.class::isInstance)
                .map(SqlTableColumn.class::cast)
                .toList();
    }

    /** Returns what says PRIMARY KEY by itself; more than one is the user's mistake. */
    public List<SqlPrimaryKey> keys() {
        return elements.stream()
                .filter(SqlPrimaryKey.class::isInstance)
                .map(SqlPrimaryKey.class::cast)
                .toList();
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, elements);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        Writing.create(writer, getReplace(), "TABLE", ifNotExists, name);
        Writing.list(writer, elements);
    }
}
