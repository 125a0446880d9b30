package io.millrace.format.orc;

import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;

/** Takes a column of single values. */
final class LeafTaker extends Taker {

    private final Copy copy;

    LeafTaker(String name, DataType type, boolean nullable, Copy copy) {
        super(name, type, nullable);
        this.copy = copy;
    }

    @Override
    void take(ColumnVector vector, int from, int to, ColumnVector holder, Column column, int at) {
        boolean nulls = markNulls(vector, from, to, holder, column, at);
        if (nulls && vector.isRepeating) {
            return;
        }
        copy.copy(vector, from, to, nulls, column, at);
    }

    /** Copies the values at places {@code from} to {@code to}; with {@code nulls}, of those that are not NULL. */
    @FunctionalInterface
    interface Copy {
        void copy(ColumnVector vector, int from, int to, boolean nulls, Column column, int at);
    }

    static void booleans(ColumnVector vector, int from, int to, boolean nulls, Column column, int at) {
        long[] values = ((LongColumnVector) vector).vector;
        boolean[] target = ((BooleanColumn) column).values();
        for (int i = from; i < to; i++) {
            target[at + i - from] = values[vector.isRepeating ? 0 : i] != 0;
        }
    }

    static void ints(ColumnVector vector, int from, int to, boolean nulls, Column column, int at) {
        long[] values = ((LongColumnVector) vector).vector;
        int[] target = ((IntColumn) column).values();
        for (int i = from; i < to; i++) {
            target[at + i - from] = (int) values[vector.isRepeating ? 0 : i];
        }
    }

    /** Also small decimals, whose vector is one of longs, of the column's scale. */
    static void longs(ColumnVector vector, int from, int to, boolean nulls, Column column, int at) {
        long[] values = ((LongColumnVector) vector).vector;
        long[] target = ((LongColumn) column).values();
        for (int i = from; i < to; i++) {
            target[at + i - from] = values[vector.isRepeating ? 0 : i];
        }
    }

    static void floats(ColumnVector vector, int from, int to, boolean nulls, Column column, int at) {
        double[] values = ((DoubleColumnVector) vector).vector;
        float[] target = ((FloatColumn) column).values();
        for (int i = from; i < to; i++) {
            target[at + i - from] = (float) values[vector.isRepeating ? 0 : i];
        }
    }

    static void doubles(ColumnVector vector, int from, int to, boolean nulls, Column column, int at) {
        double[] values = ((DoubleColumnVector) vector).vector;
        double[] target = ((DoubleColumn) column).values();
        for (int i = from; i < to; i++) {
            target[at + i - from] = values[vector.isRepeating ? 0 : i];
        }
    }

    /** Cuts nanoseconds down to microseconds. */
    static void timestamps(ColumnVector vector, int from, int to, boolean nulls, Column column, int at) {
        TimestampColumnVector times = (TimestampColumnVector) vector;
        long[] target = ((LongColumn) column).values();
        for (int i = from; i < to; i++) {
            int place = vector.isRepeating ? 0 : i;
            if (!nulls || !vector.isNull[place]) {
                long second = Math.floorDiv(times.time[place], 1000L);
                target[at + i - from] =
                        Math.addExact(Math.multiplyExact(second, 1_000_000L), times.nanos[place] / 1000);
            }
        }
    }
}
