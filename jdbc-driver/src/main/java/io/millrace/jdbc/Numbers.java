package io.millrace.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;

/** Numbers as the server writes them. Fractions are cut where whole numbers are asked for; what does not fit fails. */
final class Numbers {

    private Numbers() {}

    static long whole(String text, long min, long max, String type) throws SQLException {
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException e) {
            BigInteger exact = decimal(text).toBigInteger();
            if (exact.bitLength() > 63) {
                throw SqlErrors.range(text, type);
            }
            value = exact.longValue();
        }
        if (value < min || value > max) {
            throw SqlErrors.range(text, type);
        }
        return value;
    }

    /** The server's booleans count as 1 and 0. */
    static BigDecimal decimal(String text) throws SQLException {
        try {
            return new BigDecimal(text.trim());
        } catch (NumberFormatException e) {
            switch (text) {
                case "t":
                case "true":
                    return BigDecimal.ONE;
                case "f":
                case "false":
                    return BigDecimal.ZERO;
                default:
                    throw SqlErrors.value("'" + text + "' is no number");
            }
        }
    }

    static double floating(String text) throws SQLException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return special(text);
        }
    }

    /** Unlike by way of a double, this rounds once. */
    static float singleFloating(String text) throws SQLException {
        try {
            return Float.parseFloat(text);
        } catch (NumberFormatException e) {
            return (float) special(text);
        }
    }

    private static double special(String text) throws SQLException {
        switch (text) {
            case "Infinity":
                return Double.POSITIVE_INFINITY;
            case "-Infinity":
                return Double.NEGATIVE_INFINITY;
            case "NaN":
                return Double.NaN;
            default:
                return decimal(text).doubleValue();
        }
    }

    static boolean truth(String text) throws SQLException {
        switch (text.trim().toLowerCase(java.util.Locale.ROOT)) {
            case "t":
            case "true":
            case "1":
            case "y":
            case "yes":
            case "on":
                return true;
            case "f":
            case "false":
            case "0":
            case "n":
            case "no":
            case "off":
                return false;
            default:
                return decimal(text).signum() != 0;
        }
    }
}
