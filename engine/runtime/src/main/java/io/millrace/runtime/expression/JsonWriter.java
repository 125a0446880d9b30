package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.runtime.expression.function.JsonKind;
import io.millrace.runtime.expression.function.JsonPath;
import io.millrace.spi.error.RowFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes searches in JSON text; a constant path that is malformed is interpreted. */
final class JsonWriter {

    private final ExpressionWriter writer;

    JsonWriter(ExpressionWriter writer) {
        this.writer = writer;
    }

    @Nullable
    Code call(Call call, List<Code> arguments) {
        try {
            return switch (call.function()) {
                case JSON_VALUE -> found(call, arguments, "value", path(call, arguments));
                case JSON_QUERY -> found(call, arguments, "query", path(call, arguments));
                case JSON_PART -> found(call, arguments, "query", step(call, arguments));
                case JSON_PART_TEXT -> found(call, arguments, "text", step(call, arguments));
                case JSON_EXISTS ->
                    writer.strict(
                            call.type(), arguments, search("exists", path(call, arguments), arguments.getFirst(), ""));
                case JSON_FOUND ->
                    writer.strictBytes(
                            call.type(),
                            arguments,
                            search("found", path(call, arguments), arguments.getFirst(), ", #"));
                case IS_JSON -> is(call, arguments.getFirst());
                default -> null;
            };
        } catch (RowFailure malformed) {
            return null; // an error of each row that it is applied to
        }
    }

    /** Returns code for the path: a constant, or made of each row's text, of which the last few hundred are kept. */
    private String path(Call call, List<Code> arguments) {
        String path = Constants.text(call, 1);
        return path == null
                ? "JsonPath.of((String) " + Boxing.boxed(arguments.get(1)) + ")"
                : writer.body.constant("JsonPath", JsonPath.of(path));
    }

    private String step(Call call, List<Code> arguments) {
        Object step = Constants.value(call, 1);
        return step == null
                ? "JsonPath.step(" + Boxing.boxed(arguments.get(1)) + ")"
                : writer.body.constant("JsonPath", JsonPath.step(step));
    }

    private Code found(Call call, List<Code> arguments, String function, String path) {
        return writer.foundBytes(call.type(), arguments, search(function, path, arguments.getFirst(), ", #"));
    }

    private String search(String function, String path, Code text, String out) {
        return field() + "." + function + "(" + path + ", " + text.arguments() + out + ")";
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
