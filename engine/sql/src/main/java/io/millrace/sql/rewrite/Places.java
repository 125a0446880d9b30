package io.millrace.sql.rewrite;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** Places that a condition asks for, from the first to the last. */
record Places(long first, long last) {

    private static final long END = Long.MAX_VALUE;

    static final Places ALL = new Places(1, END);

    /** Returns the places for which the condition is TRUE, null where it says something else of the row. */
    static @Nullable Places of(Expression condition, int column) {
        if (!(condition instanceof Call call) || call.arguments().size() != 2) {
            return null;
        }
        Expression left = call.arguments().get(0);
        Expression right = call.arguments().get(1);
        if (place(left, column) && right instanceof Literal literal) {
            return of(call.function(), literal);
        }
        return place(right, column) && left instanceof Literal literal ? of(turned(call.function()), literal) : null;
    }

    private static boolean place(Expression expression, int column) {
        return expression instanceof Column c && c.index() == column;
    }

    private static @Nullable Places of(ScalarFunction function, Literal literal) {
        if (!(literal.value() instanceof Long || literal.value() instanceof Integer)) {
            return null;
        }
        long number = ((Number) literal.value()).longValue();
        if (number == Long.MAX_VALUE || number == Long.MIN_VALUE) {
            return null;
        }
        return switch (function) {
            case EQUAL -> new Places(number, number);
            case LESS -> new Places(1, number - 1);
            case LESS_OR_EQUAL -> new Places(1, number);
            case GREATER -> new Places(number + 1, END);
            case GREATER_OR_EQUAL -> new Places(number, END);
            default -> null;
        };
    }

    private static ScalarFunction turned(ScalarFunction function) {
        return switch (function) {
            case LESS -> ScalarFunction.GREATER;
            case LESS_OR_EQUAL -> ScalarFunction.GREATER_OR_EQUAL;
            case GREATER -> ScalarFunction.LESS;
            case GREATER_OR_EQUAL -> ScalarFunction.LESS_OR_EQUAL;
            default -> function;
        };
    }

    Places and(Places other) {
        return new Places(Math.max(first, other.first), Math.min(last, other.last));
    }

    /** Returns whether there are any, and an end of them. */
    boolean some() {
        return last != END && first <= last && first >= 1;
    }

    /** Returns whether these are all but some first ones. */
    boolean later() {
        return last == END && first > 1;
    }
}
