package io.millrace.runtime.aggregate;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntegerType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Writes exact sums and averages in the type of their call. */
final class NumberResult {

    private final String function;
    private final DataType type;
    private final int scaleIn;

    /**
     * @param argument type of what was summed
     */
    NumberResult(String function, DataType argument, DataType type) {
        this.function = function;
        this.type = type;
        this.scaleIn = argument instanceof DecimalType decimal ? decimal.scale() : 0;
    }

    /** Writes a sum of one long that is known to be whole. */
    void write(long sum, Column out, int row) {
        if (out instanceof LongColumn longs && !(type instanceof DecimalType)) {
            longs.set(row, sum);
        } else if (out instanceof DoubleColumn doubles) {
            doubles.set(
                    row, scaleIn == 0 ? sum : BigDecimal.valueOf(sum, scaleIn).doubleValue());
        } else {
            write(BigInteger.valueOf(sum), out, row);
        }
    }

    void write(BigInteger sum, Column out, int row) {
        write(new BigDecimal(sum, scaleIn), out, row);
    }

    void writeAverage(BigInteger sum, long count, Column out, int row) {
        BigDecimal divisor = BigDecimal.valueOf(count);
        BigDecimal unscaled = new BigDecimal(sum, scaleIn);
        if (type instanceof DecimalType decimal) {
            write(unscaled.divide(divisor, decimal.scale(), RoundingMode.HALF_UP), out, row);
        } else if (type instanceof DataType.FloatingType) {
            write(BigDecimal.valueOf(unscaled.doubleValue() / count), out, row);
        } else {
            write(unscaled.divide(divisor, 0, RoundingMode.DOWN), out, row);
        }
    }

    private void write(BigDecimal value, Column out, int row) {
        switch (out) {
            case DoubleColumn c -> c.set(row, value.doubleValue());
            case FloatColumn c -> c.set(row, value.floatValue());
            case LongColumn c -> c.set(row, unscaled(value).longValue());
            case IntColumn c -> c.set(row, unscaled(value).intValue());
            case Decimal128Column c -> c.set(row, unscaled(value));
            default -> throw new IllegalStateException(function + " as " + type);
        }
    }

    private BigInteger unscaled(BigDecimal value) {
        BigDecimal scaled =
                value.setScale(type instanceof DecimalType decimal ? decimal.scale() : 0, RoundingMode.HALF_UP);
        boolean fits = switch (type) {
            case DecimalType decimal -> scaled.precision() <= decimal.precision();
            case IntegerType integer -> scaled.unscaledValue().bitLength() < integer.bits();
            default -> scaled.unscaledValue().bitLength() < 64;
        };
        if (!fits) {
            throw new MillraceException(
                    ErrorCode.NUMERIC_OVERFLOW,
                    function + " is " + value.toPlainString() + ", which does not fit " + type,
                    "cast the argument to a wider type");
        }
        return scaled.unscaledValue();
    }
}
