package io.millrace.server.postgres.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@link JsonEncoders} write: a ROW, a MAP, or an ARRAY of more than single values. */
final class JsonValues {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader();

    private JsonValues() {}

    /**
     * Reads a document as a value of a type.
     *
     * @param zone where moments without an offset are
     * @throws MillraceException that names the field at fault
     */
    static @Nullable Object parse(DataType type, String text, ZoneId zone) {
        try {
            return value(type, READER.readTree(text), "", true, zone);
        } catch (JsonProcessingException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_VALUE,
                    "a value of type " + type + " is no JSON: " + e.getOriginalMessage(),
                    "write it as SELECT shows it",
                    e);
        }
    }

    private static @Nullable Object value(DataType type, JsonNode node, String path, boolean nullable, ZoneId zone) {
        if (node.isNull() || node.isMissingNode()) {
            if (!nullable) {
                throw wrong(type, path, "is NULL, which it must not be");
            }
            return null;
        }
        return switch (type) {
            case RowType row -> fields(row, node, path, zone);
            case MapType map -> map(map, node, path, zone);
            case ArrayType array -> list(array, node, path, zone);
            default -> scalar(type, node, path, zone);
        };
    }

    private static Object scalar(DataType type, JsonNode node, String path, ZoneId zone) {
        if (node.isContainerNode()) {
            throw wrong(type, path, "is " + (node.isObject() ? "an object" : "an array"));
        }
        try {
            return ValueParser.parse(type, node.asText(), zone);
        } catch (MillraceException e) {
            throw path.isEmpty()
                    ? e
                    : new MillraceException(e.code(), shown(path) + ": " + e.getMessage(), e.hint(), e);
        }
    }

    private static List<@Nullable Object> fields(RowType type, JsonNode node, String path, ZoneId zone) {
        if (node.isArray() && node.size() == type.size()) {
            return inOrder(type, node, path, zone);
        }
        if (!node.isObject()) {
            throw wrong(type, path, "is no object");
        }
        Set<String> given = new HashSet<>();
        node.fieldNames().forEachRemaining(given::add);
        List<@Nullable Object> values = new ArrayList<>(type.size());
        for (Field field : type.fields()) {
            given.remove(field.name());
            JsonNode value = node.path(field.name());
            values.add(value(field.type(), value, path + "." + field.name(), field.nullable(), zone));
        }
        if (!given.isEmpty()) {
            throw wrong(type, path, "has a field \"" + given.iterator().next() + "\", which its type has not");
        }
        return values;
    }

    /** Fields without their names: clients have structures whose attributes are just in order. */
    private static List<@Nullable Object> inOrder(RowType type, JsonNode node, String path, ZoneId zone) {
        List<@Nullable Object> values = new ArrayList<>(type.size());
        for (int i = 0; i < type.size(); i++) {
            Field field = type.field(i);
            values.add(value(field.type(), node.path(i), path + "." + field.name(), field.nullable(), zone));
        }
        return values;
    }

    private static Map<Object, @Nullable Object> map(MapType type, JsonNode node, String path, ZoneId zone) {
        if (!node.isObject()) {
            throw wrong(type, path, "is no object");
        }
        Map<Object, @Nullable Object> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            String inner = path + "." + entry.getKey();
            values.put(
                    ValueParser.parse(type.key(), entry.getKey(), zone),
                    value(type.value(), entry.getValue(), inner, type.valueNullable(), zone));
        });
        return values;
    }

    private static List<@Nullable Object> list(ArrayType type, JsonNode node, String path, ZoneId zone) {
        if (!node.isArray()) {
            throw wrong(type, path, "is no array");
        }
        List<@Nullable Object> values = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            values.add(value(type.element(), node.path(i), path + "[" + (i + 1) + "]", type.elementNullable(), zone));
        }
        return values;
    }

    private static String shown(String path) {
        return path.substring(path.startsWith(".") ? 1 : 0);
    }

    private static MillraceException wrong(DataType type, String path, String what) {
        return new MillraceException(
                ErrorCode.INVALID_VALUE,
                (path.isEmpty() ? "a value of type " + type : shown(path)) + " " + what,
                "write it as SELECT shows it");
    }
}
