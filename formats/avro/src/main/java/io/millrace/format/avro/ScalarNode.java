package io.millrace.format.avro;

import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** A value without parts. */
final class ScalarNode extends Node {

    /** Moves one value. */
    private interface Transfer {
        void write(Column column, int row, Encoder out) throws IOException;

        void read(Decoder in, Column column, int row) throws IOException;

        void skip(Decoder in) throws IOException;
    }

    private final DataType type;
    private final Transfer transfer;

    private ScalarNode(String path, DataType type, Transfer transfer) {
        super(path);
        this.type = type;
        this.transfer = transfer;
    }

    static ScalarNode of(String path, Schema schema) {
        return switch (schema.getType()) {
            case BOOLEAN -> new ScalarNode(path, DataType.BOOLEAN, new Booleans());
            case INT -> integer(path, schema);
            case LONG -> longs(path, schema);
            case FLOAT -> new ScalarNode(path, DataType.REAL, new Floats());
            case DOUBLE -> new ScalarNode(path, DataType.DOUBLE, new Doubles());
            case STRING -> text(path);
            case ENUM -> new ScalarNode(path, DataType.VARCHAR, new Symbols(schema.getEnumSymbols()));
            default -> throw Nodes.unsupported(path, schema, "it has parts");
        };
    }

    static ScalarNode text(String path) {
        return new ScalarNode(path, DataType.VARCHAR, new Bytes(0));
    }

    static ScalarNode bytes(String path, int fixed) {
        return new ScalarNode(path, DataType.VARBINARY, new Bytes(fixed));
    }

    private static ScalarNode integer(String path, Schema schema) {
        return switch (name(schema)) {
            case "date" -> new ScalarNode(path, DataType.DATE, new Ints());
            case "time-millis" -> new ScalarNode(path, DataType.TIME, new IntMillis());
            default -> new ScalarNode(path, narrow(schema.getProp(WriteSchema.SQL_TYPE)), new Ints());
        };
    }

    private static DataType narrow(@Nullable String sqlType) {
        return DataType.TINYINT.toString().equals(sqlType)
                ? DataType.TINYINT
                : DataType.SMALLINT.toString().equals(sqlType) ? DataType.SMALLINT : DataType.INTEGER;
    }

    private static ScalarNode longs(String path, Schema schema) {
        return switch (name(schema)) {
            case "time-micros" -> new ScalarNode(path, DataType.TIME, new Longs(1, 1));
            case "timestamp-micros" -> new ScalarNode(path, DataType.TIMESTAMP_WITH_TIME_ZONE, new Longs(1, 1));
            case "timestamp-millis" -> new ScalarNode(path, DataType.TIMESTAMP_WITH_TIME_ZONE, new Longs(1000, 1));
            case "timestamp-nanos" -> new ScalarNode(path, DataType.TIMESTAMP_WITH_TIME_ZONE, new Longs(1, 1000));
            case "local-timestamp-micros" -> new ScalarNode(path, DataType.TIMESTAMP, new Longs(1, 1));
            case "local-timestamp-millis" -> new ScalarNode(path, DataType.TIMESTAMP, new Longs(1000, 1));
            case "local-timestamp-nanos" -> new ScalarNode(path, DataType.TIMESTAMP, new Longs(1, 1000));
            default -> new ScalarNode(path, DataType.BIGINT, new Longs(1, 1));
        };
    }

    private static String name(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return logical == null ? "" : logical.getName();
    }

    @Override
    DataType type() {
        return type;
    }

    @Override
    void write(Column column, int row, Encoder out) throws IOException {
        transfer.write(column, row, out);
    }

    @Override
    void read(Decoder in, Column column, int row) throws IOException {
        column.ensureCapacity(row + 1);
        transfer.read(in, column, row);
    }

    @Override
    void skip(Decoder in) throws IOException {
        transfer.skip(in);
    }

    private record Booleans() implements Transfer {
        @Override
        public void write(Column column, int row, Encoder out) throws IOException {
            out.writeBoolean(((BooleanColumn) column).get(row));
        }

        @Override
        public void read(Decoder in, Column column, int row) throws IOException {
            ((BooleanColumn) column).set(row, in.readBoolean());
        }

        @Override
        public void skip(Decoder in) throws IOException {
            in.readBoolean();
        }
    }

    private record Ints() implements Transfer {
        @Override
        public void write(Column column, int row, Encoder out) throws IOException {
            out.writeInt(((IntColumn) column).get(row));
        }

        @Override
        public void read(Decoder in, Column column, int row) throws IOException {
            ((IntColumn) column).set(row, in.readInt());
        }

        @Override
        public void skip(Decoder in) throws IOException {
            in.readInt();
        }
    }

    /** Milliseconds in an int, which are microseconds in a column; only read. */
    private record IntMillis() implements Transfer {
        @Override
        public void write(Column column, int row, Encoder out) throws IOException {
            out.writeInt((int) (((LongColumn) column).get(row) / 1000));
        }

        @Override
        public void read(Decoder in, Column column, int row) throws IOException {
            ((LongColumn) column).set(row, in.readInt() * 1000L);
        }

        @Override
        public void skip(Decoder in) throws IOException {
            in.readInt();
        }
    }

    /** Longs, of another unit in the file than in the column where they come from elsewhere. */
    private record Longs(long factor, long divisor) implements Transfer {
        @Override
        public void write(Column column, int row, Encoder out) throws IOException {
            out.writeLong(Math.floorDiv(Math.multiplyExact(((LongColumn) column).get(row), divisor), factor));
        }

        @Override
        public void read(Decoder in, Column column, int row) throws IOException {
            ((LongColumn) column).set(row, Math.floorDiv(Math.multiplyExact(in.readLong(), factor), divisor));
        }

        @Override
        public void skip(Decoder in) throws IOException {
            in.readLong();
        }
    }

    private record Floats() implements Transfer {
        @Override
        public void write(Column column, int row, Encoder out) throws IOException {
            out.writeFloat(((FloatColumn) column).get(row));
        }

        @Override
        public void read(Decoder in, Column column, int row) throws IOException {
            ((FloatColumn) column).set(row, in.readFloat());
        }

        @Override
        public void skip(Decoder in) throws IOException {
            in.readFloat();
        }
    }

    private record Doubles() implements Transfer {
        @Override
        public void write(Column column, int row, Encoder out) throws IOException {
            out.writeDouble(((DoubleColumn) column).get(row));
        }

        @Override
        public void read(Decoder in, Column column, int row) throws IOException {
            ((DoubleColumn) column).set(row, in.readDouble());
        }

        @Override
        public void skip(Decoder in) throws IOException {
            in.readDouble();
        }
    }

    /** Text or bytes, which are the same on the wire, of their own length or of a fixed one. */
    private record Bytes(int fixed) implements Transfer {
        @Override
        public void write(Column column, int row, Encoder out) throws IOException {
            BytesColumn bytes = (BytesColumn) column;
            out.writeBytes(bytes.data(), bytes.starts()[row], bytes.length(row));
        }

        @Override
        public void read(Decoder in, Column column, int row) throws IOException {
            BytesColumn bytes = (BytesColumn) column;
            if (fixed > 0) {
                byte[] value = new byte[fixed];
                in.readFixed(value);
                bytes.append(row, value);
            } else {
                ByteBuffer value = in.readBytes(null);
                int start = value.arrayOffset() + value.position();
                bytes.append(row, value.array(), start, start + value.remaining());
            }
        }

        @Override
        public void skip(Decoder in) throws IOException {
            if (fixed > 0) {
                in.skipFixed(fixed);
            } else {
                in.skipBytes();
            }
        }
    }

    /** The symbols of an enum, as text; only read. */
    private record Symbols(List<String> symbols) implements Transfer {
        @Override
        public void write(Column column, int row, Encoder out) throws IOException {
            out.writeEnum(symbols.indexOf(((BytesColumn) column).text(row)));
        }

        @Override
        public void read(Decoder in, Column column, int row) throws IOException {
            ((BytesColumn) column).append(row, symbols.get(in.readEnum()));
        }

        @Override
        public void skip(Decoder in) throws IOException {
            in.readEnum();
        }
    }
}
