package io.millrace.runtime.expression.function;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of values in the form of {@link io.millrace.spi.row.JavaValues}: NaN last among numbers, text by code
 * point, nested values element by element with NULL last and equal to itself.
 */
public final class Comparison {

    private Comparison() {}

    /** Compares two values of one SQL type, or two numbers. */
    public static int compare(Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return compareNumbers(a, b);
        }
        if (left instanceof String a && right instanceof String b) {
            return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
        }
        if (left instanceof byte[] a && right instanceof byte[] b) {
            return Arrays.compareUnsigned(a, b);
        }
        if (left instanceof Period a && right instanceof Period b) {
            return Long.compare(a.toTotalMonths(), b.toTotalMonths());
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return compareLists(a, b);
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return compareLists(entries(a), entries(b));
        }
        return compareNatural(left, right);
    }

    @SuppressWarnings("unchecked") // both are of one SQL type, so of one class
    private static int compareNatural(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    private static int compareNumbers(Number left, Number right) {
        if (isFloating(left) || isFloating(right)) {
            double a = left.doubleValue() + 0.0; // −0 becomes 0
            double b = right.doubleValue() + 0.0;
            return Double.compare(a, b);
        }
        return decimal(left).compareTo(decimal(right));
    }

    public static boolean isFloating(Number value) {
        return value instanceof Double || value instanceof Float;
    }

    /** Returns an exact number. */
    public static BigDecimal decimal(Number value) {
        return value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(value.longValue());
    }

    private static List<@Nullable Object> entries(Map<?, ?> map) {
        List<@Nullable Object> entries = new ArrayList<>();
        map.forEach((key, value) -> {
            entries.add(key);
            entries.add(value);
        });
        return entries;
    }

    private static int compareLists(List<?> left, List<?> right) {
        Iterator<?> others = right.iterator();
        for (Object value : left) {
            if (!others.hasNext()) {
                return 1;
            }
            int order = compareNullable(value, others.next());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    private static int compareNullable(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? 1 : -1;
        }
        return compare(left, right);
    }
}
