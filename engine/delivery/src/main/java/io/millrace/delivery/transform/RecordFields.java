package io.millrace.delivery.transform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a record of JSON alone would have. Whole numbers are BIGINT, longer ones DECIMAL(38, 0), other numbers
 * DOUBLE; objects are ROW and arrays ARRAY. Text is VARCHAR whatever it looks like, and so is what has several kinds in one
 * array. What is null or empty says nothing, and has no column yet.
 */
final class RecordFields {

    private static final DataType WIDE = new DecimalType(DataType.DECIMAL_PRECISION_MAX, 0);

    /** Deeper values are kept as their text. */
    private static final int DEPTH_MAX = 16;

    private RecordFields() {}

    /** Returns the columns of a record of one object or several, or null where it is none. */
    static @Nullable RowType of(byte[] record) {
        Map<String, Field> fields = new LinkedHashMap<>();
        boolean any = false;
        try (JsonParser parser = Json.parser(record)) {
            for (JsonNode each = parser.readValueAsTree(); each != null; each = parser.readValueAsTree()) {
                if (!each.isObject()) {
                    return null;
                }
                any = true;
                members(each, 0, fields);
            }
        } catch (IOException e) {
            return null;
        }
        return any ? row(fields) : null;
    }

    private static void members(JsonNode object, int depth, Map<String, Field> fields) {
        object.properties().forEach(member -> {
            DataType type = type(member.getValue(), depth + 1);
            if (type != null) {
                fields.merge(
                        member.getKey().toLowerCase(Locale.ROOT),
                        Field.nullable(member.getKey(), type),
                        (before, now) -> Field.nullable(before.name(), both(before.type(), now.type())));
            }
        });
    }

    private static RowType row(Map<String, Field> fields) {
        return new RowType(java.util.List.copyOf(fields.values()));
    }

    private static @Nullable DataType type(JsonNode value, int depth) {
        return switch (value.getNodeType()) {
            case STRING -> DataType.VARCHAR;
            case BOOLEAN -> DataType.BOOLEAN;
            case NUMBER -> number(value);
            case ARRAY -> array(value, depth);
            case OBJECT -> object(value, depth);
            default -> null;
        };
    }

    private static DataType number(JsonNode value) {
        if (!value.isIntegralNumber()) {
            return DataType.DOUBLE;
        }
        BigInteger number = value.bigIntegerValue();
        if (number.bitLength() < Long.SIZE) {
            return DataType.BIGINT;
        }
        return number.abs().toString().length() <= DataType.DECIMAL_PRECISION_MAX ? WIDE : DataType.DOUBLE;
    }

    private static @Nullable DataType array(JsonNode values, int depth) {
        DataType element = null;
        for (JsonNode value : values) {
            DataType next = type(value, depth + 1);
            element = element == null || next == null ? (element == null ? next : element) : both(element, next);
        }
        if (element == null) {
            return null;
        }
        return depth >= DEPTH_MAX ? DataType.VARCHAR : new ArrayType(element, true);
    }

    private static @Nullable DataType object(JsonNode object, int depth) {
        if (depth >= DEPTH_MAX) {
            return DataType.VARCHAR;
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        members(object, depth, fields);
        return fields.isEmpty() ? null : row(fields);
    }

    /** Returns the type that has the values of both: text where there is no other. */
    private static DataType both(DataType one, DataType other) {
        if (one.equals(other)) {
            return one;
        }
        if (isNumber(one) && isNumber(other)) {
            return one.equals(DataType.DOUBLE) || other.equals(DataType.DOUBLE) ? DataType.DOUBLE : WIDE;
        }
        if (one instanceof ArrayType a && other instanceof ArrayType b) {
            return new ArrayType(both(a.element(), b.element()), true);
        }
        if (one instanceof RowType a && other instanceof RowType b) {
            Map<String, Field> fields = new LinkedHashMap<>();
            a.fields().forEach(field -> fields.put(field.name().toLowerCase(Locale.ROOT), field));
            b.fields()
                    .forEach(field -> fields.merge(
                            field.name().toLowerCase(Locale.ROOT),
                            field,
                            (before, now) -> Field.nullable(before.name(), both(before.type(), now.type()))));
            return row(fields);
        }
        return DataType.VARCHAR;
    }

    private static boolean isNumber(DataType type) {
        return type.equals(DataType.BIGINT) || type.equals(DataType.DOUBLE) || type.equals(WIDE);
    }
}
