package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.Expression.Parameter;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.plan.expression.NullInput;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import java.time.Duration;
import java.time.Period;
import java.util.List;
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
            default -> apply(call, values(call.arguments()), context);
        };
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
        if (call.function().nullInput() == NullInput.RETURNS_NULL && anyNull(values)) {
            return null;
        }
        try {
            return byKind(call, values, context);
        } catch (ArithmeticException e) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, call.function() + " out of range of " + call.type());
        }
    }

    private static boolean anyNull(@Nullable Object[] values) {
        for (Object value : values) {
            if (value == null) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Object byKind(Call call, @Nullable Object[] values, EvaluationContext context) {
        return switch (call.function().kind()) {
            case LOGIC -> InterpretedLogic.call(call.function(), values);
            case COMPARISON -> InterpretedComparison.call(call, values);
            case ARITHMETIC ->
                Types.anyTemporal(call)
                        ? InterpretedTime.arithmetic(call, values, context)
                        : InterpretedNumbers.call(call, values);
            case NUMBER -> InterpretedNumbers.call(call, values);
            case TEXT -> InterpretedText.call(call.function(), call.type(), values);
            case REGEX -> InterpretedRegex.call(call.function(), call.type(), values);
            case TIME -> InterpretedTime.call(call, values, context);
            case CLOCK -> InterpretedTime.current(call, context);
            case COLLECTION -> InterpretedCollections.call(call, values);
            case ARRAY -> InterpretedArrays.call(call, values, context.zone());
            case JSON -> InterpretedJson.call(call, values, context.zone());
        };
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

    /** Returns an interval of so many months or microseconds. */
    static Object interval(DataType type, long amount) {
        return Types.isMonths(type)
                ? Period.ofMonths(Math.toIntExact(amount))
                : Duration.of(amount, java.time.temporal.ChronoUnit.MICROS);
    }
}
