package io.millrace.sql.validate;

import io.millrace.sql.function.RegexFunctions;
import io.millrace.sql.parser.tree.PostgresInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Constant texts that PostgreSQL reads as what a function takes.
 *
 * <pre>
 *   DATE_BIN('15 minutes', t, o)           DATE_BIN(INTERVAL '15' MINUTE, t, o)
 *   GENERATE_SERIES(a, b, '1 hour')        GENERATE_SERIES(a, b, INTERVAL '1' HOUR)
 *   SUBSTRING(x FROM 'o(.)b')              REGEXP_MATCH(x, 'o(.)b')[1]
 * </pre>
 */
final class PostgresTexts extends SqlShuttle {

    private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?[0-9.]+\\s*");

    private PostgresTexts() {}

    static SqlNode replace(SqlNode query) {
        SqlNode result = query.accept(new PostgresTexts());
        return result == null ? query : result;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlCall function)) {
            return visited;
        }
        return switch (function.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "DATE_BIN" -> withInterval(function, 0);
            case "GENERATE_SERIES" -> withInterval(function, 2);
            case "SUBSTRING" -> ofPattern(function);
            default -> function;
        };
    }

    private static SqlNode withInterval(SqlCall call, int place) {
        if (call.operandCount() <= place || text(call.operand(place)) == null) {
            return call;
        }
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        SqlNode text = call.operand(place);
        operands.set(place, PostgresInterval.ofText(text, text.getParserPosition()));
        return call.getOperator().createCall(call.getParserPosition(), operands);
    }

    /** A text that is a number is where the part begins, as it was always taken here. */
    private static SqlNode ofPattern(SqlCall call) {
        String pattern = call.operandCount() == 2 ? text(call.operand(1)) : null;
        if (pattern == null || NUMBER.matcher(pattern).matches()) {
            return call;
        }
        SqlNode parts = RegexFunctions.MATCH.createCall(call.getParserPosition(), call.getOperandList());
        return SqlStdOperatorTable.ITEM.createCall(
                call.getParserPosition(), parts, SqlLiteral.createExactNumeric("1", call.getParserPosition()));
    }

    private static @Nullable String text(SqlNode node) {
        return node instanceof SqlLiteral literal && SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())
                ? literal.getValueAs(String.class)
                : null;
    }
}
