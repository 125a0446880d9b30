package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code ALTER PUMP name AS INSERT INTO …}: another query for a pump that is there. */
public final class SqlAlterPumpQuery extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("ALTER PUMP", SqlKind.OTHER);

    private final SqlIdentifier name;
    private final SqlNode insert;

    public SqlAlterPumpQuery(SqlParserPos pos, SqlIdentifier name, SqlNode insert) {
        super(pos);
        this.name = name;
        this.insert = insert;
    }

    public SqlIdentifier name() {
        return name;
    }

    public SqlInsert insert() {
        return (SqlInsert) insert;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, insert);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("ALTER PUMP");
        name.unparse(writer, 0, 0);
        writer.keyword("AS");
        insert.unparse(writer, 0, 0);
    }
}
