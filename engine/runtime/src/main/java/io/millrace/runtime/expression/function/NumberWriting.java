package io.millrace.runtime.expression.function;

import io.millrace.plan.expression.NumberPattern;
import io.millrace.plan.expression.NumberPattern.Kind;
import io.millrace.plan.expression.NumberPattern.Part;
import io.millrace.spi.error.RowFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes numbers by a pattern, as PostgreSQL's TO_CHAR does. Safe for concurrent use. */
public final class NumberWriting {

    /** How many patterns are kept; a query has a handful, but a pattern may come from data. */
    private static final int CACHED_MAX = 256;

    private static final Map<String, NumberWriting> CACHE = new ConcurrentHashMap<>();

    /** A DOUBLE is written with no more digits than it is sure of. */
    private static final int DOUBLE_DIGITS = 15;

    private static final int REAL_DIGITS = 6;
    private static final int ROMAN_WIDTH = 15;
    private static final int ROMAN_MAX = 3999;

    private final NumberPattern pattern;

    private NumberWriting(NumberPattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Returns what writes by a pattern.
     *
     * @throws RowFailure with {@code INVALID_ARGUMENT} where the pattern is none
     */
    public static NumberWriting of(String pattern) {
        NumberWriting known = CACHE.get(pattern);
        if (known != null) {
            return known;
        }
        NumberWriting made = new NumberWriting(NumberPattern.of(pattern));
        if (CACHE.size() < CACHED_MAX) {
            CACHE.put(pattern, made);
        }
        return made;
    }

    /** Returns a number as text. */
    public String write(Number number) {
        if (pattern.has(Kind.ROMAN)) {
            return new Line(pattern, false, roman(number), "").write();
        }
        if (number instanceof Double || number instanceof Float) {
            return ofFloating(number.doubleValue(), number instanceof Float ? REAL_DIGITS : DOUBLE_DIGITS);
        }
        return exact(Comparison.decimal(number), pattern.fraction());
    }

    private String ofFloating(double value, int digits) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        BigDecimal exact = new BigDecimal(value);
        if (pattern.has(Kind.EXPONENT)) {
            return scientific(exact);
        }
        int wholeDigits = whole(exact.movePointRight(pattern.shift())
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .abs())
                .length();
        int fraction = Math.max(0, Math.min(pattern.fraction(), digits - wholeDigits));
        return exact(exact.setScale(Math.max(0, fraction + pattern.shift()), RoundingMode.HALF_EVEN), fraction);
    }

    private String notFinite(double value) {
        if (pattern.has(Kind.EXPONENT)) {
            return " " + "#".repeat(pattern.whole()) + "." + "#".repeat(pattern.fraction() + "e+00".length());
        }
        String name = Double.isNaN(value) ? "NaN" : "Infinity";
        return new Line(pattern, value < 0, name, "").write();
    }

    private String exact(BigDecimal value, int fraction) {
        if (pattern.has(Kind.EXPONENT)) {
            return scientific(value);
        }
        BigDecimal rounded = value.movePointRight(pattern.shift()).setScale(fraction, RoundingMode.HALF_UP);
        String digits = rounded.abs().toPlainString();
        int point = digits.indexOf('.');
        return new Line(
                        pattern,
                        rounded.signum() < 0,
                        point < 0 ? digits : digits.substring(0, point),
                        point < 0 ? "" : digits.substring(point + 1))
                .write();
    }

    private static String whole(BigDecimal value) {
        return value.toBigInteger().toString();
    }

    private String scientific(BigDecimal value) {
        int fraction = pattern.fraction();
        int exponent = value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
        BigDecimal mantissa = value.movePointLeft(exponent).setScale(fraction, RoundingMode.HALF_UP);
        if (mantissa.abs().compareTo(BigDecimal.TEN) >= 0) {
            exponent++;
            mantissa = value.movePointLeft(exponent).setScale(fraction, RoundingMode.HALF_UP);
        }
        return (mantissa.signum() < 0 ? "" : " ")
                + mantissa.toPlainString()
                + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static String roman(Number number) {
        boolean finite =
                !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
        long value = finite
                ? Comparison.decimal(number)
                        .setScale(0, RoundingMode.HALF_UP)
                        .min(BigDecimal.valueOf(ROMAN_MAX + 1))
                        .max(BigDecimal.ZERO)
                        .longValue()
                : 0;
        if (value < 1 || value > ROMAN_MAX) {
            return "#".repeat(ROMAN_WIDTH);
        }
        int[] sizes = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
        String[] letters = {"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"};
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < sizes.length; i++) {
            for (; value >= sizes[i]; value -= sizes[i]) {
                out.append(letters[i]);
            }
        }
        return out.toString();
    }

    /** One number being written, part by part of the pattern. */
    private static final class Line {

        private final NumberPattern pattern;
        private final boolean negative;
        private final boolean filled;
        private final StringBuilder out = new StringBuilder();

        /** All digits with the point, if there is one. */
        private final String digits;

        /** Places that stand before the first digit. */
        private final int blanks;

        /** The last of the digits that is not left out, -1 where all are there. */
        private final int last;

        private int place;
        private int at;
        private boolean signed;
        private boolean begun;

        Line(NumberPattern pattern, boolean negative, String whole, String fraction) {
            this.pattern = pattern;
            this.negative = negative;
            this.filled = !pattern.has(Kind.UNFILLED);
            int places = pattern.whole() + pattern.shift();
            boolean fits = whole.length() <= places || pattern.has(Kind.ROMAN);
            String shownWhole = fits ? whole : "#".repeat(places);
            String shownFraction = fits ? fraction : "#".repeat(pattern.fraction());
            boolean point = !shownFraction.isEmpty() || (!fits && !pattern.has(Kind.ROMAN));
            this.digits = point ? shownWhole + "." + shownFraction : shownWhole;
            this.blanks = Math.max(0, places - shownWhole.length());
            this.last = filled || !pattern.has(Kind.POINT) ? -1 : lastShown(digits);
            this.signed = signApart() ? !plusAlone() : !negative && !filled && !pattern.has(Kind.SIGN);
        }

        /** Zeros at the end of a fraction are left out where nothing is filled up, but for those that are asked for. */
        private int lastShown(String number) {
            int shown = number.indexOf('.');
            if (shown < 0) {
                return -1;
            }
            for (int i = shown + 1; i < number.length(); i++) {
                shown = number.charAt(i) == '0' ? shown : i;
            }
            int asked = pattern.zeroUntil() > blanks ? Math.min(number.length() - 1, pattern.zeroUntil() - blanks) : -1;
            return Math.max(shown, asked);
        }

        private boolean signApart() {
            return pattern.has(Kind.MINUS) || pattern.has(Kind.PLUS) || pattern.has(Kind.PLUS_OR_MINUS);
        }

        private boolean plusAlone() {
            return pattern.has(Kind.PLUS) && !pattern.has(Kind.MINUS) && !pattern.has(Kind.PLUS_OR_MINUS);
        }

        String write() {
            for (Part part : pattern.parts()) {
                write(part);
            }
            return out.toString();
        }

        private void write(Part part) {
            switch (part.kind()) {
                case DIGIT, ZERO, POINT -> {
                    if (!pattern.has(Kind.ROMAN)) {
                        place(part.kind());
                    }
                }
                case GROUP -> fill(begun, ",");
                case CURRENCY -> out.append(' ');
                case MINUS -> fill(negative, "-");
                case PLUS -> fill(!negative, "+");
                case PLUS_OR_MINUS -> out.append(negative ? '-' : '+');
                case ROMAN -> roman(part.small());
                case ORDINAL -> ordinal(part.small());
                case LITERAL -> out.append(part.written());
                default -> {}
            }
        }

        /** Writes what is there, and a blank where it is not and all is filled up. */
        private void fill(boolean there, String text) {
            out.append(there ? text : filled ? " " : "");
        }

        private void place(Kind kind) {
            begun = false;
            boolean loneZero = at == 0 && pattern.zeroFrom() < 0 && digits.startsWith("0") && pattern.fraction() > 0;
            boolean cutToPoint = last >= 0 && digits.charAt(last) == '.';
            if (!signed && (place >= blanks || place == pattern.zeroFrom()) && (!loneZero || cutToPoint)) {
                sign();
            }
            if (place >= blanks) {
                digit(kind, loneZero, cutToPoint);
            } else if (pattern.zeroFrom() >= 0 && pattern.zeroFrom() <= place) {
                out.append('0');
                begun = true;
            } else {
                fill(false, "");
            }
            place++;
            if (place == pattern.whole() + pattern.shift() + pattern.fraction() + (pattern.has(Kind.POINT) ? 1 : 0)) {
                close();
            }
        }

        private void digit(Kind kind, boolean loneZero, boolean cutToPoint) {
            if (at >= digits.length()) {
                return;
            }
            char digit = digits.charAt(at);
            if (digit == '.') {
                out.append('.');
            } else if (loneZero) {
                out.append(filled ? " " : cutToPoint ? "0" : "");
            } else if (last < 0 || at <= last || kind == Kind.ZERO) {
                out.append(digit);
                begun = true;
            }
            at++;
        }

        private void sign() {
            if (pattern.has(Kind.SIGN)) {
                if (!pattern.signBehind()) {
                    out.append(negative ? '-' : '+');
                    signed = true;
                }
                return;
            }
            boolean brackets = pattern.has(Kind.BRACKETS) && (negative || filled);
            if (negative) {
                out.append(brackets ? '<' : '-');
            } else if (filled) {
                out.append(' ');
            }
            signed = true;
        }

        private void close() {
            if (pattern.has(Kind.BRACKETS) && signed && (negative || filled)) {
                out.append(negative ? '>' : ' ');
            } else if (pattern.signBehind()) {
                out.append(negative ? '-' : '+');
            }
        }

        private void roman(boolean small) {
            String text = small ? digits.toLowerCase(Locale.ROOT) : digits;
            out.append(filled ? " ".repeat(Math.max(0, ROMAN_WIDTH - text.length())) : "")
                    .append(text);
        }

        private void ordinal(boolean small) {
            boolean whole = !negative && !pattern.has(Kind.POINT) && !pattern.has(Kind.ROMAN);
            if (!whole || digits.isEmpty() || !Character.isDigit(digits.charAt(digits.length() - 1))) {
                return;
            }
            int end = digits.length();
            boolean teen = end > 1 && digits.charAt(end - 2) == '1';
            String ending = switch (teen ? '0' : digits.charAt(end - 1)) {
                case '1' -> "st";
                case '2' -> "nd";
                case '3' -> "rd";
                default -> "th";
            };
            out.append(small ? ending : ending.toUpperCase(Locale.ROOT));
        }
    }
}
