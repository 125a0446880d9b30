package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;

/**
 * Floating-point numbers in text, as PostgreSQL writes them: the fewest digits that read back as the
 * same number, plain where the exponent is small and with at least two digits of exponent elsewhere.
 */
final class FloatingText {

    private static final int PLAIN_EXPONENT_MIN = -4;
    private static final int DOUBLE_DIGITS = 15;
    private static final int FLOAT_DIGITS = 6;

    private FloatingText() {}

    static void write(double value, WireBuffer out) {
        long whole = (long) value;
        if (whole == value && Math.abs(whole) < 1_000_000_000_000_000L && (whole != 0 || 1 / value > 0)) {
            out.decimal(whole);
        } else if (Double.isFinite(value)) {
            shortest(Double.toString(value), DOUBLE_DIGITS, out);
        } else {
            special(value, out);
        }
    }

    static void write(float value, WireBuffer out) {
        if (Float.isFinite(value)) {
            shortest(Float.toString(value), FLOAT_DIGITS, out);
        } else {
            special(value, out);
        }
    }

    private static void special(double value, WireBuffer out) {
        out.ascii(Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    /** Lays out what Java writes, {@code 1.25E-7} or {@code 0.00125}, anew. */
    private static void shortest(String java, int plainDigits, WireBuffer out) {
        int at = java.charAt(0) == '-' ? 1 : 0;
        int mark = java.indexOf('E');
        int end = mark < 0 ? java.length() : mark;
        int point = java.indexOf('.');
        StringBuilder digits = new StringBuilder(20).append(java, at, point).append(java, point + 1, end);
        int exponent = point - at - 1 + (mark < 0 ? 0 : Integer.parseInt(java, mark + 1, java.length(), 10));
        int zeros = leadingZeros(digits);
        digits.delete(0, zeros);
        exponent -= zeros;
        trimZeros(digits);
        if (at == 1) {
            out.int8('-');
        }
        if (digits.isEmpty()) {
            out.int8('0');
        } else if (exponent < PLAIN_EXPONENT_MIN || exponent >= plainDigits) {
            scientific(digits, exponent, out);
        } else {
            plain(digits, exponent, out);
        }
    }

    private static int leadingZeros(StringBuilder digits) {
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return zeros;
    }

    private static void trimZeros(StringBuilder digits) {
        int length = digits.length();
        while (length > 0 && digits.charAt(length - 1) == '0') {
            length--;
        }
        digits.setLength(length);
    }

    private static void scientific(StringBuilder digits, int exponent, WireBuffer out) {
        if (digits.length() > 1) {
            digits.insert(1, '.');
        }
        int size = Math.abs(exponent);
        out.ascii(digits.toString()).int8('e').int8(exponent < 0 ? '-' : '+');
        out.digits(size, size < 100 ? 2 : 3);
    }

    private static void plain(StringBuilder digits, int exponent, WireBuffer out) {
        if (exponent < 0) {
            digits.insert(0, "0".repeat(-exponent)).insert(1, '.');
        } else if (digits.length() <= exponent + 1) {
            digits.append("0".repeat(exponent + 1 - digits.length()));
        } else {
            digits.insert(exponent + 1, '.');
        }
        out.ascii(digits.toString());
    }
}
