package io.millrace.format.json;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the readers of a decoder together from a schema, the needed columns and the options. */
final class DecoderPlan {

    static final String TIMESTAMP_UNIT = "timestamp_unit";

    private final int unitDigits;
    private final Map<String, String> paths = new HashMap<>();

    DecoderPlan(Options options) {
        String unit = options.get(TIMESTAMP_UNIT, "ms");
        this.unitDigits = switch (unit) {
            case "s" -> 6;
            case "ms" -> 3;
            case "us" -> 0;
            default -> throw Options.invalid(TIMESTAMP_UNIT, unit, "s, ms or us");
        };
        options.asMap().forEach((name, value) -> {
            if (name.startsWith(PathOption.PREFIX)) {
                paths.put(name.substring(PathOption.PREFIX.length()), value);
            } else if (!name.equals(TIMESTAMP_UNIT)) {
                options.refuseOthers(TIMESTAMP_UNIT, "path.COLUMN");
            }
        });
    }

    JsonDecoder decoder(RowType schema, int[] needed) {
        Map<Integer, String> pathOfField = pathsByField(schema);
        if (Arrays.stream(needed).distinct().count() != needed.length) {
            throw new IllegalArgumentException("a field is needed twice: " + Arrays.toString(needed));
        }
        Slot[] slots = new Slot[needed.length];
        @Nullable Slot[] slotOfField = new @Nullable Slot[schema.size()];
        Branch root = new Branch();
        for (int i = 0; i < needed.length; i++) {
            Field field = schema.field(needed[i]);
            slots[i] = slot(field.name(), field, true);
            String path = pathOfField.get(needed[i]);
            if (path != null) {
                root.add(PathOption.parse(PathOption.PREFIX + field.name(), path), slots[i]);
            } else {
                slotOfField[needed[i]] = slots[i];
            }
        }
        ColumnNames names = new ColumnNames();
        for (int i = 0; i < schema.size(); i++) {
            if (!pathOfField.containsKey(i)) {
                names.add(schema.field(i).name(), slotOfField[i]);
            }
        }
        RowSlots row = new RowSlots(slots);
        return new JsonDecoder(row, new ObjectReader(row, true, names, root.members()));
    }

    private Map<Integer, String> pathsByField(RowType schema) {
        Map<Integer, String> found = new HashMap<>();
        paths.forEach((column, path) -> {
            int index = place(schema, column);
            if (index < 0) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "option '" + PathOption.PREFIX + column + "' names no column",
                        "columns are: "
                                + String.join(
                                        ", ",
                                        schema.fields().stream()
                                                .map(Field::name)
                                                .toList()));
            }
            PathOption.parse(PathOption.PREFIX + column, path);
            found.put(index, path);
        });
        return found;
    }

    /** Option names are in lower case, so a column is found by its name in any case. */
    private static int place(RowType schema, String column) {
        int exact = schema.indexOf(column);
        for (int i = 0; exact < 0 && i < schema.size(); i++) {
            if (schema.field(i).name().toLowerCase(Locale.ROOT).equals(column.toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return exact;
    }

    private Slot slot(String path, Field field, boolean topLevel) {
        return new Slot(path, field, reader(path, field.type(), topLevel));
    }

    private ValueReader reader(String path, DataType type, boolean topLevel) {
        return switch (type) {
            case IntegerType t -> new NumericValue.OfInteger(path, t);
            case FloatingType t -> new NumericValue.OfFloating(path, t);
            case DecimalType t -> new NumericValue.OfDecimal(path, t);
            case BooleanType t -> new BooleanValue(path, t);
            case TimestampType t -> new TimestampValue(path, t, unitDigits);
            case DateType t -> new ScalarValue(path, t);
            case TimeType t -> new ScalarValue(path, t);
            case BinaryType t -> new BinaryValue(path, t);
            case IntervalType t -> new ScalarValue(path, t);
            case CharacterType t -> new TextValue(path, t, topLevel);
            case RowType t -> rowReader(path, t);
            case ArrayType t -> {
                Field element = new Field("element", t.element(), t.elementNullable());
                yield new NestedValue.OfArray(path, t, slot(path + "[]", element, false));
            }
            case MapType t -> {
                Field value = new Field("value", t.value(), t.valueNullable());
                yield new NestedValue.OfMap(path, t, key(path, t), slot(path + "{}", value, false));
            }
        };
    }

    /** A key is a string whatever it stands for, so it is read as one. */
    private ScalarValue key(String path, MapType type) {
        if (type.key() instanceof ArrayType || type.key() instanceof MapType || type.key() instanceof RowType) {
            throw new MillraceException(ErrorCode.UNSUPPORTED, "JSON has no form for keys of type " + type.key());
        }
        return type.key() instanceof BinaryType binary
                ? new BinaryValue(path, binary)
                : new ScalarValue(path, type.key());
    }

    private ValueReader rowReader(String path, RowType type) {
        Slot[] slots = new Slot[type.size()];
        ColumnNames names = new ColumnNames();
        for (int i = 0; i < slots.length; i++) {
            Field field = type.field(i);
            slots[i] = slot(path + "." + field.name(), field, false);
            names.add(field.name(), slots[i]);
        }
        RowSlots fields = new RowSlots(slots);
        return new NestedValue.OfRow(path, type, fields, new ObjectReader(fields, true, names, Map.of()));
    }
}
