package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function of one row's values.
 *
 * @param min fewest arguments
 * @param max most arguments
 * @param strict whether it is NULL as soon as one argument is, and then not called
 * @param type type of its value, given those of its arguments
 */
record Function(int min, int max, boolean strict, TypeRule type, Body body) {

    @FunctionalInterface
    interface TypeRule {
        DataType of(List<Expression> arguments);
    }

    @FunctionalInterface
    interface Body {
        @Nullable
        Object of(Context context, @Nullable Object[] arguments);
    }

    /** A body for which no argument is NULL. */
    @FunctionalInterface
    interface StrictBody {
        @Nullable
        Object of(Context context, Object[] arguments);
    }

    /** Functions by name, as they are put together. */
    record Registry(Map<String, Function> functions) {

        void strict(String name, int min, int max, DataType type, StrictBody body) {
            functions.put(name, new Function(min, max, true, arguments -> type, (c, a) -> body.of(c, notNull(a))));
        }

        void lenient(String name, int min, int max, TypeRule type, Body body) {
            functions.put(name, new Function(min, max, false, type, body));
        }

        /** A function whose answer is always the same, whatever its arguments: Millrace has nothing to tell of it. */
        void constant(String name, int min, int max, DataType type, @Nullable Object value) {
            lenient(name, min, max, arguments -> type, (c, a) -> value);
        }

        private static Object[] notNull(@Nullable Object[] arguments) {
            Object[] values = new Object[arguments.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = java.util.Objects.requireNonNull(arguments[i]);
            }
            return values;
        }
    }

    Expression call(List<Expression> arguments) {
        Expression[] compiled = arguments.toArray(Expression[]::new);
        return new Expression(type.of(arguments), frame -> {
            @Nullable Object[] values = new @Nullable Object[compiled.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = compiled[i].value(frame);
                if (values[i] == null && strict) {
                    return null;
                }
            }
            return body.of(frame.context(), values);
        });
    }
}
