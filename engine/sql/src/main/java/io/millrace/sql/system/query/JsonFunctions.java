package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Functions that answer with JSON. */
final class JsonFunctions {

    private JsonFunctions() {}

    static void register(Function.Registry functions) {
        functions.lenient("json_build_object", 0, 100, arguments -> DataType.VARCHAR, (c, a) -> built(a));
        functions.strict("row_to_json", 1, 2, DataType.VARCHAR, (c, a) -> ofRow(a[0]));
    }

    /** Names and values in turn. */
    private static String built(@Nullable Object[] members) {
        StringJoiner json = new StringJoiner(", ", "{", "}");
        for (int i = 0; i + 1 < members.length; i += 2) {
            json.add(text(members[i]) + " : " + value(members[i + 1]));
        }
        return json.toString();
    }

    private static String ofRow(Object row) {
        StringJoiner json = new StringJoiner(",", "{", "}");
        if (row instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> json.add(text(name) + ":" + value(value)));
        }
        return json.toString();
    }

    /** What is no number and no truth value is text. */
    private static String value(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : text(Values.text(value));
    }

    private static String text(@Nullable Object value) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : String.valueOf(value).toCharArray()) {
            if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return json.append('"').toString();
    }
}
