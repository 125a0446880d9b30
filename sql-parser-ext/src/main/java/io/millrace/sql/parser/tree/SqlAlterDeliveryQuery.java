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

/** {@code ALTER DELIVERY name AS query}: another query for a delivery that is there. */
public final class SqlAlterDeliveryQuery extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("ALTER DELIVERY", SqlKind.OTHER);

    private final SqlIdentifier name;
    private final SqlNode query;

    public SqlAlterDeliveryQuery(SqlParserPos pos, SqlIdentifier name, SqlNode query) {
        super(pos);
        this.name = name;
        this.query = query;
    }

    public SqlIdentifier name() {
        return name;
    }

    public SqlNode query() {
        return query;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, query);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("ALTER DELIVERY");
        name.unparse(writer, 0, 0);
        writer.keyword("AS");
        query.unparse(writer, 0, 0);
    }
}
