package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.Expression.Parameter;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.expression.function.Boxes;
import io.millrace.runtime.expression.function.Comparison;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions over one row; values have the form of {@link JavaValues}, null for NULL. */
final class Interpreter {

    private final RowBatch batch;
    private final int row;
    private final EvaluationContext context;
    private final UserCalls functions;

    Interpreter(RowBatch batch, int row, EvaluationContext context, UserCalls functions) {
        this.batch = batch;
        this.row = row;
        this.context = context;
        this.functions = functions;
    }

    @Nullable
    Object evaluate(Expression expression) {
        return switch (expression) {
            case Literal literal -> literal.value();
            case Expression.Column column -> JavaValues.get(column.type(), batch.column(column.index()), row);
            case Parameter parameter -> context.parameters().get(parameter.index());
            case Call call -> call(call);
            case UserCall call -> functions.of(call.function()).apply(values(call.arguments()));
            case Cast cast -> cast(cast);
            case Case choice -> choice(choice);
            case FieldAccess access -> {
                Object nested = evaluate(access.row());
                yield nested == null ? null : ((List<?>) nested).get(access.field());
            }
        };
    }

    private @Nullable Object choice(Case choice) {
        for (Case.Branch branch : choice.branches()) {
            if (Boolean.TRUE.equals(evaluate(branch.condition()))) {
                return evaluate(branch.value());
            }
        }
        return evaluate(choice.otherwise());
    }

    private @Nullable Object cast(Cast cast) {
        Object value = evaluate(cast.operand());
        if (value == null) {
            return null;
        }
        try {
            return InterpretedCast.cast(value, cast.operand().type(), cast.type(), context.zone());
        } catch (RowFailure failure) {
            if (cast.safe()) {
                return null;
            }
            throw failure;
        }
    }

    private @Nullable Object call(Call call) {
        return switch (call.function()) {
            case AND -> connect(CheapFirst.order(call).arguments(), false);
            case OR -> connect(CheapFirst.order(call).arguments(), true);
            case CURRENT_TIMESTAMP, CURRENT_DATE, CURRENT_TIME, LOCALTIMESTAMP ->
                InterpretedTime.current(call, context);
            default -> ofValues(call);
        };
    }

    private @Nullable Object ofValues(Call call) {
        return apply(call, values(call.arguments()), context);
    }

    private @Nullable Object[] values(List<Expression> arguments) {
        @Nullable Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = evaluate(arguments.get(i));
        }
        return values;
    }

    /** Applies a function other than AND and OR to its arguments' values. */
    static @Nullable Object apply(Call call, @Nullable Object[] values, EvaluationContext context) {
        if (acceptsNull(call.function())) {
            return ofNullable(call, values, context);
        }
        for (Object value : values) {
            if (value == null) {
                return null;
            }
        }
        try {
            return strict(call, values, context);
        } catch (ArithmeticException e) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, call.function() + " out of range of " + call.type());
        }
    }

    /** Evaluates AND (decided by FALSE) and OR (decided by TRUE). */
    private @Nullable Object connect(List<Expression> arguments, boolean deciding) {
        boolean unknown = false;
        for (Expression argument : arguments) {
            Object value = evaluate(argument);
            if (value == null) {
                unknown = true;
            } else if ((Boolean) value == deciding) {
                return deciding;
            }
        }
        return unknown ? null : !deciding;
    }

    private static boolean acceptsNull(ScalarFunction function) {
        return switch (function) {
            case IS_NULL,
                    IS_NOT_NULL,
                    IS_TRUE,
                    IS_FALSE,
                    IS_NOT_TRUE,
                    IS_NOT_FALSE,
                    IS_NOT_DISTINCT_FROM,
                    IS_DISTINCT_FROM,
                    NOT_NULL,
                    ARRAY,
                    MAP,
                    ROW,
                    STRING_TO_ARRAY,
                    ARRAY_TO_STRING,
                    ARRAY_APPEND,
                    ARRAY_PREPEND,
                    ARRAY_CAT,
                    ARRAY_REMOVE,
                    ARRAY_REPLACE,
                    ARRAY_POSITION,
                    ARRAY_POSITIONS,
                    ARRAY_FILL -> true;
            default -> false;
        };
    }

    private static @Nullable Object ofNullable(Call call, @Nullable Object[] values, EvaluationContext context) {
        return switch (call.function()) {
            case IS_NULL -> values[0] == null;
            case IS_NOT_NULL -> values[0] != null;
            case IS_TRUE -> Boolean.TRUE.equals(values[0]);
            case IS_FALSE -> Boolean.FALSE.equals(values[0]);
            case IS_NOT_TRUE -> !Boolean.TRUE.equals(values[0]);
            case IS_NOT_FALSE -> !Boolean.FALSE.equals(values[0]);
            case IS_NOT_DISTINCT_FROM -> !distinct(values[0], values[1]);
            case IS_DISTINCT_FROM -> distinct(values[0], values[1]);
            case NOT_NULL -> notNull(values[0], values[1]);
            case ARRAY, ROW -> new ArrayList<>(Arrays.asList(values));
            case MAP -> InterpretedCollections.map(values);
            case STRING_TO_ARRAY -> SplitText.call(values);
            case ARRAY_TO_STRING -> SplitText.joined(call, values, context.zone());
            default -> InterpretedArrays.ofNullable(call.function(), call.type(), values);
        };
    }

    private static Object notNull(@Nullable Object value, @Nullable Object reason) {
        if (value == null) {
            throw Boxes.missing(reason);
        }
        return value;
    }

    private static boolean distinct(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left != right;
        }
        return Comparison.compare(left, right) != 0;
    }

    private static @Nullable Object strict(Call call, @Nullable Object[] values, EvaluationContext context) {
        DataType type = call.type();
        @Nullable Object first = values.length == 0 ? null : values[0];
        return switch (call.function()) {
            case NOT -> !(Boolean) Objects.requireNonNull(first);
            case EQUAL -> compare(values) == 0;
            case NOT_EQUAL -> compare(values) != 0;
            case LESS -> compare(values) < 0;
            case LESS_OR_EQUAL -> compare(values) <= 0;
            case GREATER -> compare(values) > 0;
            case GREATER_OR_EQUAL -> compare(values) >= 0;
            case GREATEST -> InterpretedNumbers.extreme(call, values, 1);
            case LEAST -> InterpretedNumbers.extreme(call, values, -1);
            case PLUS, MINUS, MULTIPLY, DIVIDE, NEGATE, ABS, SIGN, FLOOR, CEIL, STEP ->
                temporal(call)
                        ? InterpretedTime.arithmetic(call, values, context)
                        : InterpretedNumbers.call(call, values);
            case MOD,
                    ROUND,
                    TRUNCATE,
                    SQRT,
                    EXP,
                    LN,
                    LOG10,
                    POWER,
                    SIN,
                    COS,
                    TAN,
                    ASIN,
                    ACOS,
                    ATAN,
                    ATAN2,
                    WIDTH_BUCKET,
                    CBRT,
                    COT,
                    SINH,
                    COSH,
                    TANH,
                    ASINH,
                    ACOSH,
                    ATANH,
                    DIV,
                    GCD,
                    LCM,
                    FACTORIAL,
                    SCALE,
                    MIN_SCALE,
                    BITAND,
                    BITOR,
                    BITXOR,
                    BITNOT,
                    SHIFT_LEFT,
                    SHIFT_RIGHT -> InterpretedNumbers.call(call, values);
            case EXTRACT,
                    TIMESTAMP_DIFF,
                    UNIX_MILLIS,
                    TIMESTAMP_OF_MILLIS,
                    TIMESTAMP_OF_SECONDS,
                    PARSE_TIMESTAMP,
                    FORMAT_TIMESTAMP,
                    AT_TIME_ZONE -> InterpretedTime.call(call, values, context);
            case ITEM, CARDINALITY, ARRAY_CONTAINS -> InterpretedCollections.call(call, values);
            case REGEXP_SPLIT -> SplitText.byMatches((String) Objects.requireNonNull(values[1]), (String) first);
            case GENERATE_SERIES -> Series.of(call, values);
            case MAKE_DATE, MAKE_TIME -> MadeTimes.call(call, values);
            case ARRAY_CONTAINS_ALL, ARRAY_OVERLAPS, TRIM_ARRAY, ARRAY_SLICE ->
                InterpretedArrays.strict(call.function(), values);
            case TO_JSON ->
                new JsonText(context.zone()).of(call.arguments().getFirst().type(), Objects.requireNonNull(first));
            default -> InterpretedText.call(call.function(), type, values);
        };
    }

    private static int compare(@Nullable Object[] values) {
        return Comparison.compare(Objects.requireNonNull(values[0]), Objects.requireNonNull(values[1]));
    }

    /** Tells whether it is about times or intervals and not about numbers. */
    private static boolean temporal(Call call) {
        return call.arguments().stream().anyMatch(argument -> Types.isTemporal(argument.type()));
    }

    /** Returns an interval of so many months or microseconds. */
    static Object interval(DataType type, long amount) {
        return Types.isMonths(type)
                ? Period.ofMonths(Math.toIntExact(amount))
                : Duration.of(amount, java.time.temporal.ChronoUnit.MICROS);
    }
}
