package io.millrace.format.parquet;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.util.Deque;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Writes the values of one flat column. Each storage has a class of its own, so that its loop is monomorphic. */
abstract sealed class LeafShredder extends Shredder {

    /** Set by {@link #writeTo} at the start of each row group. */
    @SuppressWarnings("NullAway.Init")
    ColumnWriter writer;

    LeafShredder(String path, boolean nullable) {
        super(path, nullable);
    }

    static LeafShredder of(DataType type, boolean nullable, String path) {
        if (type instanceof DecimalType decimal && decimal.precision() <= DecimalType.LONG_PRECISION_MAX) {
            return new SmallDecimals(path, nullable, decimal);
        }
        return switch (type.storage()) {
            case BOOLEAN -> new Booleans(path, nullable);
            case INT -> new Ints(path, nullable);
            case LONG -> new Longs(path, nullable);
            case FLOAT -> new Floats(path, nullable);
            case DOUBLE -> new Doubles(path, nullable);
            case DECIMAL128 -> new Decimals(path, nullable, (DecimalType) type);
            case BYTES -> new Bytes(path, nullable);
            case ARRAY, ROW -> throw new IllegalArgumentException("not flat: " + type);
        };
    }

    @Override
    final void writeTo(Deque<ColumnWriter> writers) {
        writer = writers.remove();
    }

    @Override
    final void writeAbsent(int repetition, int definition) {
        writer.writeNull(repetition, definition);
    }

    @Override
    final void write(Column column, int row, int repetition, int definition) {
        if (column.isNull(row)) {
            writer.writeNull(repetition, definition);
        } else {
            put(column, row, repetition, defined(definition));
        }
    }

    @Override
    final void writeRows(Column column, int @Nullable [] selection, int from, int to) {
        if (column.nulls() == null && selection == null) {
            putRows(column, from, to, defined(0));
        } else {
            super.writeRows(column, selection, from, to);
        }
    }

    @Override
    void check(Column column, int row) {
        checkNull(column, row);
    }

    @Override
    boolean mayRefuse(Column column) {
        return mayBeWronglyNull(column);
    }

    /** Writes a value that is there. */
    abstract void put(Column column, int row, int repetition, int definition);

    /** Writes values of the top level that are all there. */
    abstract void putRows(Column column, int from, int to, int definition);

    private static final class Booleans extends LeafShredder {
        Booleans(String path, boolean nullable) {
            super(path, nullable);
        }

        @Override
        void put(Column column, int row, int repetition, int definition) {
            writer.write(((BooleanColumn) column).get(row), repetition, definition);
        }

        @Override
        void putRows(Column column, int from, int to, int definition) {
            boolean[] values = ((BooleanColumn) column).values();
            for (int i = from; i < to; i++) {
                writer.write(values[i], 0, definition);
            }
        }
    }

    private static final class Ints extends LeafShredder {
        Ints(String path, boolean nullable) {
            super(path, nullable);
        }

        @Override
        void put(Column column, int row, int repetition, int definition) {
            writer.write(((IntColumn) column).get(row), repetition, definition);
        }

        @Override
        void putRows(Column column, int from, int to, int definition) {
            int[] values = ((IntColumn) column).values();
            for (int i = from; i < to; i++) {
                writer.write(values[i], 0, definition);
            }
        }
    }

    private static final class Longs extends LeafShredder {
        Longs(String path, boolean nullable) {
            super(path, nullable);
        }

        @Override
        void put(Column column, int row, int repetition, int definition) {
            writer.write(((LongColumn) column).get(row), repetition, definition);
        }

        @Override
        void putRows(Column column, int from, int to, int definition) {
            long[] values = ((LongColumn) column).values();
            for (int i = from; i < to; i++) {
                writer.write(values[i], 0, definition);
            }
        }
    }

    private static final class Floats extends LeafShredder {
        Floats(String path, boolean nullable) {
            super(path, nullable);
        }

        @Override
        void put(Column column, int row, int repetition, int definition) {
            writer.write(((FloatColumn) column).get(row), repetition, definition);
        }

        @Override
        void putRows(Column column, int from, int to, int definition) {
            float[] values = ((FloatColumn) column).values();
            for (int i = from; i < to; i++) {
                writer.write(values[i], 0, definition);
            }
        }
    }

    private static final class Doubles extends LeafShredder {
        Doubles(String path, boolean nullable) {
            super(path, nullable);
        }

        @Override
        void put(Column column, int row, int repetition, int definition) {
            writer.write(((DoubleColumn) column).get(row), repetition, definition);
        }

        @Override
        void putRows(Column column, int from, int to, int definition) {
            double[] values = ((DoubleColumn) column).values();
            for (int i = from; i < to; i++) {
                writer.write(values[i], 0, definition);
            }
        }
    }

    /** DECIMAL of at most 18 digits: INT32 where it has at most 9, else INT64. */
    private static final class SmallDecimals extends LeafShredder {
        private final DecimalType type;
        private final long bound;
        private final boolean narrow;

        SmallDecimals(String path, boolean nullable, DecimalType type) {
            super(path, nullable);
            this.type = type;
            this.bound = BigDecimal.TEN.pow(type.precision()).longValueExact();
            this.narrow = type.precision() <= WriteSchema.INT_PRECISION_MAX;
        }

        @Override
        void put(Column column, int row, int repetition, int definition) {
            long value = ((LongColumn) column).get(row);
            if (narrow) {
                writer.write((int) value, repetition, definition);
            } else {
                writer.write(value, repetition, definition);
            }
        }

        @Override
        void putRows(Column column, int from, int to, int definition) {
            for (int i = from; i < to; i++) {
                put(column, i, 0, definition);
            }
        }

        @Override
        boolean mayRefuse(Column column) {
            return true;
        }

        @Override
        void check(Column column, int row) {
            checkNull(column, row);
            if (!column.isNull(row)) {
                long value = ((LongColumn) column).get(row);
                if (value <= -bound || value >= bound) {
                    throw new MillraceException(
                            ErrorCode.NUMERIC_OVERFLOW,
                            "column '" + path() + "' is " + BigDecimal.valueOf(value, type.scale())
                                    + ", which does not fit " + type);
                }
            }
        }
    }

    /** DECIMAL of more than 18 digits: as many bytes as hold them, the highest first. */
    private static final class Decimals extends LeafShredder {
        private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

        private final DecimalType type;
        private final int bytes;
        private final byte[] scratch = new byte[2 * Long.BYTES];
        private final Binary value;

        Decimals(String path, boolean nullable, DecimalType type) {
            super(path, nullable);
            this.type = type;
            this.bytes = WriteSchema.decimalBytes(type.precision());
            this.value = Binary.fromReusedByteArray(scratch, scratch.length - bytes, bytes);
        }

        @Override
        void put(Column column, int row, int repetition, int definition) {
            Decimal128Column values = (Decimal128Column) column;
            LONGS.set(scratch, 0, values.high()[row]);
            LONGS.set(scratch, 8, values.low()[row]);
            writer.write(value, repetition, definition);
        }

        @Override
        void putRows(Column column, int from, int to, int definition) {
            for (int i = from; i < to; i++) {
                put(column, i, 0, definition);
            }
        }

        @Override
        boolean mayRefuse(Column column) {
            return bytes < scratch.length || super.mayRefuse(column);
        }

        /** What is left of the bytes that are written must say no more than the sign does. */
        @Override
        void check(Column column, int row) {
            checkNull(column, row);
            if (!column.isNull(row) && bytes < scratch.length) {
                Decimal128Column values = (Decimal128Column) column;
                int bits = (bytes - Long.BYTES) * Byte.SIZE - 1;
                long high = values.high()[row] >> bits;
                if (high != 0 && high != -1) {
                    throw new MillraceException(
                            ErrorCode.NUMERIC_OVERFLOW,
                            "column '" + path() + "' is " + new BigDecimal(values.get(row), type.scale())
                                    + ", which does not fit " + type);
                }
            }
        }
    }

    /** Text and bytes. The writer copies what it keeps. */
    private static final class Bytes extends LeafShredder {
        Bytes(String path, boolean nullable) {
            super(path, nullable);
        }

        @Override
        void put(Column column, int row, int repetition, int definition) {
            BytesColumn values = (BytesColumn) column;
            int start = values.starts()[row];
            writer.write(
                    Binary.fromReusedByteArray(values.data(), start, values.ends()[row] - start),
                    repetition,
                    definition);
        }

        @Override
        void putRows(Column column, int from, int to, int definition) {
            BytesColumn values = (BytesColumn) column;
            byte[] data = values.data();
            int[] starts = values.starts();
            int[] ends = values.ends();
            for (int i = from; i < to; i++) {
                writer.write(Binary.fromReusedByteArray(data, starts[i], ends[i] - starts[i]), 0, definition);
            }
        }
    }
}
