package io.millrace.runtime.state;

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

/**
 * A cell as bytes and back. Equal cells have equal bytes: the two zeros of a floating-point type are one, and so are
 * all its NaNs.
 */
public final class ValueCodec {

    private ValueCodec() {}

    /** Appends a cell: a byte that says whether there is a value, then the value. */
    public static void write(Column column, int row, StateWriter out) {
        if (column.isNull(row)) {
            out.writeByte(0);
            return;
        }
        out.writeByte(1);
        if (column instanceof LongColumn longs) {
            out.writeLong(longs.values()[row]);
        } else if (column instanceof BytesColumn bytes) {
            out.writeBytes(bytes.data(row), bytes.starts()[row], bytes.ends()[row]);
        } else if (column instanceof IntColumn ints) {
            out.writeInt(ints.values()[row]);
        } else {
            writeOther(column, row, out);
        }
    }

    private static void writeOther(Column column, int row, StateWriter out) {
        switch (column) {
            case BooleanColumn c -> out.writeBoolean(c.get(row));
            case FloatColumn c -> out.writeInt(Float.floatToIntBits(c.get(row) + 0.0f));
            case DoubleColumn c -> out.writeLong(Double.doubleToLongBits(c.get(row) + 0.0));
            case Decimal128Column c -> {
                out.writeLong(c.high()[row]);
                out.writeLong(c.low()[row]);
            }
            case ArrayColumn c -> {
                out.writeInt(c.length(row));
                for (int i = c.starts()[row]; i < c.ends()[row]; i++) {
                    write(c.elements(), i, out);
                }
            }
            case RowColumn c -> {
                for (int i = 0; i < c.fieldCount(); i++) {
                    write(c.field(i), row, out);
                }
            }
            default -> throw new IllegalStateException("column " + column.getClass());
        }
    }

    /** Reads a cell into a row of a column of the same type, which is grown where needed. */
    public static void read(StateReader in, Column column, int row) {
        column.ensureCapacity(row + 1);
        if (!in.readBoolean()) {
            column.setNull(row);
            return;
        }
        column.clearNull(row);
        switch (column) {
            case LongColumn c -> c.set(row, in.readLong());
            case BytesColumn c -> c.append(row, in.readBytes());
            case IntColumn c -> c.set(row, in.readInt());
            case BooleanColumn c -> c.set(row, in.readBoolean());
            case FloatColumn c -> c.set(row, Float.intBitsToFloat(in.readInt()));
            case DoubleColumn c -> c.set(row, Double.longBitsToDouble(in.readLong()));
            case Decimal128Column c -> {
                c.high()[row] = in.readLong();
                c.low()[row] = in.readLong();
            }
            case ArrayColumn c -> readElements(in, c, row);
            case RowColumn c -> {
                for (int i = 0; i < c.fieldCount(); i++) {
                    read(in, c.field(i), row);
                }
            }
        }
    }

    private static void readElements(StateReader in, ArrayColumn column, int row) {
        int length = in.readCount(1);
        int start = column.elementCount();
        for (int i = 0; i < length; i++) {
            read(in, column.elements(), start + i);
        }
        column.range(row, start, start + length);
    }
}
