package io.millrace.format.avro.resolve;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Makes the readers that move what a schema wrote into columns. */
final class Resolution {

    private Resolution() {}

    /**
     * Makes a reader of values.
     *
     * @param path the column, for messages
     * @param writer the schema that wrote
     * @param reader what knows other names and defaults of nested fields; null where nothing does
     * @throws RowFailure where what was written can be no value of the column
     */
    static ValueReader of(String path, Schema writer, @Nullable Schema reader, DataType type, boolean nullable) {
        Schema meant = reader == null ? null : value(reader);
        if (writer.getType() != Schema.Type.UNION) {
            return value(path, writer, meant, type);
        }
        List<ValueReader> branches = new ArrayList<>();
        boolean any = false;
        for (Schema branch : writer.getTypes()) {
            if (branch.getType() == Schema.Type.NULL) {
                branches.add(nulls(path, nullable));
                any |= nullable;
                continue;
            }
            try {
                branches.add(value(path, branch, meant, type));
                any = true;
            } catch (RowFailure e) {
                branches.add((in, column, row) -> {
                    throw e;
                });
            }
        }
        if (!any) {
            throw mismatch(path, writer, type);
        }
        return new UnionReader(branches.toArray(ValueReader[]::new));
    }

    /** Returns the schema of values that are not null, or null where there are several. */
    private static @Nullable Schema value(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> values = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        return values.size() == 1 ? values.getFirst() : null;
    }

    /** A reader that gives NULL, or refuses where the column may not be. */
    static ValueReader nulls(String path, boolean nullable) {
        return (in, column, row) -> {
            if (!nullable) {
                throw new RowFailure(ErrorCode.NULL_NOT_ALLOWED, "column " + path + ": NULL, which it may not be");
            }
            column.ensureCapacity(row + 1);
            column.setNull(row);
        };
    }

    private static ValueReader value(String path, Schema writer, @Nullable Schema reader, DataType type) {
        ValueReader found = switch (type) {
            case ArrayType array
            when writer.getType() == Schema.Type.ARRAY ->
                new ArrayReader(of(
                        path + ".element",
                        writer.getElementType(),
                        inside(reader, Schema.Type.ARRAY),
                        array.element(),
                        array.elementNullable()));
            case MapType map
            when writer.getType() == Schema.Type.MAP -> new ArrayReader(entries(path, writer, reader, map));
            case MapType map
            when writer.getType() == Schema.Type.ARRAY
                    && writer.getElementType().getType() == Schema.Type.RECORD ->
                new ArrayReader(RecordReader.nested(path, writer.getElementType(), null, map.entry()));
            case RowType row
            when writer.getType() == Schema.Type.RECORD -> RecordReader.nested(path, writer, reader, row);
            default -> Scalars.of(path, writer, type);
        };
        if (found == null) {
            throw mismatch(path, writer, type);
        }
        return found;
    }

    private static @Nullable Schema inside(@Nullable Schema reader, Schema.Type type) {
        if (reader == null || reader.getType() != type) {
            return null;
        }
        return type == Schema.Type.ARRAY ? reader.getElementType() : reader.getValueType();
    }

    private static ValueReader entries(String path, Schema writer, @Nullable Schema reader, MapType map) {
        ValueReader key = of(path + ".key", Schema.create(Schema.Type.STRING), null, map.key(), false);
        ValueReader value = of(
                path + ".value",
                writer.getValueType(),
                inside(reader, Schema.Type.MAP),
                map.value(),
                map.valueNullable());
        return RecordReader.entry(key, value);
    }

    static RowFailure mismatch(String path, Schema writer, DataType type) {
        String logical = writer.getLogicalType() == null
                ? ""
                : " " + writer.getLogicalType().getName();
        return new RowFailure(
                ErrorCode.INVALID_VALUE,
                "column " + path + ": " + type + " cannot hold Avro's "
                        + writer.getType().getName() + logical);
    }

    /** Returns the field of a row type that a name of Avro's means: exactly so, else the first but for its case. */
    static int place(RowType type, String name) {
        int folded = -1;
        for (int i = 0; i < type.size(); i++) {
            Field field = type.field(i);
            if (field.name().equals(name)) {
                return i;
            }
            folded = folded < 0 && field.name().equalsIgnoreCase(name) ? i : folded;
        }
        return folded;
    }
}
