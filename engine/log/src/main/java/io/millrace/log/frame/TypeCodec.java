package io.millrace.log.frame;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Row types as bytes: for each type a letter and what belongs to it, types inside it after it. Numbers
 * are big-endian ints, flags a byte, names as {@link DataOutputStream#writeUTF} writes them.
 *
 * <pre>
 *   B boolean   I bits   F bits   N precision scale   C length fixed   V length fixed   D date
 *   T precision time   S precision zoned   P months   A nullable element
 *   M nullable key value   R count (name nullable type)…
 * </pre>
 */
final class TypeCodec {

    private TypeCodec() {}

    static byte[] encode(RowType type) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static RowType decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return (RowType) read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, DataType type) throws IOException {
        switch (type) {
            case BooleanType t -> out.writeByte('B');
            case IntegerType t -> letter(out, 'I').writeInt(t.bits());
            case FloatingType t -> letter(out, 'F').writeInt(t.bits());
            case DecimalType t -> {
                letter(out, 'N').writeInt(t.precision());
                out.writeInt(t.scale());
            }
            case CharacterType t -> {
                letter(out, 'C').writeInt(t.length());
                out.writeBoolean(t.fixed());
            }
            case BinaryType t -> {
                letter(out, 'V').writeInt(t.length());
                out.writeBoolean(t.fixed());
            }
            case DateType t -> out.writeByte('D');
            case TimeType t -> letter(out, 'T').writeInt(t.precision());
            case TimestampType t -> {
                letter(out, 'S').writeInt(t.precision());
                out.writeBoolean(t.zoned());
            }
            case IntervalType t -> letter(out, 'P').writeBoolean(t.months());
            case ArrayType t -> {
                letter(out, 'A').writeBoolean(t.elementNullable());
                write(out, t.element());
            }
            case MapType t -> {
                letter(out, 'M').writeBoolean(t.valueNullable());
                write(out, t.key());
                write(out, t.value());
            }
            case RowType t -> writeFields(letter(out, 'R'), t);
        }
    }

    private static DataOutputStream letter(DataOutputStream out, char letter) throws IOException {
        out.writeByte(letter);
        return out;
    }

    private static void writeFields(DataOutputStream out, RowType type) throws IOException {
        out.writeInt(type.size());
        for (Field field : type.fields()) {
            out.writeUTF(field.name());
            out.writeBoolean(field.nullable());
            write(out, field.type());
        }
    }

    private static DataType read(DataInputStream in) throws IOException {
        int letter = in.readByte();
        return switch (letter) {
            case 'B' -> DataType.BOOLEAN;
            case 'I' -> new IntegerType(in.readInt());
            case 'F' -> new FloatingType(in.readInt());
            case 'N' -> new DecimalType(in.readInt(), in.readInt());
            case 'C' -> new CharacterType(in.readInt(), in.readBoolean());
            case 'V' -> new BinaryType(in.readInt(), in.readBoolean());
            case 'D' -> DataType.DATE;
            case 'T' -> new TimeType(in.readInt());
            case 'S' -> new TimestampType(in.readInt(), in.readBoolean());
            case 'P' -> new IntervalType(in.readBoolean());
            case 'A' -> {
                boolean nullable = in.readBoolean();
                yield new ArrayType(read(in), nullable);
            }
            case 'M' -> {
                boolean nullable = in.readBoolean();
                yield new MapType(read(in), read(in), nullable);
            }
            case 'R' -> readFields(in);
            default -> throw new IOException("a type of letter " + letter + " is not known to this version");
        };
    }

    private static RowType readFields(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            boolean nullable = in.readBoolean();
            fields.add(new Field(name, read(in), nullable));
        }
        return new RowType(fields);
    }
}
