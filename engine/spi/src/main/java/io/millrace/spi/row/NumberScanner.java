package io.millrace.spi.row;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType.DecimalType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A decimal number found in text: {@link #scan} takes it apart, the setters convert it.
 *
 * <p>Up to 18 digits are kept as {@code significand × 10^-scale} in two primitives, which covers nearly all
 * numbers without garbage; for longer ones the conversions go back to the text. Digits are read eight at a
 * time: a word's bytes that are no digits are found with a few bit operations, so numbers of different
 * lengths cost no mispredicted branches. For one thread at a time.
 */
public final class NumberScanner {

    /** Longest text that is converted exactly, so that a hostile number cannot occupy the machine. */
    public static final int LENGTH_MAX = 1_000;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NONE = {};
    private static final int DIGITS_MAX = 18;
    private static final int EXPONENT_MAX = 100_000;
    private static final long DOUBLE_EXACT_MAX = 1L << 53;
    private static final int FLOAT_EXACT_MAX = 1 << 24;
    private static final double[] DOUBLE_POWERS = new double[23];
    private static final float[] FLOAT_POWERS = new float[11];
    private static final long[] POWERS = new long[DIGITS_MAX + 1];

    static {
        for (int i = 0; i < DOUBLE_POWERS.length; i++) {
            DOUBLE_POWERS[i] = Double.parseDouble("1e" + i);
        }
        for (int i = 0; i < FLOAT_POWERS.length; i++) {
            FLOAT_POWERS[i] = Float.parseFloat("1e" + i);
        }
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private byte[] text = NONE;
    private int start;
    private int end;
    private boolean negative;
    private boolean wide;
    private long significand;
    private int scale;

    /**
     * Reads the number that starts at {@code from}, in JSON's form: no leading plus, zero or point.
     *
     * @return where it ends, or -1 if there is none
     */
    public int scan(byte[] source, int from, int to) {
        int first = begin(source, from, to);
        int at = digits(source, first, to);
        int whole = at - first;
        if (whole == 0 || (whole > 1 && source[first] == '0')) {
            return -1;
        }
        if (at < to && source[at] == '.') {
            int fraction = at + 1;
            at = digits(source, fraction, to);
            scale = at - fraction;
            if (scale == 0) {
                return -1;
            }
        }
        return finish(source, at, to, whole + scale);
    }

    private int begin(byte[] source, int from, int to) {
        text = source;
        start = from;
        significand = 0;
        scale = 0;
        negative = from < to && source[from] == '-';
        return negative ? from + 1 : from;
    }

    private int finish(byte[] source, int at, int to, int digitCount) {
        wide = digitCount > DIGITS_MAX;
        end = at < to && (source[at] | 0x20) == 'e' ? exponent(source, at + 1, to) : at;
        return end;
    }

    /** Adds the digits that follow to the significand, which wraps around where there are too many. */
    private int digits(byte[] source, int from, int to) {
        int at = from;
        int found = 8;
        while (found == 8 && at + 8 <= source.length) {
            long word = (long) LONGS.get(source, at) ^ 0x3030303030303030L;
            long others = ((word + 0x7676767676767676L) | word) & 0x8080808080808080L;
            found = Math.min(Long.numberOfTrailingZeros(others) >>> 3, to - at);
            if (found > 0) {
                significand = significand * POWERS[found] + value(word << (64 - 8 * found));
                at += found;
            }
        }
        while (found == 8 && at < to && source[at] >= '0' && source[at] <= '9') {
            significand = significand * 10 + (source[at] - '0');
            at++;
        }
        return at;
    }

    /** Returns the number that eight digits make, the first in the lowest byte. */
    private static long value(long digits) {
        long pairs = (digits * 10 + (digits >>> 8)) & 0x00FF00FF00FF00FFL;
        long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000FFFF0000FFFFL;
        return (fours * 10_000 + (fours >>> 32)) & 0xFFFFFFFFL;
    }

    private int exponent(byte[] source, int from, int to) {
        int first = from < to && (source[from] == '-' || source[from] == '+') ? from + 1 : from;
        int exponent = 0;
        int at = first;
        while (at < to && source[at] >= '0' && source[at] <= '9') {
            exponent = Math.min(exponent * 10 + source[at] - '0', EXPONENT_MAX);
            at++;
        }
        scale += first > from && source[from] == '-' ? exponent : -exponent;
        return at == first ? -1 : at;
    }

    /**
     * Sets a cell of an integer type of so many bits to the number, which must have no fraction but zeros.
     *
     * @throws RowFailure where it has, or does not fit
     */
    public void setInteger(int bits, Column column, int row) {
        long max = Long.MAX_VALUE >> (64 - bits);
        long value = wide || (scale < 0 && significand != 0) ? wholeSlowly() : whole();
        if (value > max || value < -max - 1) {
            throw overflow(bits + " bits");
        }
        column.clearNull(row);
        if (column instanceof LongColumn longs) {
            longs.set(row, value);
        } else {
            ((IntColumn) column).set(row, (int) value);
        }
    }

    private long whole() {
        long value = significand;
        if (scale > 0 && value != 0) {
            if (scale > DIGITS_MAX || value % POWERS[scale] != 0) {
                throw fraction();
            }
            value /= POWERS[scale];
        }
        return negative ? -value : value;
    }

    private long wholeSlowly() {
        BigDecimal exact = exact();
        if (exact.signum() == 0) {
            return 0;
        }
        long integerDigits = (long) exact.precision() - exact.scale();
        if (integerDigits > 19) {
            throw overflow("64 bits");
        }
        if (integerDigits <= 0 || exact.stripTrailingZeros().scale() > 0) {
            throw fraction();
        }
        BigInteger whole = exact.toBigInteger();
        if (whole.bitLength() > 63) {
            throw overflow("64 bits");
        }
        return whole.longValue();
    }

    /**
     * Sets a cell of a decimal type to the number, rounded half up to the type's scale.
     *
     * @throws RowFailure where it has too many digits before the point
     */
    public void setDecimal(DecimalType type, Column column, int row) {
        column.clearNull(row);
        if (column instanceof Decimal128Column decimals) {
            decimals.set(row, SqlText.fit(exact(), type).unscaledValue());
        } else {
            ((LongColumn) column).set(row, unscaled(type));
        }
    }

    /** Returns the number at the scale of a type of at most 18 digits; failures as with {@link #setDecimal}. */
    public long unscaled(DecimalType type) {
        int shift = type.scale() - scale;
        if (wide || shift > DIGITS_MAX) {
            return SqlText.fit(exact(), type).unscaledValue().longValueExact();
        }
        long value = significand;
        if (shift < 0) {
            value = shift < -DIGITS_MAX ? 0 : roundHalfUp(value, POWERS[-shift]);
        } else if (Math.multiplyHigh(value, POWERS[shift]) != 0 || value * POWERS[shift] < 0) {
            throw overflow(type.toString());
        } else {
            value *= POWERS[shift];
        }
        if (value >= POWERS[type.precision()]) {
            throw overflow(type.toString());
        }
        return negative ? -value : value;
    }

    private static long roundHalfUp(long value, long divisor) {
        long quotient = value / divisor;
        return value - quotient * divisor >= divisor - divisor / 2 ? quotient + 1 : quotient;
    }

    private BigDecimal exact() {
        if (!wide) {
            return BigDecimal.valueOf(negative ? -significand : significand, scale);
        }
        if (end - start > LENGTH_MAX) {
            throw new RowFailure(ErrorCode.LIMIT_EXCEEDED, "a number of more than " + LENGTH_MAX + " characters");
        }
        String digits = new String(text, start, end - start, StandardCharsets.ISO_8859_1);
        int exponent = Math.max(digits.indexOf('e'), digits.indexOf('E'));
        BigDecimal mantissa = new BigDecimal(exponent < 0 ? digits : digits.substring(0, exponent));
        return new BigDecimal(mantissa.unscaledValue(), scale);
    }

    /**
     * Sets a cell of REAL or DOUBLE to the nearest value.
     *
     * @throws RowFailure where the number is beyond all
     */
    public void setFloating(Column column, int row) {
        column.clearNull(row);
        if (column instanceof DoubleColumn doubles) {
            doubles.set(row, toDouble());
        } else {
            ((FloatColumn) column).set(row, toFloat());
        }
    }

    private double toDouble() {
        double value;
        if (wide || significand > DOUBLE_EXACT_MAX || Math.abs(scale) >= DOUBLE_POWERS.length) {
            return finite(Double.parseDouble(new String(text, start, end - start, StandardCharsets.ISO_8859_1)));
        } else if (scale >= 0) {
            value = significand / DOUBLE_POWERS[scale];
        } else {
            value = significand * DOUBLE_POWERS[-scale];
        }
        return negative ? -value : value;
    }

    private double finite(double value) {
        if (Double.isInfinite(value)) {
            throw overflow("DOUBLE");
        }
        return value;
    }

    private float toFloat() {
        float value;
        if (wide || significand > FLOAT_EXACT_MAX || Math.abs(scale) >= FLOAT_POWERS.length) {
            value = Float.parseFloat(new String(text, start, end - start, StandardCharsets.ISO_8859_1));
            if (Float.isInfinite(value)) {
                throw overflow("REAL");
            }
            return value;
        } else if (scale >= 0) {
            value = significand / FLOAT_POWERS[scale];
        } else {
            value = significand * FLOAT_POWERS[-scale];
        }
        return negative ? -value : value;
    }

    private RowFailure overflow(String type) {
        return new RowFailure(
                ErrorCode.NUMERIC_OVERFLOW, NumberText.quoted(text, start, end) + " does not fit " + type);
    }

    private RowFailure fraction() {
        return new RowFailure(ErrorCode.INVALID_VALUE, NumberText.quoted(text, start, end) + " is not an integer");
    }
}
