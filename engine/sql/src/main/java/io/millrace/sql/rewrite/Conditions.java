package io.millrace.sql.rewrite;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions as lists of parts that must all be TRUE. */
final class Conditions {

    private Conditions() {}

    static List<Expression> parts(Expression condition) {
        List<Expression> parts = new ArrayList<>();
        collect(condition, parts);
        return parts;
    }

    private static void collect(Expression condition, List<Expression> parts) {
        if (condition instanceof Call call && call.function() == ScalarFunction.AND) {
            call.arguments().forEach(a -> collect(a, parts));
        } else if (!isTrue(condition) && !parts.contains(condition)) {
            parts.add(condition);
        }
    }

    static Expression all(List<Expression> parts) {
        return switch (parts.size()) {
            case 0 -> new Literal(true, DataType.BOOLEAN);
            case 1 -> parts.getFirst();
            default ->
                new Call(
                        ScalarFunction.AND,
                        parts,
                        DataType.BOOLEAN,
                        parts.stream().anyMatch(Expression::nullable));
        };
    }

    /** Returns a condition, TRUE in place of none. */
    static Expression orTrue(@Nullable Expression condition) {
        return condition == null ? new Literal(true, DataType.BOOLEAN) : condition;
    }

    static boolean isTrue(Expression condition) {
        return condition instanceof Literal literal && Boolean.TRUE.equals(literal.value());
    }
}
