package io.millrace.format.orc;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.type.DataType.DecimalType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;

/** Copies a DECIMAL of more than 18 digits. */
final class WideDecimalFiller extends LeafFiller {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final DecimalType type;
    private final BigInteger bound;
    private final byte[] unscaled = new byte[2 * Long.BYTES];

    WideDecimalFiller(DecimalType type, String path, boolean nullable) {
        super(path, nullable);
        this.type = type;
        this.bound = BigInteger.TEN.pow(type.precision());
    }

    @Override
    void copy(Column column, int[] rows, int count, ColumnVector vector, boolean nulls) {
        Decimal128Column from = (Decimal128Column) column;
        DecimalColumnVector to = (DecimalColumnVector) vector;
        for (int i = 0; i < count; i++) {
            if (!nulls || !vector.isNull[i]) {
                LONGS.set(unscaled, 0, from.high()[rows[i]]);
                LONGS.set(unscaled, Long.BYTES, from.low()[rows[i]]);
                to.vector[i].setFromBigIntegerBytesAndScale(unscaled, 0, unscaled.length, type.scale());
            }
        }
    }

    @Override
    void check(Column column, int row) {
        super.check(column, row);
        if (column.isNull(row)) {
            return;
        }
        long high = ((Decimal128Column) column).high()[row];
        long low = ((Decimal128Column) column).low()[row];
        // What a long holds has at most 19 digits, as many as the shortest of these types: no object to make.
        if (high == low >> (Long.SIZE - 1)) {
            return;
        }
        BigInteger value = ((Decimal128Column) column).get(row);
        if (value.abs().compareTo(bound) >= 0) {
            throw DecimalFiller.tooLong(path(), new BigDecimal(value, type.scale()), type);
        }
    }

    @Override
    boolean mayRefuse(Column column) {
        return true;
    }
}
