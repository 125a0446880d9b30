package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.runtime.expression.function.Comparison;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
            case CARDINALITY -> InterpretedNumbers.number(size(Objects.requireNonNull(values[0])), call.type());
            case ITEM -> item(Objects.requireNonNull(values[0]), Objects.requireNonNull(values[1]));
            case ARRAY_CONTAINS ->
                contains((List<?>) Objects.requireNonNull(values[0]), Objects.requireNonNull(values[1]));
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

    private static int size(Object collection) {
        return collection instanceof Map<?, ?> map ? map.size() : ((List<?>) collection).size();
    }

    private static @Nullable Object item(Object collection, Object place) {
        if (collection instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (Comparison.compare(entry.getKey(), place) == 0) {
                    return entry.getValue();
                }
            }
            return null;
        }
        List<?> list = (List<?>) collection;
        long index = ((Number) place).longValue();
        return index >= 1 && index <= list.size() ? list.get((int) index - 1) : null;
    }

    private static @Nullable Object contains(List<?> list, Object wanted) {
        boolean unknown = false;
        for (Object element : list) {
            if (element == null) {
                unknown = true;
            } else if (Comparison.compare(element, wanted) == 0) {
                return true;
            }
        }
        return unknown ? null : false;
    }
}
