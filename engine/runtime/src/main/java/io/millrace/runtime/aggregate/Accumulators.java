package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.SortKey;
import io.millrace.plan.UserAggregate;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Storage;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses the accumulator of a call. */
final class Accumulators {

    private Accumulators() {}

    static Accumulator create(AggregateCall call, RowType input, boolean updating, ExpressionEngine engine) {
        return create(call, input, updating, engine, null);
    }

    /** @param shared where the values of a call with DISTINCT are, null for its own */
    static Accumulator create(
            AggregateCall call,
            RowType input,
            boolean updating,
            ExpressionEngine engine,
            SharedValues.@Nullable Place shared) {
        if (call.function() == AggregateFunction.APPROX_COUNT_DISTINCT && !updating) {
            return Sketches.distinct(call.arguments().getFirst());
        }
        if (isDistinct(call, updating)) {
            return distinct(call, input, updating, engine, shared);
        }
        if (call.function() == AggregateFunction.COUNT && call.arguments().size() > 1) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED, call.function() + " of several columns works with DISTINCT only");
        }
        return plain(call, input, updating, engine);
    }

    /** Returns whether each value counts once, and which there are has to be known for that. */
    static boolean isDistinct(AggregateCall call, boolean updating) {
        if (call.function() == AggregateFunction.APPROX_COUNT_DISTINCT) {
            return updating;
        }
        return call.distinct()
                && distinctMatters(call.function())
                && !columns(call).isEmpty();
    }

    /** Returns whether a row with a NULL among its values counts. */
    static boolean keepsNulls(AggregateCall call) {
        return call.function() == AggregateFunction.ARRAY_AGG;
    }

    private static boolean distinctMatters(AggregateFunction function) {
        return switch (function) {
            case MIN,
                    MAX,
                    EVERY,
                    SOME,
                    FIRST_VALUE,
                    LAST_VALUE,
                    ANY_VALUE,
                    SINGLE_VALUE,
                    BIT_AND,
                    BIT_OR,
                    ARG_MIN,
                    ARG_MAX,
                    APPROX_COUNT_DISTINCT -> false;
            default -> true;
        };
    }

    /** Returns the columns of which each row is told from others. */
    static List<Integer> columns(AggregateCall call) {
        Stream<Integer> ordering = call.order().stream().map(SortKey::column);
        return Stream.concat(call.arguments().stream(), ordering).distinct().toList();
    }

    private static Accumulator distinct(
            AggregateCall call,
            RowType input,
            boolean updating,
            ExpressionEngine engine,
            SharedValues.@Nullable Place shared) {
        List<Integer> columns = columns(call);
        // Behind the table of distinct values the columns are 1, 2, …
        AggregateCall inner = call.moved(column -> columns.indexOf(column) + 1);
        if (inner.order().isEmpty() && inner.user() == null) {
            inner = ordered(inner); // there is no order in which distinct values come
        }
        Accumulator once = plain(inner, DistinctValues.type(columns, input), updating, engine);
        return shared == null
                ? new DistinctAccumulator(
                        once, new DistinctValues(columns, input, keepsNulls(call), 1, updating), 0, false)
                : new DistinctAccumulator(once, shared.values(), shared.call(), true);
    }

    private static AggregateCall ordered(AggregateCall call) {
        List<SortKey> order = call.arguments().stream()
                .map(column -> new SortKey(column, false, false))
                .toList();
        return new AggregateCall(
                call.function(),
                call.arguments(),
                call.constants(),
                order,
                call.distinct(),
                call.filter(),
                call.type(),
                call.nullable());
    }

    private static Accumulator plain(AggregateCall call, RowType input, boolean updating, ExpressionEngine engine) {
        AggregateFunction function = call.function();
        List<Integer> arguments = call.arguments();
        int argument = arguments.isEmpty() ? CountAccumulator.ALL_ROWS : arguments.getFirst();
        DataType type =
                arguments.isEmpty() ? DataType.BIGINT : input.field(argument).type();
        return switch (function) {
            case COUNT, APPROX_COUNT_DISTINCT -> new CountAccumulator(argument);
            case COUNT_IF -> new TrueCountAccumulator(argument);
            case SUM, SUM0, AVG ->
                type instanceof FloatingType
                        ? new DoubleSumAccumulator(function, argument)
                        : new ExactSumAccumulator(
                                function, argument, new NumberResult(function.name(), type, call.type()));
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
                new VarianceAccumulator(function, argument, type, call.type());
            case SKEWNESS, KURTOSIS ->
                updating
                        ? ExactSumsAccumulator.ofMoments(new Moments(function), argument, type)
                        : new MomentsAccumulator(new Moments(function), argument, type);
            case EVERY -> new TruthAccumulator(true, argument);
            case SOME -> new TruthAccumulator(false, argument);
            case MIN, MAX -> extreme(function, argument, type, updating);
            case FIRST_VALUE, LAST_VALUE, ANY_VALUE -> value(function, argument, type, updating);
            case SINGLE_VALUE ->
                new SingleValueAccumulator(value(AggregateFunction.FIRST_VALUE, argument, type, updating));
            case BIT_XOR -> new BitAccumulator(function, argument);
            case BIT_AND, BIT_OR ->
                updating
                        ? new BitCountAccumulator(function == AggregateFunction.BIT_AND, argument)
                        : new BitAccumulator(function, argument);
            case ARG_MIN, ARG_MAX ->
                updating ? Collecting.create(call, input) : argumentOfExtreme(function, arguments, input);
            case STRING_AGG, ARRAY_AGG, PERCENTILE_CONT, PERCENTILE_DISC, MODE -> Collecting.create(call, input);
            case APPROX_PERCENTILE, APPROX_QUANTILES, APPROX_TOP_K ->
                updating ? Collecting.create(call, input) : sketch(call, argument, type);
            case USER -> {
                UserAggregate user = Objects.requireNonNull(call.user());
                yield new UserAccumulator(engine.aggregation(user.function(), arguments, input), call.type());
            }
            case COVAR_POP,
                    COVAR_SAMP,
                    CORR,
                    REGR_COUNT,
                    REGR_AVGX,
                    REGR_AVGY,
                    REGR_SXX,
                    REGR_SYY,
                    REGR_SXY,
                    REGR_SLOPE,
                    REGR_INTERCEPT,
                    REGR_R2 -> {
                int x = arguments.get(1);
                DataType xType = input.field(x).type();
                yield updating
                        ? ExactSumsAccumulator.ofRegression(new Regression(function), argument, type, x, xType)
                        : new RegressionAccumulator(new Regression(function), argument, type, x, xType);
            }
        };
    }

    private static Accumulator sketch(AggregateCall call, int argument, DataType type) {
        return switch (call.function()) {
            case APPROX_PERCENTILE -> Sketches.quantile(argument, type, Constants.share(call));
            case APPROX_QUANTILES -> Sketches.quantiles(argument, type, Constants.count(call));
            default -> Sketches.mostFrequent(argument, type, Constants.count(call));
        };
    }

    private static Accumulator argumentOfExtreme(AggregateFunction function, List<Integer> arguments, RowType input) {
        int argument = arguments.get(0);
        int by = arguments.get(1);
        return new ArgumentOfExtremeAccumulator(
                function == AggregateFunction.ARG_MAX,
                argument,
                input.field(argument).type(),
                by,
                input.field(by).type());
    }

    private static Accumulator extreme(AggregateFunction function, int argument, DataType type, boolean updating) {
        if (!updating && (type.storage() == Storage.LONG || type.storage() == Storage.INT)) {
            return new LongExtremeAccumulator(function == AggregateFunction.MAX, argument);
        }
        return value(function, argument, type, updating);
    }

    private static Accumulator value(AggregateFunction function, int argument, DataType type, boolean updating) {
        return updating
                ? new MultisetAccumulator(function, argument, type)
                : new ValueAccumulator(function, argument, type);
    }
}
