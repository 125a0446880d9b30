package io.millrace.plan.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Reading and writing of trees, with failures that say what is missing. */
final class Json {

    private Json() {}

    static ObjectNode object(String discriminator, String value) {
        return JsonNodeFactory.instance.objectNode().put(discriminator, value);
    }

    static <T> ArrayNode array(Collection<T> values, Function<T, JsonNode> write) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(write.apply(value)));
        return array;
    }

    static ArrayNode ints(List<Integer> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>();
        array.forEach(value -> values.add(read.apply(value)));
        return values;
    }

    static List<Integer> ints(JsonNode array) {
        return list(array, JsonNode::intValue);
    }

    static JsonNode get(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            throw corrupted("no '" + name + "' in " + abbreviated(object));
        }
        return value;
    }

    static String text(JsonNode object, String name) {
        return get(object, name).asText();
    }

    static int integer(JsonNode object, String name) {
        return get(object, name).intValue();
    }

    static long number(JsonNode object, String name) {
        return get(object, name).longValue();
    }

    static boolean bool(JsonNode object, String name) {
        return get(object, name).booleanValue();
    }

    static <E extends Enum<E>> E constant(Class<E> type, JsonNode object, String name) {
        try {
            return Enum.valueOf(type, text(object, name));
        } catch (IllegalArgumentException e) {
            throw corrupted("unknown " + name + " '" + text(object, name) + "'");
        }
    }

    static MillraceException corrupted(String what) {
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                "a stored plan does not read: " + what,
                "it may come from a newer version; create the query anew");
    }

    private static String abbreviated(JsonNode node) {
        String text = node.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
