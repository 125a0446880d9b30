package io.millrace.runtime.spill;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;

/**
 * The rows of a batch as bytes and back, as they are to the bit: each column's arrays behind one another.
 *
 * <pre>
 *   count │ weights or none │ NULLs or none, values │ NULLs or none, values │ …
 * </pre>
 */
final class ColumnCodec {

    private static final byte[] NONE = {};

    private ColumnCodec() {}

    /** Writes all rows of a batch that was only appended to and has no selection. */
    static void write(RowBatch rows, StateWriter out) {
        int count = rows.size();
        out.writeInt(count);
        int[] weights = rows.weights();
        out.writeBoolean(weights != null);
        if (weights != null) {
            out.writeInts(weights, count);
        }
        for (int i = 0; i < rows.columnCount(); i++) {
            write(rows.column(i), count, out);
        }
    }

    static RowBatch read(RowType type, StateReader in) {
        int count = in.readInt();
        RowBatch rows = RowBatch.create(type, count);
        if (in.readBoolean()) {
            System.arraycopy(in.readInts(count), 0, rows.weightsForWriting(count), 0, count);
        }
        for (int i = 0; i < rows.columnCount(); i++) {
            read(rows.column(i), count, in);
        }
        rows.size(count);
        return rows;
    }

    /** Returns whether values of a type are of varying length. */
    static boolean varies(DataType type) {
        return switch (type.storage()) {
            case BYTES, ARRAY, ROW -> true;
            default -> false;
        };
    }

    /** Returns about how many bytes the values of varying length take. */
    static long varyingBytes(RowBatch rows) {
        long bytes = 0;
        for (int i = 0; i < rows.columnCount(); i++) {
            bytes += varyingBytes(rows.column(i), rows.size());
        }
        return bytes;
    }

    private static long varyingBytes(Column column, int count) {
        return switch (column) {
            case BytesColumn c -> c.reserve(0);
            case ArrayColumn c -> 8L * c.elementCount() + varyingBytes(c.elements(), c.elementCount());
            case RowColumn c -> {
                long bytes = 0;
                for (int i = 0; i < c.fieldCount(); i++) {
                    bytes += varyingBytes(c.field(i), count);
                }
                yield bytes;
            }
            default -> 0;
        };
    }

    private static void write(Column column, int count, StateWriter out) {
        boolean[] nulls = column.nulls();
        out.writeBoolean(nulls != null);
        if (nulls != null) {
            writeBooleans(nulls, count, out);
        }
        switch (column) {
            case BooleanColumn c -> writeBooleans(c.values(), count, out);
            case IntColumn c -> out.writeInts(c.values(), count);
            case LongColumn c -> out.writeLongs(c.values(), count);
            case FloatColumn c -> {
                for (int i = 0; i < count; i++) {
                    out.writeInt(Float.floatToRawIntBits(c.values()[i]));
                }
            }
            case DoubleColumn c -> out.writeDoubles(c.values(), count);
            case Decimal128Column c -> {
                out.writeLongs(c.high(), count);
                out.writeLongs(c.low(), count);
            }
            case BytesColumn c -> {
                out.writeInts(c.starts(), count);
                out.writeInts(c.ends(), count);
                int used = c.reserve(0);
                out.writeBytes(used == 0 ? NONE : c.data(), 0, used);
            }
            case ArrayColumn c -> {
                out.writeInts(c.starts(), count);
                out.writeInts(c.ends(), count);
                out.writeInt(c.elementCount());
                c.elements().ensureCapacity(c.elementCount());
                write(c.elements(), c.elementCount(), out);
            }
            case RowColumn c -> {
                for (int i = 0; i < c.fieldCount(); i++) {
                    c.field(i).ensureCapacity(count);
                    write(c.field(i), count, out);
                }
            }
        }
    }

    private static void writeBooleans(boolean[] values, int count, StateWriter out) {
        for (int i = 0; i < count; i++) {
            out.writeBoolean(i < values.length && values[i]);
        }
    }

    private static void read(Column column, int count, StateReader in) {
        column.ensureCapacity(count);
        if (in.readBoolean()) {
            readBooleans(column.nullsForWriting(), count, in);
        }
        switch (column) {
            case BooleanColumn c -> readBooleans(c.values(), count, in);
            case IntColumn c -> System.arraycopy(in.readInts(count), 0, c.values(), 0, count);
            case LongColumn c -> System.arraycopy(in.readLongs(count), 0, c.values(), 0, count);
            case FloatColumn c -> {
                for (int i = 0; i < count; i++) {
                    c.values()[i] = Float.intBitsToFloat(in.readInt());
                }
            }
            case DoubleColumn c -> System.arraycopy(in.readDoubles(count), 0, c.values(), 0, count);
            case Decimal128Column c -> {
                System.arraycopy(in.readLongs(count), 0, c.high(), 0, count);
                System.arraycopy(in.readLongs(count), 0, c.low(), 0, count);
            }
            case BytesColumn c -> readSlices(c, count, in);
            case ArrayColumn c -> readRanges(c, count, in);
            case RowColumn c -> {
                for (int i = 0; i < c.fieldCount(); i++) {
                    read(c.field(i), count, in);
                }
            }
        }
    }

    private static void readBooleans(boolean[] values, int count, StateReader in) {
        for (int i = 0; i < count; i++) {
            values[i] = in.readBoolean();
        }
    }

    private static void readSlices(BytesColumn column, int count, StateReader in) {
        int[] starts = in.readInts(count);
        int[] ends = in.readInts(count);
        column.share(in.readBytes());
        for (int i = 0; i < count; i++) {
            if (!column.isNull(i)) {
                column.slice(i, starts[i], ends[i]);
            }
        }
    }

    private static void readRanges(ArrayColumn column, int count, StateReader in) {
        int[] starts = in.readInts(count);
        int[] ends = in.readInts(count);
        int elements = in.readInt();
        for (int i = 0; i < count; i++) {
            if (!column.isNull(i)) {
                column.range(i, starts[i], ends[i]);
            }
        }
        read(column.elements(), elements, in);
    }
}
