package io.millrace.log.frame;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowColumn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One reader per storage; each copies whole arrays. */
final class StorageReaders {

    private StorageReaders() {}

    private static ByteBuffer slice(ByteBuffer bytes, int at, int length) {
        return bytes.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    static final class Booleans extends ColumnReader {
        private final BooleanColumn target;

        Booleans(BooleanColumn target) {
            super(target);
            this.target = target;
        }

        @Override
        void readValues(ByteBuffer bytes, int at, int total, int from, int count) {
            Bitmap.read(bytes, at, from, count, target.values(), false);
        }
    }

    static final class Ints extends ColumnReader {
        private final IntColumn target;

        Ints(IntColumn target) {
            super(target);
            this.target = target;
        }

        @Override
        void readValues(ByteBuffer bytes, int at, int total, int from, int count) {
            slice(bytes, at + 4 * from, 4 * count).asIntBuffer().get(target.values(), 0, count);
        }
    }

    static final class Longs extends ColumnReader {
        private final LongColumn target;

        Longs(LongColumn target) {
            super(target);
            this.target = target;
        }

        @Override
        void readValues(ByteBuffer bytes, int at, int total, int from, int count) {
            slice(bytes, at + 8 * from, 8 * count).asLongBuffer().get(target.values(), 0, count);
        }
    }

    static final class Floats extends ColumnReader {
        private final FloatColumn target;

        Floats(FloatColumn target) {
            super(target);
            this.target = target;
        }

        @Override
        void readValues(ByteBuffer bytes, int at, int total, int from, int count) {
            slice(bytes, at + 4 * from, 4 * count).asFloatBuffer().get(target.values(), 0, count);
        }
    }

    static final class Doubles extends ColumnReader {
        private final DoubleColumn target;

        Doubles(DoubleColumn target) {
            super(target);
            this.target = target;
        }

        @Override
        void readValues(ByteBuffer bytes, int at, int total, int from, int count) {
            slice(bytes, at + 8 * from, 8 * count).asDoubleBuffer().get(target.values(), 0, count);
        }
    }

    static final class Decimals extends ColumnReader {
        private final Decimal128Column target;

        Decimals(Decimal128Column target) {
            super(target);
            this.target = target;
        }

        @Override
        void readValues(ByteBuffer bytes, int at, int total, int from, int count) {
            slice(bytes, at + 8 * from, 8 * count).asLongBuffer().get(target.high(), 0, count);
            slice(bytes, at + 8 * (total + from), 8 * count).asLongBuffer().get(target.low(), 0, count);
        }
    }

    /** Bytes lie in the target's data from its start; only a range that starts inside needs its slices moved. */
    static final class Bytes extends ColumnReader {
        private final BytesColumn target;
        private byte[] data = {};

        Bytes(BytesColumn target) {
            super(target);
            this.target = target;
        }

        @Override
        void readValues(ByteBuffer bytes, int at, int total, int from, int count) {
            Offsets.read(bytes, at, from, count, target.starts(), target.ends());
            int first = bytes.getInt(at + 4 * from);
            int length = bytes.getInt(at + 4 * (from + count)) - first;
            if (data.length < length) {
                data = new byte[Math.max(length, data.length + (data.length >> 1))];
            }
            bytes.get(at + FrameBuilder.aligned(4 * (total + 1)) + first, data, 0, length);
            target.share(data);
        }
    }

    static final class Arrays extends ColumnReader {
        private final ArrayColumn target;
        private final ColumnReader elements;

        Arrays(ColumnReader elements) {
            super(new ArrayColumn(elements.column(), 0));
            this.target = (ArrayColumn) column();
            this.elements = elements;
        }

        @Override
        void readValues(ByteBuffer bytes, int at, int total, int from, int count) {
            Offsets.read(bytes, at, from, count, target.starts(), target.ends());
            int first = bytes.getInt(at + 4 * from);
            int length = bytes.getInt(at + 4 * (from + count)) - first;
            int stored = bytes.getInt(at + 4 * total);
            elements.read(bytes, at + FrameBuilder.aligned(4 * (total + 1)), stored, first, length);
            if (count > 0) {
                target.range(count - 1, target.starts()[count - 1], target.ends()[count - 1]);
            }
        }
    }

    /** Fields are found by name; one that is not stored is NULL. */
    static final class Rows extends ColumnReader {
        private final FieldReaders fields;

        Rows(FieldReaders fields) {
            super(new RowColumn(fields.columns(), 0));
            this.fields = fields;
        }

        @Override
        void readValues(ByteBuffer bytes, int at, int total, int from, int count) {
            int node = at;
            for (int stored = 0; stored < fields.storedCount(); stored++) {
                ColumnReader reader = fields.ofStored(stored);
                if (reader != null) {
                    reader.read(bytes, node, total, from, count);
                }
                node += bytes.getInt(node);
            }
            fields.fillMissing(count);
        }
    }

    /** A stored INT that is wanted as LONG. */
    static final class IntsAsLongs extends ColumnReader {
        private final LongColumn target;

        IntsAsLongs(LongColumn target) {
            super(target);
            this.target = target;
        }

        @Override
        void readValues(ByteBuffer bytes, int at, int total, int from, int count) {
            long[] values = target.values();
            for (int i = 0; i < count; i++) {
                values[i] = bytes.getInt(at + 4 * (from + i));
            }
        }
    }

    /** A stored FLOAT that is wanted as DOUBLE. */
    static final class FloatsAsDoubles extends ColumnReader {
        private final DoubleColumn target;

        FloatsAsDoubles(DoubleColumn target) {
            super(target);
            this.target = target;
        }

        @Override
        void readValues(ByteBuffer bytes, int at, int total, int from, int count) {
            double[] values = target.values();
            for (int i = 0; i < count; i++) {
                values[i] = bytes.getFloat(at + 4 * (from + i));
            }
        }
    }

    /** A stored decimal of at most 18 digits that is wanted with more. */
    static final class LongsAsDecimals extends ColumnReader {
        private final Decimal128Column target;

        LongsAsDecimals(Decimal128Column target) {
            super(target);
            this.target = target;
        }

        @Override
        void readValues(ByteBuffer bytes, int at, int total, int from, int count) {
            for (int i = 0; i < count; i++) {
                long value = bytes.getLong(at + 8 * (from + i));
                target.high()[i] = value >> 63;
                target.low()[i] = value;
            }
        }
    }

    /** Returns the reader that copies what is stored into a column of the same storage. */
    static ColumnReader plain(Column column) {
        return switch (column) {
            case BooleanColumn c -> new Booleans(c);
            case IntColumn c -> new Ints(c);
            case LongColumn c -> new Longs(c);
            case FloatColumn c -> new Floats(c);
            case DoubleColumn c -> new Doubles(c);
            case Decimal128Column c -> new Decimals(c);
            case BytesColumn c -> new Bytes(c);
            case ArrayColumn c -> throw new IllegalArgumentException("arrays need their elements' reader");
            case RowColumn c -> throw new IllegalArgumentException("rows need their fields' readers");
        };
    }
}
