package io.millrace.runtime.aggregate;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;

/** Integers from and to columns of any integer type. */
final class Integers {

    private Integers() {}

    static long read(Column column, int row) {
        return column instanceof LongColumn longs ? longs.get(row) : ((IntColumn) column).get(row);
    }

    static void write(long value, Column out, int row) {
        if (out instanceof LongColumn longs) {
            longs.set(row, value);
        } else {
            ((IntColumn) out).set(row, (int) value);
        }
    }
}
