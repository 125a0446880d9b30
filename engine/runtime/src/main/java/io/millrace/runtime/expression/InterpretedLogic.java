package io.millrace.runtime.expression;

import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.expression.function.Boxes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tests of truth and of NULL. */
final class InterpretedLogic {

    private InterpretedLogic() {}

    static Object call(ScalarFunction function, @Nullable Object[] values) {
        Object value = values[0];
        return switch (function) {
            case NOT -> !(Boolean) Objects.requireNonNull(value);
            case IS_NULL -> value == null;
            case IS_NOT_NULL -> value != null;
            case IS_TRUE -> Boolean.TRUE.equals(value);
            case IS_FALSE -> Boolean.FALSE.equals(value);
            case IS_NOT_TRUE -> !Boolean.TRUE.equals(value);
            case IS_NOT_FALSE -> !Boolean.FALSE.equals(value);
            case NOT_NULL -> notNull(value, values[1]);
            default -> throw new IllegalStateException("no interpreter for " + function);
        };
    }

    private static Object notNull(@Nullable Object value, @Nullable Object reason) {
        if (value == null) {
            throw Boxes.missing(reason);
        }
        return value;
    }
}
