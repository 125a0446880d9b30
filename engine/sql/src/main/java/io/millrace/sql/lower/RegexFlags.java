package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.sql.error.SqlErrors;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What letters behind a regular expression say of it, as PostgreSQL has them.
 *
 * @param all {@code g}: each match, not the first alone
 * @param anyCase {@code i}, or {@code c} for not
 * @param lines {@code n} or {@code w}: ^ and $ are at each line
 * @param dotEnds {@code n} or {@code p}: a dot is no end of a line
 * @param spaced {@code x}: blanks in it say nothing
 * @param plain {@code q}: it is plain text
 */
record RegexFlags(boolean all, boolean anyCase, boolean lines, boolean dotEnds, boolean spaced, boolean plain) {

    static final RegexFlags NONE = new RegexFlags(false, false, false, false, false, false);
    static final RegexFlags ANY_CASE = new RegexFlags(false, true, false, false, false, false);

    static RegexFlags of(Expression flags, String function, SqlParserPos pos) {
        if (!(flags instanceof Literal literal && literal.value() instanceof String letters)) {
            throw SqlErrors.unsupported(
                    "flags of " + function + " that are not a constant are not supported",
                    "write them as a text constant",
                    pos);
        }
        RegexFlags found = NONE;
        for (int i = 0; i < letters.length(); i++) {
            found = found.with(letters.charAt(i), function, pos);
        }
        return found;
    }

    private RegexFlags with(char letter, String function, SqlParserPos pos) {
        return switch (letter) {
            case 'g' -> new RegexFlags(true, anyCase, lines, dotEnds, spaced, plain);
            case 'i' -> new RegexFlags(all, true, lines, dotEnds, spaced, plain);
            case 'c' -> new RegexFlags(all, false, lines, dotEnds, spaced, plain);
            case 'm', 'n' -> new RegexFlags(all, anyCase, true, true, spaced, plain);
            case 's' -> new RegexFlags(all, anyCase, false, false, spaced, plain);
            case 'p' -> new RegexFlags(all, anyCase, false, true, spaced, plain);
            case 'w' -> new RegexFlags(all, anyCase, true, false, spaced, plain);
            case 'x' -> new RegexFlags(all, anyCase, lines, dotEnds, true, plain);
            case 't' -> new RegexFlags(all, anyCase, lines, dotEnds, false, plain);
            case 'q' -> new RegexFlags(all, anyCase, lines, dotEnds, spaced, true);
            case 'e' -> this;
            default ->
                throw SqlErrors.invalid(
                        "'" + letter + "' is no flag of " + function, "there are g i c n m s p w x t q and e", pos);
        };
    }

    /** Returns the expression in Java's words. */
    Expression applied(Expression pattern, String function, SqlParserPos pos) {
        Expression whole = pattern;
        if (plain) {
            whole = new Literal(quoted(SpecialCalls.constant(pattern, function, pos)), DataType.VARCHAR);
        }
        String prefix = prefix();
        if (prefix.isEmpty()) {
            return whole;
        }
        if (whole instanceof Literal literal && literal.value() instanceof String text) {
            return new Literal(prefix + text, DataType.VARCHAR);
        }
        Literal first = new Literal(prefix, DataType.VARCHAR);
        return new Call(ScalarFunction.CONCAT, List.of(first, whole), DataType.VARCHAR, whole.nullable());
    }

    /** A dot is every character unless something is said, and only a line feed ends a line, as in PostgreSQL. */
    private String prefix() {
        String on = (anyCase ? "iu" : "")
                + (lines || dotEnds ? "d" : "")
                + (lines ? "m" : "")
                + (spaced && !plain ? "x" : "");
        String off = dotEnds ? "-s" : "";
        return on.isEmpty() && off.isEmpty() ? "" : "(?" + on + off + ")";
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "" : java.util.regex.Pattern.quote(text);
    }
}
