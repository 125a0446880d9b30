package io.millrace.format.avro.resolve;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A decimal: its unscaled value in two's complement. One of another scale is taken where no digit is lost by it.
 *
 * @param fixedBytes length of all values, or -1 where each has its own
 * @param scale of the writer
 */
record DecimalReader(String path, int fixedBytes, int scale, DecimalType type) implements ValueReader {

    /** A value of so many bytes fits a long for certain. */
    private static final int LONG_BYTES = Long.BYTES;

    /** By precision the first number that has more digits. */
    private static final long[] BOUNDS = bounds();

    private static long[] bounds() {
        long[] bounds = new long[DecimalType.LONG_PRECISION_MAX + 1];
        bounds[0] = 1;
        for (int digits = 1; digits < bounds.length; digits++) {
            bounds[digits] = bounds[digits - 1] * 10;
        }
        return bounds;
    }

    /** Returns a reader of whole numbers. */
    static ValueReader whole(String path, DecimalType type) {
        DecimalReader decimals = new DecimalReader(path, -1, 0, type);
        return (in, column, row) -> decimals.set(BigInteger.valueOf(in.readLong()), column, row);
    }

    @Override
    public void read(DatumInput in, Column column, int row) {
        int length = Scalars.lengthOf(in, fixedBytes);
        int from = in.take(length);
        if (length == 0) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "column " + path + ": a decimal without bytes");
        }
        if (length <= LONG_BYTES && scale == type.scale() && column instanceof LongColumn narrow) {
            setLong(in.bytes(), from, length, narrow, row);
        } else {
            set(new BigInteger(in.bytes(), from, length), column, row);
        }
    }

    private void setLong(byte[] bytes, int from, int length, LongColumn column, int row) {
        long value = bytes[from];
        for (int i = 1; i < length; i++) {
            value = (value << 8) | (bytes[from + i] & 0xFF);
        }
        if (value >= BOUNDS[type.precision()] || value <= -BOUNDS[type.precision()]) {
            throw overflow(BigInteger.valueOf(value));
        }
        column.ensureCapacity(row + 1);
        column.clearNull(row);
        column.set(row, value);
    }

    private RowFailure overflow(BigInteger unscaled) {
        return new RowFailure(
                ErrorCode.NUMERIC_OVERFLOW,
                "column " + path + ": " + new BigDecimal(unscaled, scale).toPlainString() + " does not fit " + type);
    }

    private void set(BigInteger written, Column column, int row) {
        BigDecimal value = new BigDecimal(written, scale);
        try {
            value = value.setScale(type.scale());
        } catch (ArithmeticException e) {
            throw overflow(written);
        }
        if (value.precision() > type.precision()) {
            throw overflow(written);
        }
        column.ensureCapacity(row + 1);
        column.clearNull(row);
        if (column instanceof Decimal128Column wide) {
            wide.set(row, value.unscaledValue());
        } else {
            ((LongColumn) column).set(row, value.unscaledValue().longValueExact());
        }
    }
}
