package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.function.ComposedFunctions;
import io.millrace.sql.function.TimeOperator;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Spells {@link ComposedFunctions} with the plan's functions. */
@SuppressWarnings("ReferenceEquality") // operators are constants
final class ComposedCalls {

    private static final DataType MICROS = new IntervalType(false);
    private static final Literal DAY = new Literal(Duration.ofDays(1), MICROS);

    private static final Literal MONTH = new Literal(Period.ofMonths(1), new IntervalType(true));
    private static final Literal MIDNIGHT = new Literal(LocalTime.MIDNIGHT, DataType.TIME);

    private ComposedCalls() {}

    static Expression lower(SqlOperator operator, List<Expression> arguments, boolean nullable, SqlParserPos pos) {
        if (operator == ComposedFunctions.PI) {
            return number(Math.PI);
        }
        if (operator == ComposedFunctions.TO_DATE) {
            String pattern = SpecialCalls.constant(arguments.get(1), "TO_DATE", pos);
            Literal java = new Literal(PostgresPattern.toJavaForReading(pattern), DataType.VARCHAR);
            return Coercion.to(
                    DataType.DATE,
                    new Call(
                            ScalarFunction.PARSE_TIMESTAMP,
                            List.of(arguments.get(0), java),
                            DataType.TIMESTAMP,
                            nullable));
        }
        if (operator == ComposedFunctions.DATE_BIN) {
            return bin(arguments, nullable);
        }
        if (operator == ComposedFunctions.MAKE_TIMESTAMP) {
            return made(arguments, nullable);
        }
        if (operator == ComposedFunctions.LAST_DAY) {
            return lastDay(Coercion.to(DataType.DATE, arguments.getFirst()), nullable);
        }
        if (operator instanceof TimeOperator) {
            return times(operator, arguments, nullable);
        }
        List<Expression> numbers =
                arguments.stream().map(a -> Coercion.to(DataType.DOUBLE, a)).toList();
        if (operator == ComposedFunctions.LOG) {
            return numbers.size() == 1
                    ? of(ScalarFunction.LOG10, nullable, numbers.getFirst())
                    : of(ScalarFunction.DIVIDE, nullable, ln(numbers.get(1)), ln(numbers.get(0)));
        }
        double factor = operator == ComposedFunctions.DEGREES ? 180 / Math.PI : Math.PI / 180;
        return of(ScalarFunction.MULTIPLY, nullable, numbers.getFirst(), number(factor));
    }

    private static Expression times(SqlOperator operator, List<Expression> arguments, boolean nullable) {
        Expression left = arguments.get(0);
        Expression right = arguments.get(1);
        if (operator == TimeOperator.TIME_BETWEEN) {
            DataType common = Coercion.common(arguments);
            List<Expression> alike =
                    arguments.stream().map(a -> Coercion.to(common, a)).toList();
            return new Call(ScalarFunction.MINUS, alike, MICROS, nullable);
        }
        if (operator == TimeOperator.DAYS_BETWEEN) {
            Expression days = new Call(
                    ScalarFunction.TIMESTAMP_DIFF,
                    List.of(
                            TimeUnits.literal("DAY", SqlParserPos.ZERO),
                            Coercion.to(DataType.TIMESTAMP, right),
                            Coercion.to(DataType.TIMESTAMP, left)),
                    DataType.BIGINT,
                    nullable);
            return Coercion.to(DataType.INTEGER, days);
        }
        boolean daysFirst = !left.type().equals(DataType.DATE);
        Expression date = daysFirst ? right : left;
        Expression days = new Call(
                ScalarFunction.MULTIPLY,
                List.of(DAY, daysFirst ? left : right),
                MICROS,
                (daysFirst ? left : right).nullable());
        ScalarFunction function = operator == TimeOperator.DAYS_AFTER ? ScalarFunction.PLUS : ScalarFunction.MINUS;
        return new Call(function, List.of(date, days), DataType.DATE, nullable);
    }

    /** A day, and the way from midnight to a time. */
    private static Expression made(List<Expression> arguments, boolean nullable) {
        List<Expression> parts = new ArrayList<>();
        for (Expression argument : arguments) {
            parts.add(Coercion.to(parts.size() < 5 ? DataType.INTEGER : DataType.DOUBLE, argument));
        }
        Expression day = new Call(ScalarFunction.MAKE_DATE, parts.subList(0, 3), DataType.DATE, nullable);
        Expression time = new Call(ScalarFunction.MAKE_TIME, parts.subList(3, 6), DataType.TIME, nullable);
        Expression since = new Call(ScalarFunction.MINUS, List.of(time, MIDNIGHT), MICROS, nullable);
        return new Call(
                ScalarFunction.PLUS,
                List.of(Coercion.to(DataType.TIMESTAMP, day), since),
                DataType.TIMESTAMP,
                nullable);
    }

    private static Expression lastDay(Expression date, boolean nullable) {
        Literal month = TimeUnits.literal("MONTH", SqlParserPos.ZERO);
        Expression first = new Call(ScalarFunction.FLOOR, List.of(date, month), DataType.DATE, nullable);
        Expression next = new Call(ScalarFunction.PLUS, List.of(first, MONTH), DataType.DATE, nullable);
        return new Call(ScalarFunction.MINUS, List.of(next, DAY), DataType.DATE, nullable);
    }

    private static Expression bin(List<Expression> arguments, boolean nullable) {
        Expression time = Coercion.to(DataType.TIMESTAMP, arguments.get(1));
        Expression origin = Coercion.to(DataType.TIMESTAMP, arguments.get(2));
        Expression since = new Call(ScalarFunction.MINUS, List.of(time, origin), MICROS, nullable);
        Expression step = new Call(ScalarFunction.STEP, List.of(since, arguments.get(0)), MICROS, nullable);
        return new Call(ScalarFunction.PLUS, List.of(origin, step), DataType.TIMESTAMP, nullable);
    }

    private static Expression ln(Expression number) {
        return of(ScalarFunction.LN, number.nullable(), number);
    }

    private static Expression of(ScalarFunction function, boolean nullable, Expression... arguments) {
        return new Call(function, List.of(arguments), DataType.DOUBLE, nullable);
    }

    private static Literal number(double value) {
        return new Literal(value, DataType.DOUBLE);
    }
}
