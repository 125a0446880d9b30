package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.plan.expression.FunctionKind;
import io.millrace.plan.expression.ScalarFunction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Puts what AND and OR connect into an order in which what takes long is asked last: they stop at the first answer that
 * settles it. Only what cannot fail is asked earlier than it was written, so {@code x <> 0 AND 1 / x > 2} is as it was.
 *
 * <p>Here and not in the plan, where the name of a filter, and of all above it, hangs on what it says: state that is stored
 * is found by these names.
 */
final class CheapFirst {

    private static final Set<ScalarFunction> CHEAP_AND_SAFE = EnumSet.of(
            ScalarFunction.AND,
            ScalarFunction.OR,
            ScalarFunction.NOT,
            ScalarFunction.IS_NULL,
            ScalarFunction.IS_NOT_NULL,
            ScalarFunction.IS_TRUE,
            ScalarFunction.IS_FALSE,
            ScalarFunction.IS_NOT_TRUE,
            ScalarFunction.IS_NOT_FALSE,
            ScalarFunction.IS_DISTINCT_FROM,
            ScalarFunction.IS_NOT_DISTINCT_FROM,
            ScalarFunction.EQUAL,
            ScalarFunction.NOT_EQUAL,
            ScalarFunction.LESS,
            ScalarFunction.LESS_OR_EQUAL,
            ScalarFunction.GREATER,
            ScalarFunction.GREATER_OR_EQUAL,
            ScalarFunction.UPPER,
            ScalarFunction.LOWER,
            ScalarFunction.STARTS_WITH);

    private CheapFirst() {}

    /** Returns a call of AND or OR with its operands in that order. */
    static Call order(Call call) {
        return call.arguments().stream().anyMatch(CheapFirst::isDear)
                ? new Call(call.function(), order(call.arguments()), call.type(), call.nullable())
                : call;
    }

    /** Returns the same operands; those that are dear follow those behind them that are cheap and cannot fail. */
    private static List<Expression> order(List<Expression> operands) {
        List<Expression> ordered = new ArrayList<>();
        List<Expression> dear = new ArrayList<>();
        for (Expression operand : operands) {
            if (isDear(operand)) {
                dear.add(operand);
            } else if (isCheapAndSafe(operand)) {
                ordered.add(operand);
            } else {
                ordered.addAll(dear);
                dear.clear();
                ordered.add(operand);
            }
        }
        ordered.addAll(dear);
        return ordered;
    }

    private static boolean isDear(Expression expression) {
        return switch (expression) {
            case UserCall ignored -> true;
            case Call call ->
                isDear(call.function().kind()) || call.arguments().stream().anyMatch(CheapFirst::isDear);
            default -> false;
        };
    }

    private static boolean isDear(FunctionKind kind) {
        return kind == FunctionKind.REGEX || kind == FunctionKind.JSON;
    }

    private static boolean isCheapAndSafe(Expression expression) {
        return switch (expression) {
            case Expression.Column ignored -> true;
            case Expression.Literal ignored -> true;
            case Call call ->
                CHEAP_AND_SAFE.contains(call.function())
                        && call.arguments().stream().allMatch(CheapFirst::isCheapAndSafe);
            default -> false;
        };
    }
}
