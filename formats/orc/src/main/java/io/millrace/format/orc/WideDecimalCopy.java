package io.millrace.format.orc;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import org.apache.orc.storage.common.type.HiveDecimal;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.serde2.io.HiveDecimalWritable;

/** Takes decimals of more than 18 digits, each of which has a scale of its own in the file. For one thread. */
final class WideDecimalCopy implements LeafTaker.Copy {

    private static final long[] POWERS_OF_TEN = new long[19];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
        }
    }

    private final int scale;
    private final long[] scratch = new long[HiveDecimal.SCRATCH_LONGS_LEN];
    private final byte[] unscaled = new byte[HiveDecimal.SCRATCH_BUFFER_LEN_BIG_INTEGER_BYTES];

    WideDecimalCopy(int scale) {
        this.scale = scale;
    }

    @Override
    public void copy(ColumnVector vector, int from, int to, boolean nulls, Column column, int at) {
        DecimalColumnVector values = (DecimalColumnVector) vector;
        Decimal128Column target = (Decimal128Column) column;
        for (int i = from; i < to; i++) {
            int place = vector.isRepeating ? 0 : i;
            if (!nulls || !vector.isNull[place]) {
                set(values.vector[place], target, at + i - from);
            }
        }
    }

    private void set(HiveDecimalWritable value, Decimal128Column target, int row) {
        int length = value.bigIntegerBytes(scratch, unscaled);
        if (length == 0 || length > 2 * Long.BYTES || value.scale() > scale) {
            throw new ArithmeticException("a decimal does not fit its column");
        }
        long high = unscaled[0] >> (Byte.SIZE - 1);
        long low = high;
        for (int i = 0; i < length; i++) {
            high = high << Byte.SIZE | low >>> (Long.SIZE - Byte.SIZE);
            low = low << Byte.SIZE | (unscaled[i] & 0xff);
        }
        // What is left out at the end of a number's digits are zeros.
        for (int missing = scale - value.scale(); missing > 0; missing -= POWERS_OF_TEN.length - 1) {
            long factor = POWERS_OF_TEN[Math.min(missing, POWERS_OF_TEN.length - 1)];
            high = high * factor + Math.unsignedMultiplyHigh(low, factor);
            low *= factor;
        }
        target.high()[row] = high;
        target.low()[row] = low;
    }
}
