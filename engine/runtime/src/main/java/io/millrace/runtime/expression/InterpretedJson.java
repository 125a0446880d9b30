package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.runtime.expression.function.JsonKind;
import io.millrace.runtime.expression.function.JsonPath;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JSON text: what is in it, and what makes it. */
final class InterpretedJson {

    private InterpretedJson() {}

    static @Nullable Object call(Call call, @Nullable Object[] values, ZoneId zone) {
        Object value = Objects.requireNonNull(values[0]);
        return switch (call.function()) {
            case JSON_VALUE -> path(values).value((String) value);
            case JSON_QUERY -> path(values).query((String) value);
            case JSON_EXISTS -> path(values).exists((String) value);
            case JSON_FOUND -> path(values).found((String) value);
            case JSON_PART -> step(values).query((String) value);
            case JSON_PART_TEXT -> step(values).text((String) value);
            case IS_JSON -> JsonKind.of(InterpretedText.text(values, 1)).fits((String) value);
            case TO_JSON -> new JsonText(zone).of(call.arguments().getFirst().type(), value);
            default -> throw new IllegalStateException("no interpreter for " + call.function());
        };
    }

    private static JsonPath path(@Nullable Object[] values) {
        return JsonPath.of(InterpretedText.text(values, 1));
    }

    private static JsonPath step(@Nullable Object[] values) {
        return JsonPath.step(Objects.requireNonNull(values[1]));
    }
}
