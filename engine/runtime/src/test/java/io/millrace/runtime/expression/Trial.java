package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates one expression over one row, its arguments being columns of that row. */
final class Trial {

    private final ExpressionEngine engine;

    Trial(ExpressionEngine engine) {
        this.engine = engine;
    }

    /** A NULL of a type, as argument. */
    record Null(DataType type) {}

    /** A value of a type that its class does not tell. */
    record Typed(DataType type, Object value) {}

    static DataType typeOf(Object value) {
        return switch (value) {
            case Null missing -> missing.type();
            case Typed typed -> typed.type();
            case Boolean v -> DataType.BOOLEAN;
            case Integer v -> DataType.INTEGER;
            case Long v -> DataType.BIGINT;
            case Float v -> DataType.REAL;
            case Double v -> DataType.DOUBLE;
            case BigDecimal v -> new DecimalType(Math.max(v.precision(), v.scale()), v.scale());
            case String v -> DataType.VARCHAR;
            case byte[] v -> DataType.VARBINARY;
            case LocalDate v -> DataType.DATE;
            case LocalTime v -> DataType.TIME;
            case LocalDateTime v -> DataType.TIMESTAMP;
            case Instant v -> DataType.TIMESTAMP_WITH_TIME_ZONE;
            case Period v -> new IntervalType(true);
            case Duration v -> new IntervalType(false);
            case List<?> v -> new ArrayType(typeOf(v.getFirst()), true);
            case Enum<?> v -> DataType.VARCHAR;
            default -> throw new IllegalArgumentException(value.getClass().getName());
        };
    }

    private static @Nullable Object valueOf(Object value) {
        return switch (value) {
            case Null missing -> null;
            case Typed typed -> typed.value();
            default -> value;
        };
    }

    /** Makes the expression of the arguments. */
    interface Shape {
        Expression of(List<Expression> arguments);
    }

    /** Returns the value, or the ErrorCode with which the row fails. Names of units are literals, all else columns. */
    @Nullable
    Object evaluate(EvaluationContext context, Shape shape, Object... arguments) {
        return evaluate(context, arguments.length, shape, arguments);
    }

    /** Returns the same where only the first so many arguments are columns, and all behind them literals. */
    @Nullable
    Object evaluate(EvaluationContext context, int columns, Shape shape, Object... arguments) {
        List<Expression> references = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<@Nullable Object> row = new ArrayList<>();
        for (Object argument : arguments) {
            DataType type = typeOf(argument);
            if (argument instanceof Enum<?> unit) {
                references.add(new Expression.Literal(unit.name(), type));
                continue;
            }
            if (references.size() >= columns) {
                references.add(new Expression.Literal(valueOf(argument), type));
                continue;
            }
            references.add(new Expression.Column(fields.size(), type, true));
            fields.add(Field.nullable("c" + fields.size(), type));
            row.add(valueOf(argument));
        }
        RowType input = new RowType(fields);
        Expression expression = shape.of(references);
        RowType output = RowType.of(Field.nullable("result", expression.type()));
        RowBatch batch = RowBatch.create(input, 2);
        JavaValues.append(batch, row);
        ErrorCode[] failure = {null};
        RowBatch answer = engine.projection(input, null, List.of(expression), output)
                .apply(batch, context, (number, code, reason) -> failure[0] = code);
        if (failure[0] != null) {
            return failure[0];
        }
        return JavaValues.get(expression.type(), answer.column(0), answer.selectedRow(0));
    }
}
