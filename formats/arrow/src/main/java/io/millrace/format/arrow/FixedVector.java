package io.millrace.format.arrow;

import static io.millrace.format.arrow.LittleEndian.DOUBLES;
import static io.millrace.format.arrow.LittleEndian.FLOATS;
import static io.millrace.format.arrow.LittleEndian.INTS;
import static io.millrace.format.arrow.LittleEndian.LONGS;
import static io.millrace.format.arrow.LittleEndian.SHORTS;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import java.nio.ByteBuffer;

/** Values of one width. Each storage has a class of its own, so that its loops are monomorphic. */
abstract sealed class FixedVector extends Vector {

    private final OutputBuffer values = new OutputBuffer();
    private final int width;

    FixedVector(String path, boolean nullable, int width) {
        super(path, nullable);
        this.width = width;
    }

    @Override
    final void appendRange(Column column, int from, int to) {
        int at = values.reserve((long) (to - from) * width);
        copy(column, from, to, values.bytes(), at);
    }

    @Override
    final void appendRows(Column column, int[] rows, int from, int to) {
        int at = values.reserve((long) (to - from) * width);
        copy(column, rows, from, to, values.bytes(), at);
    }

    /** Writes the values of rows that are all there. */
    abstract void copy(Column column, int from, int to, byte[] out, int start);

    /** Writes the values of these rows, zeros for a row below 0. */
    abstract void copy(Column column, int[] rows, int from, int to, byte[] out, int start);

    @Override
    final void collectValues(BatchMessage message) {
        message.buffer(values);
    }

    @Override
    final long valueBytes() {
        return values.length();
    }

    @Override
    final void clearValues() {
        values.clear();
    }

    final ByteBuffer view(byte[] out, int start, int rows) {
        return LittleEndian.view(out, start, rows * width);
    }

    /** TINYINT and SMALLINT. */
    static final class NarrowInts extends FixedVector {

        private final boolean bytes;

        NarrowInts(String path, boolean nullable, int width) {
            super(path, nullable, width);
            this.bytes = width == 1;
        }

        @Override
        void copy(Column column, int from, int to, byte[] out, int start) {
            int[] values = ((IntColumn) column).values();
            int at = start;
            for (int i = from; i < to; i++) {
                at = put(values[i], out, at);
            }
        }

        @Override
        void copy(Column column, int[] rows, int from, int to, byte[] out, int start) {
            int[] values = ((IntColumn) column).values();
            int at = start;
            for (int i = from; i < to; i++) {
                at = put(rows[i] < 0 ? 0 : values[rows[i]], out, at);
            }
        }

        private int put(int value, byte[] out, int at) {
            if (bytes) {
                out[at] = (byte) value;
                return at + 1;
            }
            SHORTS.set(out, at, (short) value);
            return at + 2;
        }
    }

    static final class Ints extends FixedVector {
        Ints(String path, boolean nullable) {
            super(path, nullable, 4);
        }

        @Override
        void copy(Column column, int from, int to, byte[] out, int start) {
            view(out, start, to - from).asIntBuffer().put(((IntColumn) column).values(), from, to - from);
        }

        @Override
        void copy(Column column, int[] rows, int from, int to, byte[] out, int start) {
            int[] values = ((IntColumn) column).values();
            for (int i = from, at = start; i < to; i++, at += 4) {
                INTS.set(out, at, rows[i] < 0 ? 0 : values[rows[i]]);
            }
        }
    }

    static final class Longs extends FixedVector {
        Longs(String path, boolean nullable) {
            super(path, nullable, 8);
        }

        @Override
        void copy(Column column, int from, int to, byte[] out, int start) {
            view(out, start, to - from).asLongBuffer().put(((LongColumn) column).values(), from, to - from);
        }

        @Override
        void copy(Column column, int[] rows, int from, int to, byte[] out, int start) {
            long[] values = ((LongColumn) column).values();
            for (int i = from, at = start; i < to; i++, at += 8) {
                LONGS.set(out, at, rows[i] < 0 ? 0 : values[rows[i]]);
            }
        }
    }

    static final class Floats extends FixedVector {
        Floats(String path, boolean nullable) {
            super(path, nullable, 4);
        }

        @Override
        void copy(Column column, int from, int to, byte[] out, int start) {
            view(out, start, to - from).asFloatBuffer().put(((FloatColumn) column).values(), from, to - from);
        }

        @Override
        void copy(Column column, int[] rows, int from, int to, byte[] out, int start) {
            float[] values = ((FloatColumn) column).values();
            for (int i = from, at = start; i < to; i++, at += 4) {
                FLOATS.set(out, at, rows[i] < 0 ? 0 : values[rows[i]]);
            }
        }
    }

    static final class Doubles extends FixedVector {
        Doubles(String path, boolean nullable) {
            super(path, nullable, 8);
        }

        @Override
        void copy(Column column, int from, int to, byte[] out, int start) {
            view(out, start, to - from).asDoubleBuffer().put(((DoubleColumn) column).values(), from, to - from);
        }

        @Override
        void copy(Column column, int[] rows, int from, int to, byte[] out, int start) {
            double[] values = ((DoubleColumn) column).values();
            for (int i = from, at = start; i < to; i++, at += 8) {
                DOUBLES.set(out, at, rows[i] < 0 ? 0 : values[rows[i]]);
            }
        }
    }

    /** DECIMAL of at most 18 digits. Arrow's narrower decimals are younger than most readers. */
    static final class SmallDecimals extends FixedVector {
        SmallDecimals(String path, boolean nullable) {
            super(path, nullable, 16);
        }

        @Override
        void copy(Column column, int from, int to, byte[] out, int start) {
            long[] values = ((LongColumn) column).values();
            for (int i = from, at = start; i < to; i++, at += 16) {
                put(values[i], out, at);
            }
        }

        @Override
        void copy(Column column, int[] rows, int from, int to, byte[] out, int start) {
            long[] values = ((LongColumn) column).values();
            for (int i = from, at = start; i < to; i++, at += 16) {
                put(rows[i] < 0 ? 0 : values[rows[i]], out, at);
            }
        }

        private static void put(long value, byte[] out, int at) {
            LONGS.set(out, at, value);
            LONGS.set(out, at + 8, value >> 63);
        }
    }

    static final class Decimals extends FixedVector {
        Decimals(String path, boolean nullable) {
            super(path, nullable, 16);
        }

        @Override
        void copy(Column column, int from, int to, byte[] out, int start) {
            Decimal128Column values = (Decimal128Column) column;
            for (int i = from, at = start; i < to; i++, at += 16) {
                LONGS.set(out, at, values.low()[i]);
                LONGS.set(out, at + 8, values.high()[i]);
            }
        }

        @Override
        void copy(Column column, int[] rows, int from, int to, byte[] out, int start) {
            Decimal128Column values = (Decimal128Column) column;
            for (int i = from, at = start; i < to; i++, at += 16) {
                LONGS.set(out, at, rows[i] < 0 ? 0 : values.low()[rows[i]]);
                LONGS.set(out, at + 8, rows[i] < 0 ? 0 : values.high()[rows[i]]);
            }
        }
    }
}
