package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.runtime.expression.function.Comparison;
import io.millrace.runtime.expression.function.TextLimits;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL does with arrays. NULL is an element like others there, and no array is an array without elements. */
final class InterpretedArrays {

    private InterpretedArrays() {}

    static @Nullable Object call(Call call, @Nullable Object[] values, ZoneId zone) {
        return switch (call.function()) {
            case ARRAY_APPEND -> joined(values[0], one(values[1]));
            case ARRAY_PREPEND -> joined(one(values[0]), values[1]);
            case ARRAY_CAT -> values[0] == null && values[1] == null ? null : joined(values[0], values[1]);
            case ARRAY_FILL -> filled(values[0], (List<?>) values[1]);
            case STRING_TO_ARRAY -> SplitText.call(values);
            case ARRAY_TO_STRING -> SplitText.joined(call, values, zone);
            case GENERATE_SERIES -> Series.of(call, values);
            default -> values[0] == null ? null : ofArray(call, (List<?>) values[0], values);
        };
    }

    private static @Nullable Object ofArray(Call call, List<?> array, @Nullable Object[] values) {
        return switch (call.function()) {
            case ARRAY_REMOVE -> replaced(array, values[1], List.of());
            case ARRAY_REPLACE -> replaced(array, values[1], one(values[2]));
            case ARRAY_POSITION -> position(array, values, call.type());
            case ARRAY_POSITIONS -> positions(array, values[1]);
            case ARRAY_CONTAINS_ALL -> wanted(values).allMatch(wanted -> wanted != null && has(array, wanted));
            case ARRAY_OVERLAPS -> wanted(values).anyMatch(wanted -> wanted != null && has(array, wanted));
            case TRIM_ARRAY -> trimmed(array, number(values[1]));
            case ARRAY_SLICE -> slice(array, number(values[1]), number(values[2]));
            default -> throw new IllegalStateException("no interpreter for " + call.function());
        };
    }

    private static Stream<?> wanted(@Nullable Object[] values) {
        return ((List<?>) Objects.requireNonNull(values[1])).stream();
    }

    private static long number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).longValue();
    }

    private static List<@Nullable Object> one(@Nullable Object element) {
        List<@Nullable Object> list = new ArrayList<>(1);
        list.add(element);
        return list;
    }

    private static List<@Nullable Object> joined(@Nullable Object first, @Nullable Object second) {
        List<@Nullable Object> all = new ArrayList<>();
        if (first != null) {
            all.addAll((List<?>) first);
        }
        if (second != null) {
            all.addAll((List<?>) second);
        }
        return all;
    }

    private static Object filled(@Nullable Object element, @Nullable List<?> dimensions) {
        if (dimensions == null) {
            throw new RowFailure(ErrorCode.NULL_NOT_ALLOWED, "NULL as the size of ARRAY_FILL");
        }
        if (dimensions.size() != 1 || dimensions.getFirst() == null) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "ARRAY_FILL of other than one dimension");
        }
        long size = number(dimensions.getFirst());
        if (size < 0) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "ARRAY_FILL of " + size + " elements");
        }
        TextLimits.check(size);
        List<@Nullable Object> list = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            list.add(element);
        }
        return list;
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        return (left == null || right == null) ? left == right : Comparison.compare(left, right) == 0;
    }

    private static boolean has(List<?> array, Object wanted) {
        return array.stream().anyMatch(element -> same(element, wanted));
    }

    private static List<@Nullable Object> replaced(List<?> array, @Nullable Object wanted, List<?> replacement) {
        List<@Nullable Object> rest = new ArrayList<>();
        for (Object element : array) {
            if (same(element, wanted)) {
                rest.addAll(replacement);
            } else {
                rest.add(element);
            }
        }
        return rest;
    }

    private static @Nullable Object position(List<?> array, @Nullable Object[] values, DataType type) {
        if (values.length > 2 && values[2] == null) {
            throw new RowFailure(ErrorCode.NULL_NOT_ALLOWED, "NULL as the place to begin at in ARRAY_POSITION");
        }
        long start = values.length > 2 ? number(values[2]) : 1;
        for (long i = Math.max(start, 1); i <= array.size(); i++) {
            if (same(array.get((int) i - 1), values[1])) {
                return InterpretedNumbers.number(i, type);
            }
        }
        return null;
    }

    private static List<@Nullable Object> positions(List<?> array, @Nullable Object wanted) {
        List<@Nullable Object> places = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (same(array.get(i), wanted)) {
                places.add(i + 1);
            }
        }
        return places;
    }

    private static List<?> trimmed(List<?> array, long count) {
        if (count < 0 || count > array.size()) {
            throw new RowFailure(
                    ErrorCode.INVALID_ARGUMENT, "TRIM_ARRAY takes " + count + " of " + array.size() + " elements away");
        }
        return new ArrayList<>(array.subList(0, array.size() - (int) count));
    }

    /** Takes the places from one to another, as far as there are some. */
    private static List<?> slice(List<?> array, long first, long last) {
        long from = Math.max(first, 1);
        long to = Math.min(last, array.size());
        return from > to ? new ArrayList<>() : new ArrayList<>(array.subList((int) from - 1, (int) to));
    }
}
