package io.millrace.plan.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Constants in the form of JavaValues. Numbers are text, as JSON's would lose digits, NaN and infinity. */
final class ValueJson {

    private ValueJson() {}

    static JsonNode write(@Nullable Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case null -> nodes.nullNode();
            case Boolean bool -> nodes.booleanNode(bool);
            case byte[] bytes -> nodes.textNode(Base64.getEncoder().encodeToString(bytes));
            case List<?> list -> {
                ArrayNode array = nodes.arrayNode();
                list.forEach(element -> array.add(write(element)));
                yield array;
            }
            case Map<?, ?> map -> {
                ArrayNode array = nodes.arrayNode();
                map.forEach((key, entry) -> array.add(write(key)).add(write(entry)));
                yield array;
            }
            default -> nodes.textNode(value.toString());
        };
    }

    static @Nullable Object read(JsonNode node, DataType type) {
        return node.isNull() ? null : value(node, type);
    }

    private static Object value(JsonNode node, DataType type) {
        String text = node.asText();
        return switch (type) {
            case BooleanType t -> node.booleanValue();
            case IntegerType t when t.bits() == 64 -> Long.valueOf(text);
            case IntegerType t -> Integer.valueOf(text);
            case FloatingType t when t.bits() == 64 -> Double.valueOf(text);
            case FloatingType t -> Float.valueOf(text);
            case DecimalType t -> new BigDecimal(text);
            case CharacterType t -> text;
            case BinaryType t -> Base64.getDecoder().decode(text);
            case DateType t -> LocalDate.parse(text);
            case TimeType t -> LocalTime.parse(text);
            case TimestampType t when t.zoned() -> Instant.parse(text);
            case TimestampType t -> LocalDateTime.parse(text);
            case IntervalType t when t.months() -> Period.parse(text);
            case IntervalType t -> Duration.parse(text);
            case ArrayType t -> {
                List<@Nullable Object> list = new ArrayList<>();
                node.forEach(element -> list.add(read(element, t.element())));
                yield list;
            }
            case MapType t -> map(node, t);
            case RowType t -> {
                List<@Nullable Object> fields = new ArrayList<>();
                for (int i = 0; i < t.size(); i++) {
                    fields.add(read(node.path(i), t.field(i).type()));
                }
                yield fields;
            }
        };
    }

    private static Map<Object, @Nullable Object> map(JsonNode node, MapType type) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i + 1 < node.size(); i += 2) {
            map.put(value(node.path(i), type.key()), read(node.path(i + 1), type.value()));
        }
        return map;
    }
}
