package io.millrace.sql.define;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import io.millrace.sql.coercion.Coercion;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which values a column takes without a CAST: numbers of any kind (one that does not fit is an error of its
 * row), text of any length (cut to the column's), dates as timestamps.
 */
final class Assignment {

    private Assignment() {}

    static boolean allowed(Expression value, DataType target) {
        // A constant's type is not yet settled: text reads as what it is put into.
        if (value instanceof Literal literal && (literal.value() == null || literal.value() instanceof String)) {
            return !(target instanceof ArrayType || target instanceof MapType || target instanceof RowType)
                    || literal.value() == null;
        }
        return allowed(value.type(), target);
    }

    private static boolean allowed(DataType source, DataType target) {
        return switch (target) {
            case IntegerType t -> number(source);
            case FloatingType t -> number(source);
            case DecimalType t -> number(source);
            case BooleanType t -> source instanceof BooleanType;
            case CharacterType t -> source instanceof CharacterType;
            case BinaryType t -> source instanceof BinaryType;
            case DateType t -> source instanceof DateType;
            case TimeType t -> source instanceof TimeType;
            case TimestampType t -> source instanceof TimestampType || source instanceof DateType;
            case IntervalType t -> source instanceof IntervalType s && s.months() == t.months();
            case ArrayType t -> source instanceof ArrayType s && allowed(s.element(), t.element());
            case MapType t -> source instanceof MapType s && allowed(s.key(), t.key()) && allowed(s.value(), t.value());
            case RowType t ->
                source instanceof RowType s
                        && s.size() == t.size()
                        && IntStream.range(0, t.size())
                                .allMatch(i ->
                                        allowed(s.field(i).type(), t.field(i).type()));
        };
    }

    /** Returns the value in the column's type; NULL in a NOT NULL column is an error of the row. */
    static Expression put(Expression value, Field column) {
        Expression fitted = Coercion.explicit(column.type(), value, value.nullable(), false);
        return column.nullable() || !fitted.nullable()
                ? fitted
                : new Call(
                        ScalarFunction.NOT_NULL,
                        List.of(
                                fitted,
                                new Literal(
                                        "NULL for column '" + column.name() + "', which is NOT NULL",
                                        DataType.VARCHAR)),
                        column.type(),
                        false);
    }

    private static boolean number(DataType type) {
        return type instanceof IntegerType || type instanceof FloatingType || type instanceof DecimalType;
    }
}
