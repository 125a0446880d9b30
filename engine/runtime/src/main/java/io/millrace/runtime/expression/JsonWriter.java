package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.runtime.expression.function.JsonKind;
import io.millrace.runtime.expression.function.JsonPath;
import io.millrace.spi.error.RowFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes searches in JSON text by a constant path; one from data, or a malformed one, is interpreted. */
final class JsonWriter {

    private final ExpressionWriter writer;

    JsonWriter(ExpressionWriter writer) {
        this.writer = writer;
    }

    @Nullable
    Code call(Call call, List<Code> arguments) {
        Code text = arguments.getFirst();
        try {
            return switch (call.function()) {
                case JSON_VALUE -> found(call, text, "value", path(call));
                case JSON_QUERY -> found(call, text, "query", path(call));
                case JSON_PART -> found(call, text, "query", step(call));
                case JSON_PART_TEXT -> found(call, text, "text", step(call));
                case JSON_EXISTS -> exists(call, text, path(call));
                case JSON_FOUND -> kind(call, text, path(call));
                case IS_JSON -> is(call, text);
                default -> null;
            };
        } catch (RowFailure malformed) {
            return null; // an error of each row that it is applied to
        }
    }

    private static @Nullable JsonPath path(Call call) {
        String path = Constants.text(call, 1);
        return path == null ? null : JsonPath.of(path);
    }

    private static @Nullable JsonPath step(Call call) {
        Object step = Constants.value(call, 1);
        return step == null ? null : JsonPath.step(step);
    }

    private @Nullable Code found(Call call, Code text, String function, @Nullable JsonPath path) {
        return path == null ? null : writer.foundBytes(call.type(), List.of(text), search(function, path, text, ", #"));
    }

    private @Nullable Code exists(Call call, Code text, @Nullable JsonPath path) {
        return path == null ? null : writer.strict(call.type(), List.of(text), search("exists", path, text, ""));
    }

    private @Nullable Code kind(Call call, Code text, @Nullable JsonPath path) {
        return path == null ? null : writer.strictBytes(call.type(), List.of(text), search("found", path, text, ", #"));
    }

    private String search(String function, JsonPath path, Code text, String out) {
        return field() + "." + function + "(" + writer.body.constant("JsonPath", path) + ", " + text.arguments() + out
                + ")";
    }

    private @Nullable Code is(Call call, Code text) {
        String kind = Constants.text(call, 1);
        if (kind == null) {
            return null;
        }
        String value = field() + ".is(JsonKind." + JsonKind.of(kind).name() + ", " + text.arguments() + ")";
        return writer.strict(call.type(), List.of(text), value);
    }

    /** Returns a field with a search of its own: it is at a place in a text while it is used. */
    private String field() {
        String name = writer.body.name("j");
        writer.body.field("private final JsonSearch " + name + " = new JsonSearch()");
        return name;
    }
}
