package io.millrace.sql.lower;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Frame;
import io.millrace.plan.OverCall;
import io.millrace.plan.OverCall.Aggregated;
import io.millrace.plan.OverCall.Picked;
import io.millrace.plan.OverCall.Ranked;
import io.millrace.plan.OverCall.Ranking;
import io.millrace.plan.OverCall.Shifted;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.AggregateFunctions;
import io.millrace.sql.function.UserAggregateOperator;
import io.millrace.sql.type.Types;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlKind;

/** Translates the functions of OVER, whose arguments are columns by now. */
final class OverCalls {

    private final RowType input;
    private final Arguments columns;

    /** Where arguments are. */
    interface Arguments {

        /** Returns the column that an expression is. */
        int column(RexNode node);

        /** Returns the column that an expression is as a value of another type. */
        int column(RexNode node, DataType type);

        /** Returns the columns that the arguments of a user's function are, each in the type of its parameter. */
        List<Integer> arguments(RexOver over);
    }

    /**
     * @param input the row that the columns are of
     * @param columns where an argument is
     */
    OverCalls(RowType input, Arguments columns) {
        this.input = input;
        this.columns = columns;
    }

    OverCall lower(RexOver over, Frame frame) {
        return switch (over.getOperator().getKind()) {
            case ROW_NUMBER -> ranked(Ranking.ROW_NUMBER, over);
            case RANK -> ranked(Ranking.RANK, over);
            case DENSE_RANK -> ranked(Ranking.DENSE_RANK, over);
            case PERCENT_RANK -> ranked(Ranking.PERCENT_RANK, over);
            case CUME_DIST -> ranked(Ranking.CUME_DIST, over);
            case NTILE ->
                new Ranked(Ranking.NTILE, OverConstants.count(over.getOperands().getFirst(), over), type(over));
            case LAG, LEAD -> shifted(over);
            case NTH_VALUE ->
                picked(over, OverConstants.count(over.getOperands().get(1), over), frame);
            default -> ofFrame(over, frame);
        };
    }

    private static Ranked ranked(Ranking ranking, RexOver over) {
        return new Ranked(ranking, 0, type(over));
    }

    private Shifted shifted(RexOver over) {
        List<RexNode> operands = over.getOperands();
        int argument = columns.column(operands.getFirst());
        long distance = operands.size() > 1 ? OverConstants.whole(operands.get(1), over) : 1;
        DataType type = input.field(argument).type();
        int otherwise = operands.size() > 2 ? columns.column(operands.get(2), type) : Shifted.NULL;
        return new Shifted(
                argument,
                over.getOperator().getKind() == SqlKind.LAG ? -distance : distance,
                otherwise,
                over.ignoreNulls(),
                type);
    }

    private Picked picked(RexOver over, long place, Frame frame) {
        int argument = columns.column(over.getOperands().getFirst());
        return new Picked(
                argument,
                place,
                over.ignoreNulls(),
                frame,
                input.field(argument).type());
    }

    private OverCall ofFrame(RexOver over, Frame frame) {
        AggregateFunction function = AggregateFunctions.find(over.getAggOperator());
        if (function == null) {
            throw SqlErrors.unsupported(
                    over.getOperator().getName() + " OVER is not supported",
                    "see SHOW FUNCTIONS for what there is",
                    over.getParserPosition());
        }
        return switch (function) {
            case FIRST_VALUE -> picked(over, 1, frame);
            case LAST_VALUE -> picked(over, -1, frame);
            case STRING_AGG,
                    ARRAY_AGG,
                    PERCENTILE_CONT,
                    PERCENTILE_DISC,
                    MODE,
                    APPROX_PERCENTILE,
                    APPROX_QUANTILES,
                    APPROX_TOP_K -> new Aggregated(new OverCollecting(input, columns).lower(function, over), frame);
            case USER -> ofUser(over, frame);
            default -> aggregated(function, over, frame);
        };
    }

    private Aggregated ofUser(RexOver over, Frame frame) {
        FunctionDefinition function = Objects.requireNonNull(UserAggregateOperator.find(over.getAggOperator()));
        if (over.isDistinct() && (frame.start() != Frame.FIRST || frame.excludes())) {
            throw SqlErrors.unsupported(
                    function.name() + "(DISTINCT …) over a frame that rows leave is not supported",
                    "start the frame with UNBOUNDED PRECEDING",
                    over.getParserPosition());
        }
        AggregateCall call = new AggregateCall(
                UserCalls.aggregate(function),
                columns.arguments(over),
                over.isDistinct(),
                AggregateCall.NO_FILTER,
                function.signature().result(),
                function.signature().resultNullable());
        return new Aggregated(call, frame);
    }

    private Aggregated aggregated(AggregateFunction function, RexOver over, Frame frame) {
        List<Integer> arguments =
                over.getOperands().stream().map(columns::column).toList();
        if (over.isDistinct() && (frame.start() != Frame.FIRST || frame.excludes())) {
            refuseMovingDistinct(function, arguments, over);
        }
        DataType type = switch (function) {
            case MIN, MAX, ANY_VALUE, ARG_MIN, ARG_MAX, BIT_AND, BIT_OR, BIT_XOR ->
                input.field(arguments.getFirst()).type();
            default -> type(over);
        };
        boolean never = function.countsFromZero();
        return new Aggregated(
                new AggregateCall(function, arguments, over.isDistinct(), AggregateCall.NO_FILTER, type, !never),
                frame);
    }

    private void refuseMovingDistinct(AggregateFunction function, List<Integer> arguments, RexOver over) {
        boolean exact = switch (function) {
            case COUNT, MIN, MAX, EVERY, SOME, ANY_VALUE, COUNT_IF, BIT_AND, BIT_OR, BIT_XOR, ARG_MIN, ARG_MAX -> true;
            case SUM, SUM0, AVG -> !(input.field(arguments.getFirst()).type() instanceof DataType.FloatingType);
            default -> false;
        };
        if (!exact) {
            throw SqlErrors.unsupported(
                    function + "(DISTINCT …) over a frame that rows leave is not supported for this type",
                    "cast the argument to DECIMAL, or start the frame with UNBOUNDED PRECEDING",
                    over.getParserPosition());
        }
    }

    private static DataType type(RexOver over) {
        return Types.fromCalcite(over.getType());
    }
}
