package io.millrace.connector.iceberg.scan;

import io.millrace.spi.connector.RowCondition.Comparison;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of numbers with floating point. To Iceberg, −0 is below 0 and a comparison with NaN fails; here the two
 * zeros are equal and NaN is greater than all numbers. So bounds are one step wider, and NaN goes with those from below.
 */
final class FloatingBounds {

    private FloatingBounds() {}

    static @Nullable Expression of(String column, Type type, Comparison comparison, Number value) {
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            return null;
        }
        return switch (comparison) {
            case EQUAL -> Expressions.and(atLeast(column, type, number), atMost(column, type, number));
            case NOT_EQUAL -> null;
            case LESS, LESS_OR_EQUAL -> atMost(column, type, number);
            case GREATER, GREATER_OR_EQUAL -> Expressions.or(atLeast(column, type, number), Expressions.isNaN(column));
        };
    }

    private static Expression atLeast(String column, Type type, double number) {
        return type.typeId() == Type.TypeID.FLOAT
                ? Expressions.greaterThanOrEqual(column, Math.nextDown((float) number))
                : Expressions.greaterThanOrEqual(column, Math.nextDown(number));
    }

    private static Expression atMost(String column, Type type, double number) {
        return type.typeId() == Type.TypeID.FLOAT
                ? Expressions.lessThanOrEqual(column, Math.nextUp((float) number))
                : Expressions.lessThanOrEqual(column, Math.nextUp(number));
    }
}
