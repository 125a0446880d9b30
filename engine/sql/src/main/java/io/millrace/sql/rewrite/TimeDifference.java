package io.millrace.sql.rewrite;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.TimestampType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A difference of times: one column less another, and a constant.
 *
 * @param minuend column that is added
 * @param subtrahend column that is taken away
 * @param constant in microseconds
 */
record TimeDifference(int minuend, int subtrahend, long constant) {

    private static final int NONE = -1;

    /** Returns one expression of times or intervals less another, or null where it is no such difference. */
    static @Nullable TimeDifference of(Expression first, Expression second) {
        Sum sum = new Sum();
        return sum.add(first, 1) && sum.add(second, -1) && sum.plus != NONE && sum.minus != NONE
                ? new TimeDifference(sum.plus, sum.minus, sum.constant)
                : null;
    }

    private static final class Sum {

        private int plus = NONE;
        private int minus = NONE;
        private long constant;

        boolean add(Expression expression, int sign) {
            return switch (expression) {
                case Column column when column.type() instanceof TimestampType -> column(column.index(), sign);
                case Literal literal -> literal(literal, sign);
                case Cast cast when exact(cast) -> add(cast.operand(), sign);
                case Call call
                when call.function() == ScalarFunction.PLUS ->
                    add(call.arguments().get(0), sign) && add(call.arguments().get(1), sign);
                case Call call
                when call.function() == ScalarFunction.MINUS ->
                    add(call.arguments().get(0), sign) && add(call.arguments().get(1), -sign);
                default -> false;
            };
        }

        /** A cast between kinds of timestamp or interval that moves nothing. */
        private static boolean exact(Cast cast) {
            return cast.type() instanceof TimestampType to
                    && cast.operand().type() instanceof TimestampType from
                    && to.zoned() == from.zoned()
                    && to.precision() >= from.precision();
        }

        private boolean column(int index, int sign) {
            if (sign > 0 && plus == NONE) {
                plus = index;
                return true;
            }
            if (sign < 0 && minus == NONE) {
                minus = index;
                return true;
            }
            return false;
        }

        private boolean literal(Literal literal, int sign) {
            if (!(literal.type() instanceof IntervalType interval)
                    || interval.months()
                    || !(literal.value() instanceof Duration duration)) {
                return false;
            }
            try {
                constant = Math.addExact(constant, Math.multiplyExact(sign, JavaValues.micros(duration)));
                return true;
            } catch (ArithmeticException e) {
                return false;
            }
        }
    }
}
