package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code (name type, …) RETURNS type RETURN expression}, or {@code AS $$expression$$}.
 *
 * @param parameters each a {@link SqlColumn}
 * @param body the expression, or a {@link SqlDollarQuote} that holds it
 */
public record SqlFunctionInSql(List<SqlNode> parameters, SqlDataTypeSpec returns, SqlNode body) {

    void unparse(SqlWriter writer) {
        Writing.list(writer, new SqlNodeList(parameters, SqlParserPos.ZERO));
        writer.keyword("RETURNS");
        returns.unparse(writer, 0, 0);
        writer.keyword(body instanceof SqlDollarQuote ? "AS" : "RETURN");
        body.unparse(writer, 0, 0);
    }
}
