package io.millrace.sql.coercion;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import java.util.List;

/**
 * Compares a column with a constant in the column's own type: {@code CAST(price AS DECIMAL(12, 2)) > 10.00} says no
 * more than {@code price > 10.00}, and costs a cast for each row.
 */
public final class Narrowing {

    private Narrowing() {}

    /** Returns two operands of a comparison, without a cast where the constant can take the column's type. */
    public static List<Expression> withoutCasts(List<Expression> operands) {
        if (operands.size() != 2) {
            return operands;
        }
        Expression left = operands.get(0);
        Expression right = operands.get(1);
        if (left instanceof Cast cast && right instanceof Literal literal) {
            Literal narrow = narrow(cast, literal);
            return narrow == null ? operands : List.of(cast.operand(), narrow);
        }
        if (right instanceof Cast cast && left instanceof Literal literal) {
            Literal narrow = narrow(cast, literal);
            return narrow == null ? operands : List.of(narrow, cast.operand());
        }
        return operands;
    }

    private static @org.jspecify.annotations.Nullable Literal narrow(Cast cast, Literal literal) {
        return !cast.safe()
                        && literal.value() != null
                        && lossless(cast.operand().type(), cast.type())
                ? ConstantCasts.fold(literal, cast.operand().type())
                : null;
    }

    /** Returns whether every value of a type has its own equal in another. */
    private static boolean lossless(DataType from, DataType to) {
        return switch (to) {
            case IntegerType t -> from instanceof IntegerType f && f.bits() <= t.bits();
            case FloatingType t -> t.bits() == 64 && from instanceof IntegerType f && f.bits() <= 32;
            case DecimalType t ->
                (from instanceof IntegerType || from instanceof DecimalType) && holds(t, Coercion.decimal(from));
            default -> false;
        };
    }

    private static boolean holds(DecimalType wide, DecimalType narrow) {
        return wide.scale() >= narrow.scale() && wide.precision() - wide.scale() >= narrow.precision() - narrow.scale();
    }
}
