package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Literal;
import org.jspecify.annotations.Nullable;

/** Arguments of calls that are the same for all rows, so that what is made of them is made once. */
final class Constants {

    private Constants() {}

    /** Returns the text that an argument is, or null where it is no literal, NULL, or not there. */
    static @Nullable String text(Call call, int argument) {
        return value(call, argument) instanceof String text ? text : null;
    }

    /** Returns the integer that an argument is, or null as {@link #text}. */
    static @Nullable Long integer(Call call, int argument) {
        return value(call, argument) instanceof Number number ? number.longValue() : null;
    }

    /** Returns what an argument is, or null as {@link #text}. */
    static @Nullable Object value(Call call, int argument) {
        boolean literal = argument < call.arguments().size() && call.arguments().get(argument) instanceof Literal;
        return literal ? ((Literal) call.arguments().get(argument)).value() : null;
    }
}
