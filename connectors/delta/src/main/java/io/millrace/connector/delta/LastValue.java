package io.millrace.connector.delta;

import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A cell that was seen last, to tell whether the next is the same. Keeps a copy of its own. */
final class LastValue {

    private static final byte[] NONE = {};

    private boolean known;
    private boolean isNull;
    private long bits;
    private byte[] bytes = NONE;
    private int length;
    private @Nullable BigInteger wide;

    void keep(Column column, int row) {
        known = true;
        isNull = column.isNull(row);
        if (isNull) {
            return;
        }
        switch (column) {
            case BytesColumn values -> {
                length = values.length(row);
                if (bytes.length < length) {
                    bytes = new byte[length];
                }
                System.arraycopy(values.data(row), values.starts()[row], bytes, 0, length);
            }
            case Decimal128Column values -> wide = values.get(row);
            default -> bits = bits(column, row);
        }
    }

    /** Returns whether a cell of the same column is what was kept. */
    boolean is(Column column, int row) {
        if (!known || isNull != column.isNull(row)) {
            return false;
        }
        return isNull
                || switch (column) {
                    case BytesColumn values ->
                        Arrays.equals(values.data(row), values.starts()[row], values.ends()[row], bytes, 0, length);
                    case Decimal128Column values -> values.get(row).equals(wide);
                    default -> bits == bits(column, row);
                };
    }

    private static long bits(Column column, int row) {
        return switch (column) {
            case BooleanColumn values -> values.get(row) ? 1 : 0;
            case IntColumn values -> values.get(row);
            case LongColumn values -> values.get(row);
            case FloatColumn values -> Float.floatToRawIntBits(values.get(row));
            case DoubleColumn values -> Double.doubleToRawLongBits(values.get(row));
            default -> throw new IllegalArgumentException("no column that a table is parted by: " + column);
        };
    }
}
