package io.millrace.sql.view;

import io.millrace.sql.error.CalciteErrors;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.MillraceParser;
import io.millrace.sql.parser.ParseFailure;
import io.millrace.sql.parser.tree.SqlDollarQuote;
import io.millrace.sql.parser.tree.SqlEmit;
import io.millrace.sql.parser.tree.SqlFunctionOfRows;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** The query of a function of rows, as CREATE FUNCTION has it: written behind RETURN, or as a text. */
public final class FunctionQuery {

    private static final Pattern END = Pattern.compile(";\\s*$");

    private FunctionQuery() {}

    /** Returns the query's tree; places in it are places in the statement. */
    public static SqlNode of(SqlFunctionOfRows function) {
        SqlNode body = function.body();
        SqlNode query = switch (body) {
            case SqlDollarQuote quote -> parsed(quote.placed());
            case SqlLiteral text -> Placed.at(text.getParserPosition(), parsed(text.toValue()));
            default -> body;
        };
        if (!SqlEmit.query(query).isA(SqlKind.QUERY)) {
            throw SqlErrors.invalid(
                    "a function that returns a table is a query",
                    "write RETURNS TABLE (…) AS 'SELECT …'",
                    body.getParserPosition());
        }
        return query;
    }

    /** Returns the tree of a query that is kept as a text. */
    public static SqlNode parsed(String query) {
        try {
            return MillraceParser.parse(END.matcher(query).replaceFirst(""));
        } catch (ParseFailure e) {
            throw CalciteErrors.syntax(e);
        }
    }
}
