package io.millrace.format.orc;

import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Storage;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;

/** Copies a column of single values. */
abstract sealed class LeafFiller extends Filler
        permits LeafFiller.Booleans,
                LeafFiller.Ints,
                LeafFiller.Longs,
                LeafFiller.Floats,
                LeafFiller.Doubles,
                LeafFiller.Bytes,
                TimestampFiller,
                DecimalFiller,
                WideDecimalFiller {

    LeafFiller(String path, boolean nullable) {
        super(path, nullable);
    }

    static LeafFiller of(DataType type, boolean nullable, String path) {
        if (type instanceof DecimalType decimal) {
            return decimal.storage() == Storage.LONG
                    ? new DecimalFiller(decimal, path, nullable)
                    : new WideDecimalFiller(decimal, path, nullable);
        }
        if (type instanceof TimestampType) {
            return new TimestampFiller(path, nullable);
        }
        return switch (type.storage()) {
            case BOOLEAN -> new Booleans(path, nullable);
            case INT -> new Ints(path, nullable);
            case LONG -> new Longs(path, nullable);
            case FLOAT -> new Floats(path, nullable);
            case DOUBLE -> new Doubles(path, nullable);
            case BYTES -> new Bytes(path, nullable);
            case DECIMAL128, ARRAY, ROW -> throw new IllegalArgumentException("not a single value: " + type);
        };
    }

    @Override
    final long fill(Column column, Picks picks, ColumnVector vector) {
        boolean nulls = markNulls(column, picks, vector);
        copy(column, picks.rows(), picks.count(), vector, nulls);
        return vector instanceof BytesColumnVector bytes
                ? bytes(bytes, picks.count(), nulls)
                : (long) picks.count() * valueBytes(vector);
    }

    private static long bytes(BytesColumnVector vector, int count, boolean nulls) {
        long bytes = count;
        for (int i = 0; i < count; i++) {
            bytes += nulls && vector.isNull[i] ? 0 : vector.length[i];
        }
        return bytes;
    }

    private static int valueBytes(ColumnVector vector) {
        return vector instanceof DecimalColumnVector ? 2 * Long.BYTES : Long.BYTES;
    }

    /** Copies the values of the rows; with {@code nulls}, of those that the vector does not say are NULL. */
    abstract void copy(Column column, int[] rows, int count, ColumnVector vector, boolean nulls);

    @Override
    void check(Column column, int row) {
        checkNull(column, row);
    }

    @Override
    boolean mayRefuse(Column column) {
        return mayBeWronglyNull(column);
    }

    static final class Booleans extends LeafFiller {
        Booleans(String path, boolean nullable) {
            super(path, nullable);
        }

        @Override
        void copy(Column column, int[] rows, int count, ColumnVector vector, boolean nulls) {
            boolean[] from = ((BooleanColumn) column).values();
            long[] to = ((LongColumnVector) vector).vector;
            for (int i = 0; i < count; i++) {
                if (!nulls || !vector.isNull[i]) {
                    to[i] = from[rows[i]] ? 1 : 0;
                }
            }
        }
    }

    static final class Ints extends LeafFiller {
        Ints(String path, boolean nullable) {
            super(path, nullable);
        }

        @Override
        void copy(Column column, int[] rows, int count, ColumnVector vector, boolean nulls) {
            int[] from = ((IntColumn) column).values();
            long[] to = ((LongColumnVector) vector).vector;
            for (int i = 0; i < count; i++) {
                if (!nulls || !vector.isNull[i]) {
                    to[i] = from[rows[i]];
                }
            }
        }
    }

    static final class Longs extends LeafFiller {
        Longs(String path, boolean nullable) {
            super(path, nullable);
        }

        @Override
        void copy(Column column, int[] rows, int count, ColumnVector vector, boolean nulls) {
            long[] from = ((LongColumn) column).values();
            long[] to = ((LongColumnVector) vector).vector;
            for (int i = 0; i < count; i++) {
                if (!nulls || !vector.isNull[i]) {
                    to[i] = from[rows[i]];
                }
            }
        }
    }

    static final class Floats extends LeafFiller {
        Floats(String path, boolean nullable) {
            super(path, nullable);
        }

        @Override
        void copy(Column column, int[] rows, int count, ColumnVector vector, boolean nulls) {
            float[] from = ((FloatColumn) column).values();
            double[] to = ((DoubleColumnVector) vector).vector;
            for (int i = 0; i < count; i++) {
                if (!nulls || !vector.isNull[i]) {
                    to[i] = from[rows[i]];
                }
            }
        }
    }

    static final class Doubles extends LeafFiller {
        Doubles(String path, boolean nullable) {
            super(path, nullable);
        }

        @Override
        void copy(Column column, int[] rows, int count, ColumnVector vector, boolean nulls) {
            double[] from = ((DoubleColumn) column).values();
            double[] to = ((DoubleColumnVector) vector).vector;
            for (int i = 0; i < count; i++) {
                if (!nulls || !vector.isNull[i]) {
                    to[i] = from[rows[i]];
                }
            }
        }
    }

    /** Text and bytes: slices of the column's array, which the writer copies what it keeps of. */
    static final class Bytes extends LeafFiller {
        Bytes(String path, boolean nullable) {
            super(path, nullable);
        }

        @Override
        void copy(Column column, int[] rows, int count, ColumnVector vector, boolean nulls) {
            BytesColumn from = (BytesColumn) column;
            byte[] data = from.data();
            int[] starts = from.starts();
            int[] ends = from.ends();
            BytesColumnVector to = (BytesColumnVector) vector;
            for (int i = 0; i < count; i++) {
                if (!nulls || !vector.isNull[i]) {
                    int row = rows[i];
                    to.vector[i] = data;
                    to.start[i] = starts[row];
                    to.length[i] = ends[row] - starts[row];
                }
            }
        }
    }
}
