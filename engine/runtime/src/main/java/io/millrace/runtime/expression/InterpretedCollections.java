package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.runtime.expression.function.Elements;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arrays, maps and rows. */
final class InterpretedCollections {

    private InterpretedCollections() {}

    static @Nullable Object call(Call call, @Nullable Object[] values) {
        return switch (call.function()) {
            case ARRAY, ROW -> new ArrayList<>(Arrays.asList(values));
            case MAP -> map(values);
            case CARDINALITY ->
                InterpretedNumbers.number(Elements.count(Objects.requireNonNull(values[0])), call.type());
            case ITEM -> Elements.at(Objects.requireNonNull(values[0]), Objects.requireNonNull(values[1]));
            case ARRAY_CONTAINS ->
                Elements.contains(Objects.requireNonNull(values[0]), Objects.requireNonNull(values[1]));
            default -> throw new IllegalStateException("no interpreter for " + call.function());
        };
    }

    private static Map<Object, @Nullable Object> map(@Nullable Object[] keysAndValues) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object key = keysAndValues[i];
            if (key == null) {
                throw new RowFailure(ErrorCode.NULL_NOT_ALLOWED, "NULL as key of a map");
            }
            map.put(key, keysAndValues[i + 1]);
        }
        return map;
    }
}
