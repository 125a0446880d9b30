package io.millrace.format.arrow;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;

/**
 * What a schema says of the rows, and how they are read.
 *
 * @param type of the rows
 * @param readers one per field
 */
record ReadSchema(RowType type, List<VectorReader> readers) {

    /** More nesting than anybody writes; a damaged schema could ask for any. */
    private static final int DEPTH_MAX = 50;

    VectorReader reader(int field) {
        return readers.get(field);
    }

    static ReadSchema of(Schema schema) throws IOException {
        if (schema.endianness() != Endianness.Little) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "the Arrow file has numbers with the highest byte first",
                    "write it little-endian");
        }
        List<Field> fields = new ArrayList<>();
        List<VectorReader> readers = new ArrayList<>();
        for (int i = 0; i < schema.fieldsLength(); i++) {
            org.apache.arrow.flatbuf.Field field = schema.fields(i);
            VectorReader reader = reader(field, name(field), 0);
            readers.add(reader);
            fields.add(new Field(name(field), reader.type(), field.nullable()));
        }
        return new ReadSchema(new RowType(fields), readers);
    }

    private static String name(org.apache.arrow.flatbuf.Field field) {
        return field.name() == null ? "" : field.name();
    }

    private static VectorReader reader(org.apache.arrow.flatbuf.Field field, String path, int depth)
            throws IOException {
        if (depth > DEPTH_MAX) {
            throw unsupported(path, "is nested more than " + DEPTH_MAX + " times");
        }
        if (field.dictionary() != null) {
            throw unsupported(path, "has a dictionary");
        }
        return switch (field.typeType()) {
            case Type.Struct_ -> row(field, path, depth);
            case Type.List -> list(field, ReadOffsets.INTS, path, depth);
            case Type.LargeList -> list(field, ReadOffsets.LONGS, path, depth);
            case Type.Map -> map(field, path, depth);
            case Type.Utf8 -> new BytesReader(DataType.VARCHAR, ReadOffsets.INTS);
            case Type.LargeUtf8 -> new BytesReader(DataType.VARCHAR, ReadOffsets.LONGS);
            case Type.Binary -> new BytesReader(DataType.VARBINARY, ReadOffsets.INTS);
            case Type.LargeBinary -> new BytesReader(DataType.VARBINARY, ReadOffsets.LONGS);
            default -> {
                VectorReader flat = FixedReaders.of(field);
                if (flat == null) {
                    throw unsupported(
                            path, "is of type " + Type.name(field.typeType()) + " of a form that is not read");
                }
                yield flat;
            }
        };
    }

    private static VectorReader row(org.apache.arrow.flatbuf.Field field, String path, int depth) throws IOException {
        List<Field> fields = new ArrayList<>();
        List<VectorReader> readers = new ArrayList<>();
        for (int i = 0; i < field.childrenLength(); i++) {
            org.apache.arrow.flatbuf.Field child = field.children(i);
            VectorReader reader = reader(child, path + "." + name(child), depth + 1);
            readers.add(reader);
            fields.add(new Field(name(child), reader.type(), child.nullable()));
        }
        return new RowReader(new RowType(fields), readers);
    }

    private static VectorReader list(org.apache.arrow.flatbuf.Field field, ReadOffsets offsets, String path, int depth)
            throws IOException {
        VectorReader element = reader(field.children(0), path + "[]", depth + 1);
        return new ListReader(new ArrayType(element.type(), field.children(0).nullable()), offsets, element);
    }

    private static VectorReader map(org.apache.arrow.flatbuf.Field field, String path, int depth) throws IOException {
        VectorReader entry = reader(field.children(0), path + "[]", depth + 1);
        if (!(entry.type() instanceof RowType row) || row.size() != 2) {
            throw new IOException("the entries of map '" + path + "' are no rows of key and value");
        }
        return new ListReader(
                new MapType(
                        row.field(0).type(), row.field(1).type(), row.field(1).nullable()),
                ReadOffsets.INTS,
                entry);
    }

    private static MillraceException unsupported(String path, String what) {
        return new MillraceException(
                ErrorCode.UNSUPPORTED, "Arrow column '" + path + "' " + what, "write the file without it or cast it");
    }
}
