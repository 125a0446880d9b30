package io.millrace.runtime.expression.function;

import io.millrace.plan.expression.NumberPattern;
import io.millrace.plan.expression.NumberPattern.Kind;
import io.millrace.plan.expression.NumberPattern.Part;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A text being read as a number by a pattern, as PostgreSQL's TO_NUMBER does: each part of the pattern takes a character,
 * and what does not fit is passed over.
 */
public final class NumberReading {

    /** What is never taken for the sign of a currency, nor for the place of a sign that is not there. */
    private static final String OF_NUMBERS = "0123456789.,+-";

    private final NumberPattern pattern;
    private final String text;
    private final StringBuilder digits = new StringBuilder();
    private @Nullable Boolean negative;
    private boolean point;
    private int fraction;
    private int at;

    private NumberReading(NumberPattern pattern, String text) {
        this.pattern = pattern;
        this.text = text;
    }

    /**
     * Reads a text.
     *
     * @throws RowFailure with {@code INVALID_VALUE} where no digit is found
     */
    public static BigDecimal read(String text, NumberPattern pattern) {
        return new NumberReading(pattern, text).read();
    }

    private BigDecimal read() {
        for (Part part : pattern.parts()) {
            if (at >= text.length()) {
                break;
            }
            take(part);
        }
        String number = digits.toString();
        if (number.isEmpty() || number.equals(".")) {
            String shown = text.length() <= 100 ? text : text.substring(0, 100) + "…";
            throw new RowFailure(
                    ErrorCode.INVALID_VALUE, "'" + shown + "' has no digits where '" + pattern + "' has them");
        }
        BigDecimal value = new BigDecimal(number).movePointLeft(pattern.shift());
        return Boolean.TRUE.equals(negative) ? value.negate() : value;
    }

    private void take(Part part) {
        switch (part.kind()) {
            case DIGIT, ZERO, POINT -> place(part.kind() != Kind.POINT);
            case GROUP -> {
                if (!pattern.has(Kind.UNFILLED) && text.charAt(at) == ',') {
                    at++;
                }
            }
            case MINUS -> signApart("-");
            case PLUS -> signApart("+");
            case PLUS_OR_MINUS -> signApart("-+");
            case ORDINAL -> {
                passOver();
                passOver();
            }
            case CURRENCY -> passOver();
            case LITERAL -> at = text.offsetByCodePoints(at, 1);
            default -> {}
        }
    }

    private void signApart(String signs) {
        char sign = text.charAt(at);
        if (signs.indexOf(sign) >= 0) {
            negative = sign == '-';
            at++;
        } else {
            passOver();
        }
    }

    /** Goes on by a character that can be no part of a number. */
    private void passOver() {
        if (at < text.length() && OF_NUMBERS.indexOf(text.charAt(at)) < 0) {
            at = text.offsetByCodePoints(at, 1);
        }
    }

    private void place(boolean digit) {
        if (text.charAt(at) == ' ') {
            at++;
        }
        if (digit && negative == null && digits.isEmpty()) {
            signBefore();
        }
        if (at >= text.length()) {
            return;
        }
        char found = text.charAt(at);
        boolean taken = false;
        if (found >= '0' && found <= '9') {
            if (point && fraction == pattern.fraction()) {
                return;
            }
            digits.append(found);
            fraction += point ? 1 : 0;
            taken = true;
        } else if (found == '.' && pattern.has(Kind.POINT) && !point) {
            digits.append(found);
            point = true;
            taken = true;
        }
        if (negative == null && !digits.isEmpty()) {
            signBehind(taken);
        }
        at = at < text.length() ? text.offsetByCodePoints(at, 1) : at;
    }

    private void signBefore() {
        if (at >= text.length()) {
            return;
        }
        char sign = text.charAt(at);
        boolean leading = sign == '-' || sign == '+';
        if (leading && !(pattern.has(Kind.SIGN) && pattern.signBehind())) {
            negative = sign == '-';
            at++;
        } else if (sign == '<' && pattern.has(Kind.BRACKETS)) {
            negative = true;
            at++;
        }
    }

    private void signBehind(boolean taken) {
        if (pattern.has(Kind.SIGN)) {
            boolean more = taken && at + 1 < text.length() && !Character.isDigit(text.charAt(at + 1));
            if (more && (text.charAt(at + 1) == '-' || text.charAt(at + 1) == '+')) {
                at++;
                negative = text.charAt(at) == '-';
            }
        } else if (!taken) {
            char sign = text.charAt(at);
            negative = sign == '-' ? Boolean.TRUE : sign == '+' ? Boolean.FALSE : negative;
        }
    }
}
