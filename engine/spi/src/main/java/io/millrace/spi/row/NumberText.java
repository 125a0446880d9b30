package io.millrace.spi.row;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Numbers as text and back. Floating-point numbers look as PostgreSQL's: {@code 1}, {@code 1.5}, {@code 1e+20}. */
final class NumberText {

    /** Least decimal exponent at which a number is written with one. */
    private static final int DOUBLE_EXPONENT_MIN = 15;

    private static final int REAL_EXPONENT_MIN = 6;

    private NumberText() {}

    static void append(double value, Utf8Buffer out) {
        if (!appendSpecial(value, out)) {
            appendShortest(Double.toString(value), DOUBLE_EXPONENT_MIN, out);
        }
    }

    static void append(float value, Utf8Buffer out) {
        if (!appendSpecial(value, out)) {
            appendShortest(Float.toString(value), REAL_EXPONENT_MIN, out);
        }
    }

    private static boolean appendSpecial(double value, Utf8Buffer out) {
        if (Double.isNaN(value)) {
            out.append("NaN");
        } else if (Double.isInfinite(value)) {
            out.append(value > 0 ? "Infinity" : "-Infinity");
        } else if (value == 0) {
            out.append(1 / value > 0 ? "0" : "-0");
        } else {
            return false;
        }
        return true;
    }

    /** Takes the digits and the exponent out of Java's shortest form, {@code 1.5E-7}, and sets them anew. */
    private static void appendShortest(String javaForm, int exponentMin, Utf8Buffer out) {
        BigDecimal exact = new BigDecimal(javaForm).stripTrailingZeros();
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        if (exact.signum() < 0) {
            out.append('-');
        }
        if (exponent >= -4 && exponent < exponentMin) {
            out.append(exact.abs().toPlainString());
            return;
        }
        out.append(digits.substring(0, 1));
        if (digits.length() > 1) {
            out.append('.').append(digits.substring(1));
        }
        out.append('e').append(exponent < 0 ? '-' : '+').appendDigits(exponent, 2);
    }

    static void append(long unscaled, int scale, Utf8Buffer out) {
        if (scale == 0) {
            out.append(unscaled);
            return;
        }
        if (unscaled < 0) {
            out.append('-');
        }
        out.appendDigits(unscaled, scale + 1);
        int point = out.length() - scale;
        out.append('.');
        byte[] bytes = out.bytes();
        System.arraycopy(bytes, point, bytes, point + 1, scale);
        bytes[point] = '.';
    }

    /** Reads an integer that fits so many bits. Blanks around it are passed over. */
    static long integer(byte[] text, int from, int to, int bits) {
        int start = Blanks.start(text, from, to);
        int end = Blanks.end(text, start, to);
        boolean negative = start < end && text[start] == '-';
        int at = negative || (start < end && text[start] == '+') ? start + 1 : start;
        if (at == end) {
            throw invalid(text, from, to, "an integer");
        }
        long typeMin = bits == 64 ? Long.MIN_VALUE : -1L << (bits - 1);
        long magnitudeMin = negative ? typeMin : typeMin + 1;
        long magnitude = 0; // negative, since that side reaches one further
        boolean fits = true;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                throw invalid(text, from, to, "an integer");
            }
            fits &= magnitude >= (Long.MIN_VALUE + digit) / 10;
            magnitude = magnitude * 10 - digit;
        }
        if (!fits || magnitude < magnitudeMin) {
            throw new RowFailure(
                    ErrorCode.NUMERIC_OVERFLOW, quoted(text, from, to) + " does not fit " + bits + " bits");
        }
        return negative ? magnitude : -magnitude;
    }

    static double floating(byte[] text, int from, int to, boolean real) {
        String word = word(text, from, to);
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "infinity", "inf", "+infinity", "+inf" -> Double.POSITIVE_INFINITY;
            case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> finite(word, text, from, to, real);
        };
    }

    private static double finite(String word, byte[] text, int from, int to, boolean real) {
        if (!isDecimal(word)) {
            throw invalid(text, from, to, "a number");
        }
        double value = real ? Float.parseFloat(word) : Double.parseDouble(word);
        if (Double.isInfinite(value)) {
            throw new RowFailure(
                    ErrorCode.NUMERIC_OVERFLOW, quoted(text, from, to) + " does not fit " + (real ? "REAL" : "DOUBLE"));
        }
        return value;
    }

    static BigDecimal decimal(byte[] text, int from, int to, DecimalType type) {
        String word = word(text, from, to);
        if (!isDecimal(word)) {
            throw invalid(text, from, to, "a number");
        }
        BigDecimal exact;
        try {
            exact = new BigDecimal(word);
        } catch (NumberFormatException e) { // an exponent beyond all use
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, quoted(text, from, to) + " does not fit " + type);
        }
        return fit(exact, type);
    }

    /** Tells whether it is digits with an optional sign, point and exponent; Java itself accepts more. */
    private static boolean isDecimal(String word) {
        boolean digits = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = true;
            } else if (c == 'e' || c == 'E') {
                return digits && isExponent(word, i + 1) && word.indexOf('.') == word.lastIndexOf('.');
            } else if (c != '.' && !((c == '-' || c == '+') && i == 0)) {
                return false;
            }
        }
        return digits && word.indexOf('.') == word.lastIndexOf('.');
    }

    private static boolean isExponent(String word, int from) {
        int at = from < word.length() && (word.charAt(from) == '-' || word.charAt(from) == '+') ? from + 1 : from;
        for (int i = at; i < word.length(); i++) {
            if (word.charAt(i) < '0' || word.charAt(i) > '9') {
                return false;
            }
        }
        return at < word.length();
    }

    static BigDecimal fit(BigDecimal exact, DecimalType type) {
        long integerDigits = (long) exact.precision() - exact.scale();
        if (exact.signum() == 0 || integerDigits < -type.scale()) {
            return BigDecimal.ZERO.setScale(type.scale());
        }
        if (integerDigits <= type.precision() - type.scale()) {
            BigDecimal scaled = exact.setScale(type.scale(), RoundingMode.HALF_UP);
            if (scaled.precision() <= type.precision()) {
                return scaled;
            }
        }
        throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, shown(exact) + " does not fit " + type);
    }

    private static String shown(BigDecimal value) {
        return Math.abs((long) value.scale()) > 60 ? value.toString() : value.toPlainString();
    }

    static String word(byte[] text, int from, int to) {
        int start = Blanks.start(text, from, to);
        return new String(text, start, Blanks.end(text, start, to) - start, StandardCharsets.UTF_8);
    }

    static RowFailure invalid(byte[] text, int from, int to, String wanted) {
        return new RowFailure(ErrorCode.INVALID_VALUE, quoted(text, from, to) + " is not " + wanted);
    }

    /** Returns the text in quotes, cut where it is long. */
    static String quoted(byte[] text, int from, int to) {
        String whole = new String(text, from, to - from, StandardCharsets.UTF_8);
        return "'" + (whole.length() > 60 ? whole.substring(0, 60) + "…" : whole) + "'";
    }
}
