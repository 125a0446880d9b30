package io.millrace.runtime.expression.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.math.BigDecimal;

/** Integers and floating-point numbers. */
public final class Numbers {

    private static final double LONG_END = 0x1p63; // the first that does not fit

    private Numbers() {}

    public static RowFailure overflow(String what) {
        return new RowFailure(ErrorCode.NUMERIC_OVERFLOW, what);
    }

    public static RowFailure divisionByZero() {
        return new RowFailure(ErrorCode.DIVISION_BY_ZERO, "division by zero");
    }

    public static long add(long left, long right) {
        long sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw overflow("sum out of range of BIGINT");
        }
        return sum;
    }

    public static long subtract(long left, long right) {
        long difference = left - right;
        if (((left ^ right) & (left ^ difference)) < 0) {
            throw overflow("difference out of range of BIGINT");
        }
        return difference;
    }

    public static long negate(long value) {
        if (value == Long.MIN_VALUE) {
            throw overflow("number out of range of BIGINT");
        }
        return -value;
    }

    public static long abs(long value) {
        return value < 0 ? negate(value) : value;
    }

    public static int toInteger(long value) {
        if ((int) value != value) {
            throw overflow(value + " does not fit INTEGER");
        }
        return (int) value;
    }

    public static int toSmallint(long value) {
        if ((short) value != value) {
            throw overflow(value + " does not fit SMALLINT");
        }
        return (int) value;
    }

    public static int toTinyint(long value) {
        if ((byte) value != value) {
            throw overflow(value + " does not fit TINYINT");
        }
        return (int) value;
    }

    public static long multiply(long left, long right) {
        long low = left * right;
        if (Math.multiplyHigh(left, right) != low >> 63) {
            throw overflow("product out of range of BIGINT");
        }
        return low;
    }

    /** Divides towards zero. */
    public static long divide(long left, long right) {
        if (right == 0) {
            throw divisionByZero();
        }
        if (right == -1 && left == Long.MIN_VALUE) {
            throw overflow("quotient out of range of BIGINT");
        }
        return left / right;
    }

    public static long remainder(long left, long right) {
        if (right == 0) {
            throw divisionByZero();
        }
        return left % right;
    }

    /** Moves bits to the left within a number of so many bits; those that leave it are lost. */
    public static long shiftLeft(long value, long places, int bits) {
        return switch (bits) {
            case 64 -> value << places;
            case 32 -> (int) value << places;
            case 16 -> (short) ((int) value << places);
            default -> (byte) ((int) value << places);
        };
    }

    /** Moves bits to the right within a number of so many bits; copies of the sign come in. */
    public static long shiftRight(long value, long places, int bits) {
        return bits == 64 ? value >> places : (int) value >> places;
    }

    /** Rounds down to a multiple. */
    public static long step(long value, long step) {
        checkStep(step);
        long down = value - Math.floorMod(value, step);
        if (down > value) {
            throw overflow("step out of range of BIGINT");
        }
        return down;
    }

    public static double step(double value, double step) {
        if (step == 0) {
            throw divisionByZero();
        }
        if (step < 0) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "negative step");
        }
        return Math.floor(value / step) * step;
    }

    static void checkStep(long step) {
        if (step == 0) {
            throw divisionByZero();
        }
        if (step < 0) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "negative step");
        }
    }

    public static double divide(double left, double right) {
        if (right == 0) {
            throw divisionByZero();
        }
        return left / right;
    }

    public static double remainder(double left, double right) {
        if (right == 0) {
            throw divisionByZero();
        }
        return left % right;
    }

    /** Rounds half away from zero. */
    public static double round(double value) {
        double magnitude = Math.abs(value);
        double down = Math.floor(magnitude);
        return Math.copySign(magnitude - down >= 0.5 ? down + 1 : down, value);
    }

    public static double truncate(double value) {
        return value < 0 ? Math.ceil(value) : Math.floor(value);
    }

    /** Lets through what a mathematical function gave, if it is finite or comes from what is not. */
    public static double proper(double result, double argument) {
        return proper(result, argument, 0);
    }

    public static double proper(double result, double left, double right) {
        if (!Double.isFinite(result) && Double.isFinite(left) && Double.isFinite(right)) {
            throw Double.isNaN(result)
                    ? new RowFailure(ErrorCode.INVALID_ARGUMENT, "argument out of the function's domain")
                    : overflow("result out of range of DOUBLE");
        }
        return result;
    }

    /** Returns in which of so many equal parts between two bounds a value is, 0 before them, one more than there are behind. */
    public static double widthBucket(double value, double low, double high, long count) {
        checkBuckets(low == high, count);
        if (Double.isNaN(value) || !Double.isFinite(low) || !Double.isFinite(high)) {
            throw new RowFailure(
                    ErrorCode.INVALID_ARGUMENT, "WIDTH_BUCKET of a value that is NaN, or a bound that is not finite");
        }
        // The way between the greatest numbers is longer than any number; halves of it are not.
        double scale = Double.isInfinite(high - low) ? 0.5 : 1;
        double part = (value * scale - low * scale) / (high * scale - low * scale);
        if (part < 0) {
            return 0;
        }
        return part >= 1 ? count + 1.0 : Math.min(Math.floor(part * count), count - 1.0) + 1;
    }

    /** Refuses parts that there cannot be. */
    public static void checkBuckets(boolean alike, long count) {
        if (count <= 0) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "WIDTH_BUCKET into " + count + " parts");
        }
        if (alike) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "WIDTH_BUCKET between bounds that are the same");
        }
    }

    /** Truncates towards zero. */
    public static long toLong(double value) {
        if (value >= -LONG_END && value < LONG_END) {
            return (long) value;
        }
        throw overflow(value + " does not fit BIGINT");
    }

    public static float toReal(double value) {
        float real = (float) value;
        if (Float.isInfinite(real) && !Double.isInfinite(value)) {
            throw overflow(value + " does not fit REAL");
        }
        return real;
    }

    public static float toReal(BigDecimal value) {
        float real = value.floatValue();
        if (Float.isInfinite(real)) {
            throw overflow(value + " does not fit REAL");
        }
        return real;
    }

    /** Tells whether less, where NaN is the greatest. */
    public static boolean less(double left, double right) {
        return left < right || (Double.isNaN(right) && !Double.isNaN(left));
    }

    /** Tells whether equal, where NaN is equal to itself. */
    public static boolean equal(double left, double right) {
        return left == right || (Double.isNaN(left) && Double.isNaN(right));
    }
}
