package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code (name type, …) RETURNS TABLE (name type, …) AS 'query'}, or {@code RETURN query}.
 *
 * @param parameters each a {@link SqlColumn}
 * @param columns of its rows, each a {@link SqlColumn}
 * @param body the query, or a {@link SqlDollarQuote} or a text that holds it
 */
public record SqlFunctionOfRows(List<SqlNode> parameters, List<SqlNode> columns, SqlNode body) {

    void unparse(SqlWriter writer) {
        Writing.list(writer, new SqlNodeList(parameters, SqlParserPos.ZERO));
        writer.keyword("RETURNS TABLE");
        Writing.list(writer, new SqlNodeList(columns, SqlParserPos.ZERO));
        writer.keyword(body instanceof SqlDollarQuote || body.getKind() == SqlKind.LITERAL ? "AS" : "RETURN");
        body.unparse(writer, 0, 0);
    }
}
