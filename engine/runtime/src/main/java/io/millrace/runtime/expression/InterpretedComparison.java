package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.runtime.expression.function.Comparison;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Comparisons of values of any one type. */
final class InterpretedComparison {

    private InterpretedComparison() {}

    static Object call(Call call, @Nullable Object[] values) {
        return switch (call.function()) {
            case EQUAL -> compare(values) == 0;
            case NOT_EQUAL -> compare(values) != 0;
            case LESS -> compare(values) < 0;
            case LESS_OR_EQUAL -> compare(values) <= 0;
            case GREATER -> compare(values) > 0;
            case GREATER_OR_EQUAL -> compare(values) >= 0;
            case IS_NOT_DISTINCT_FROM -> !distinct(values[0], values[1]);
            case IS_DISTINCT_FROM -> distinct(values[0], values[1]);
            case GREATEST -> extreme(call, values, 1);
            case LEAST -> extreme(call, values, -1);
            default -> throw new IllegalStateException("no interpreter for " + call.function());
        };
    }

    private static int compare(@Nullable Object[] values) {
        return Comparison.compare(Objects.requireNonNull(values[0]), Objects.requireNonNull(values[1]));
    }

    private static boolean distinct(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left != right;
        }
        return Comparison.compare(left, right) != 0;
    }

    private static Object extreme(Call call, @Nullable Object[] values, int sign) {
        Object found = Objects.requireNonNull(values[0]);
        for (Object value : values) {
            Object candidate = Objects.requireNonNull(value);
            if (Comparison.compare(candidate, found) * sign > 0) {
                found = candidate;
            }
        }
        return found instanceof Number number ? InterpretedNumbers.number(number, call.type()) : found;
    }
}
