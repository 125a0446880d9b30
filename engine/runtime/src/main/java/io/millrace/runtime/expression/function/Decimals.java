package io.millrace.runtime.expression.function;

import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Decimals: in a long where they have at most 18 digits, else as BigDecimal. */
public final class Decimals {

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private Decimals() {}

    /** Returns ten to a power of at most 18. */
    public static long power(int exponent) {
        return POWERS[exponent];
    }

    /** Checks that an unscaled value has at most so many digits. */
    public static long check(long unscaled, int precision) {
        long limit = POWERS[precision];
        if (unscaled >= limit || unscaled <= -limit) {
            throw overflow(precision);
        }
        return unscaled;
    }

    private static RuntimeException overflow(int precision) {
        return Numbers.overflow("number of more than " + precision + " digits");
    }

    /** Takes digits away from the end, rounding half away from zero. */
    public static long scaleDown(long unscaled, int digits) {
        long divisor = POWERS[digits];
        return roundedQuotient(unscaled, divisor);
    }

    /** Adds zeros at the end. */
    public static long scaleUp(long unscaled, int digits, int precision) {
        long limit = POWERS[precision - digits];
        if (unscaled >= limit || unscaled <= -limit) {
            throw overflow(precision);
        }
        return unscaled * POWERS[digits];
    }

    /** Divides, rounding half away from zero. The divisor's magnitude is below 10^18. */
    public static long divide(long dividend, long divisor) {
        if (divisor == 0) {
            throw Numbers.divisionByZero();
        }
        return roundedQuotient(dividend, divisor);
    }

    private static long roundedQuotient(long dividend, long divisor) {
        long quotient = dividend / divisor;
        long rest = Math.abs(dividend % divisor);
        if (rest >= Math.abs(divisor) - rest) {
            return quotient + ((dividend ^ divisor) < 0 ? -1 : 1);
        }
        return quotient;
    }

    public static BigDecimal of(long high, long low, int scale) {
        if (high == low >> 63) {
            return BigDecimal.valueOf(low, scale);
        }
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (high >> (56 - 8 * i));
            bytes[8 + i] = (byte) (low >> (56 - 8 * i));
        }
        return new BigDecimal(new BigInteger(bytes), scale);
    }

    /** Returns the decimal nearest to a double as it is written. */
    public static BigDecimal of(double value) {
        if (!Double.isFinite(value)) {
            throw Numbers.overflow(value + " is not a decimal");
        }
        return BigDecimal.valueOf(value);
    }

    /** Returns the decimal nearest to a float as it is written. */
    public static BigDecimal of(float value) {
        if (!Float.isFinite(value)) {
            throw Numbers.overflow(value + " is not a decimal");
        }
        return new BigDecimal(Float.toString(value));
    }

    public static BigDecimal quotient(BigDecimal left, BigDecimal right, int scale) {
        if (right.signum() == 0) {
            throw Numbers.divisionByZero();
        }
        return left.divide(right, scale, RoundingMode.HALF_UP);
    }

    public static BigDecimal remainder(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw Numbers.divisionByZero();
        }
        return left.remainder(right);
    }

    public static BigDecimal fit(BigDecimal value, DecimalType type) {
        return SqlText.fit(value, type);
    }

    /** Returns the unscaled value of a decimal of at most 18 digits. */
    public static long fitLong(BigDecimal value, DecimalType type) {
        return SqlText.fit(value, type).unscaledValue().longValue();
    }

    /** Truncates towards zero. */
    public static long toLong(BigDecimal value) {
        BigInteger integer = value.toBigInteger();
        if (integer.bitLength() > 63) {
            throw Numbers.overflow(value.toPlainString() + " does not fit BIGINT");
        }
        return integer.longValue();
    }
}
