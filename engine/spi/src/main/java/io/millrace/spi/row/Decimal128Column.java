package io.millrace.spi.row;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A column of {@link io.millrace.spi.type.Storage#DECIMAL128} values: the unscaled value in two's
 * complement, its upper 64 bits in one array and its lower 64 bits in the other.
 */
public final class Decimal128Column extends Column {

    private long[] high;
    private long[] low;

    public Decimal128Column(int capacity) {
        this.high = new long[capacity];
        this.low = new long[capacity];
    }

    public long[] high() {
        return high;
    }

    public long[] low() {
        return low;
    }

    public BigInteger get(int row) {
        return new BigInteger(
                ByteBuffer.allocate(16).putLong(high[row]).putLong(low[row]).array());
    }

    /** Sets the unscaled value, which must fit 128 bits. */
    public void set(int row, BigInteger unscaled) {
        if (unscaled.bitLength() > 127) {
            throw new ArithmeticException("decimal of more than 128 bits");
        }
        high[row] = unscaled.shiftRight(64).longValue();
        low[row] = unscaled.longValue();
    }

    @Override
    public int capacity() {
        return high.length;
    }

    @Override
    Column sameArrays() {
        Decimal128Column view = new Decimal128Column(0);
        view.high = high;
        view.low = low;
        return view;
    }

    @Override
    void grow(int newCapacity) {
        high = Arrays.copyOf(high, newCapacity);
        low = Arrays.copyOf(low, newCapacity);
    }

    @Override
    public void copyFrom(Column source, int sourceRow, int row) {
        if (!copyNull(source, sourceRow, row)) {
            Decimal128Column other = (Decimal128Column) source;
            high[row] = other.high[sourceRow];
            low[row] = other.low[sourceRow];
        }
    }
}
