package io.millrace.server.postgres.type;

import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;

/** Columns whose values have all the same width in binary. */
final class FixedWidthEncoders {

    private FixedWidthEncoders() {}

    /** What they have in common: only the value itself differs. */
    private abstract static class FixedWidth extends ColumnEncoder {

        private final int width;

        FixedWidth(int width) {
            this.width = width;
        }

        @Override
        final int measure(Column column, int[] rows, int from, int to, int[] lengths) {
            for (int i = from; i < to; i++) {
                lengths[i - from] += column.isNull(rows[i]) ? 0 : width;
            }
            return to;
        }

        /** Writes the length of a value, and returns where the value goes. */
        static int begin(int width, byte[] target, int[] places, int i) {
            int place = places[i];
            INT.set(target, place, width);
            places[i] = place + Integer.BYTES + width;
            return place + Integer.BYTES;
        }
    }

    /** Truth values, as a byte. */
    static final class Booleans extends FixedWidth {

        Booleans() {
            super(Byte.BYTES);
        }

        @Override
        void write(Column column, int[] rows, int from, int to, byte[] target, int[] places) {
            BooleanColumn values = (BooleanColumn) column;
            for (int i = 0; i < to - from; i++) {
                int row = rows[from + i];
                if (values.isNull(row)) {
                    places[i] = writeNull(target, places[i]);
                } else {
                    target[begin(Byte.BYTES, target, places, i)] = (byte) (values.get(row) ? 1 : 0);
                }
            }
        }
    }

    /** Numbers of two bytes. */
    static final class Shorts extends FixedWidth {

        Shorts() {
            super(Short.BYTES);
        }

        @Override
        void write(Column column, int[] rows, int from, int to, byte[] target, int[] places) {
            IntColumn values = (IntColumn) column;
            for (int i = 0; i < to - from; i++) {
                int row = rows[from + i];
                if (values.isNull(row)) {
                    places[i] = writeNull(target, places[i]);
                } else {
                    SHORT.set(target, begin(Short.BYTES, target, places, i), (short) values.get(row));
                }
            }
        }
    }

    /** Numbers of four bytes, counted from an origin. */
    static final class Ints extends FixedWidth {

        private final int origin;

        Ints(int origin) {
            super(Integer.BYTES);
            this.origin = origin;
        }

        @Override
        void write(Column column, int[] rows, int from, int to, byte[] target, int[] places) {
            IntColumn values = (IntColumn) column;
            for (int i = 0; i < to - from; i++) {
                int row = rows[from + i];
                if (values.isNull(row)) {
                    places[i] = writeNull(target, places[i]);
                } else {
                    INT.set(target, begin(Integer.BYTES, target, places, i), values.get(row) - origin);
                }
            }
        }
    }

    /** Numbers of eight bytes, counted from an origin. */
    static final class Longs extends FixedWidth {

        private final long origin;

        Longs(long origin) {
            super(Long.BYTES);
            this.origin = origin;
        }

        @Override
        void write(Column column, int[] rows, int from, int to, byte[] target, int[] places) {
            LongColumn values = (LongColumn) column;
            for (int i = 0; i < to - from; i++) {
                int row = rows[from + i];
                if (values.isNull(row)) {
                    places[i] = writeNull(target, places[i]);
                } else {
                    LONG.set(target, begin(Long.BYTES, target, places, i), values.get(row) - origin);
                }
            }
        }
    }

    /** Floating-point numbers of four bytes. */
    static final class Floats extends FixedWidth {

        Floats() {
            super(Float.BYTES);
        }

        @Override
        void write(Column column, int[] rows, int from, int to, byte[] target, int[] places) {
            FloatColumn values = (FloatColumn) column;
            for (int i = 0; i < to - from; i++) {
                int row = rows[from + i];
                if (values.isNull(row)) {
                    places[i] = writeNull(target, places[i]);
                } else {
                    INT.set(target, begin(Float.BYTES, target, places, i), Float.floatToIntBits(values.get(row)));
                }
            }
        }
    }

    /** Floating-point numbers of eight bytes. */
    static final class Doubles extends FixedWidth {

        Doubles() {
            super(Double.BYTES);
        }

        @Override
        void write(Column column, int[] rows, int from, int to, byte[] target, int[] places) {
            DoubleColumn values = (DoubleColumn) column;
            for (int i = 0; i < to - from; i++) {
                int row = rows[from + i];
                if (values.isNull(row)) {
                    places[i] = writeNull(target, places[i]);
                } else {
                    LONG.set(target, begin(Double.BYTES, target, places, i), Double.doubleToLongBits(values.get(row)));
                }
            }
        }
    }
}
