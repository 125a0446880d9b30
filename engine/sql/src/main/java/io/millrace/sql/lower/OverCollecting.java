package io.millrace.sql.lower;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.SortKey;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.AggregateFunctions;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;

/** Translates the functions of OVER that take up values. What a function takes once stands in the call, and not in each row. */
final class OverCollecting {

    private static final Literal HALF = new Literal(new BigDecimal("0.5"), new DataType.DecimalType(2, 1));
    private static final Literal NOTHING_BETWEEN = new Literal("", DataType.VARCHAR);
    private static final int COUNT_MAX = 1000;

    private final RowType input;
    private final OverCalls.Arguments columns;

    OverCollecting(RowType input, OverCalls.Arguments columns) {
        this.input = input;
        this.columns = columns;
    }

    /** Returns those arguments of an aggregate call that are of each row. */
    static List<RexNode> rows(RexOver over) {
        List<RexNode> operands = over.getOperands();
        AggregateFunction function = AggregateFunctions.find(over.getAggOperator());
        return switch (function) {
            case STRING_AGG, APPROX_PERCENTILE, APPROX_QUANTILES, APPROX_TOP_K -> operands.subList(0, 1);
            case PERCENTILE_CONT, PERCENTILE_DISC, MODE -> List.of(operands.getLast());
            case null, default -> operands;
        };
    }

    AggregateCall lower(AggregateFunction function, RexOver over) {
        int column = columns.column(rows(over).getFirst());
        DataType type = input.field(column).type();
        return switch (function) {
            case STRING_AGG -> {
                requireText(type, over);
                yield of(over, function, List.of(column), List.of(separator(over)), List.of(), DataType.VARCHAR);
            }
            case ARRAY_AGG -> of(over, function, List.of(column), List.of(), List.of(), new ArrayType(type, true));
            case PERCENTILE_CONT, PERCENTILE_DISC -> {
                Literal share = over.getOperands().size() == 1 ? HALF : share(over, 0);
                DataType result = function == AggregateFunction.PERCENTILE_CONT ? DataType.DOUBLE : type;
                yield of(over, function, List.of(), List.of(share), List.of(key(column, over)), result);
            }
            case MODE -> of(over, function, List.of(), List.of(), List.of(key(column, over)), type);
            case APPROX_PERCENTILE ->
                of(over, function, List.of(column), List.of(share(over, 1)), List.of(), DataType.DOUBLE);
            case APPROX_QUANTILES ->
                of(
                        over,
                        function,
                        List.of(column),
                        List.of(count(over)),
                        List.of(),
                        new ArrayType(DataType.DOUBLE, false));
            case APPROX_TOP_K ->
                of(over, function, List.of(column), List.of(count(over)), List.of(), new ArrayType(pairs(type), false));
            default -> throw new IllegalStateException(function + " takes up no values");
        };
    }

    private static RowType pairs(DataType type) {
        return RowType.of(Field.nullable("value", type), Field.required("count", DataType.BIGINT));
    }

    private static AggregateCall of(
            RexOver over,
            AggregateFunction function,
            List<Integer> arguments,
            List<Literal> constants,
            List<SortKey> order,
            DataType type) {
        return new AggregateCall(
                function, arguments, constants, order, over.isDistinct(), AggregateCall.NO_FILTER, type, true);
    }

    private static SortKey key(int column, RexOver over) {
        boolean descending = over.getAggOperator().getName().endsWith(AggregateFunctions.DESCENDING);
        return new SortKey(column, descending, descending);
    }

    private static void requireText(DataType type, RexOver over) {
        if (!(type instanceof CharacterType)) {
            throw SqlErrors.invalid(
                    name(over) + " joins texts, and got " + type,
                    "cast it: CAST(… AS VARCHAR)",
                    over.getParserPosition());
        }
    }

    private static Literal separator(RexOver over) {
        if (over.getOperands().size() == 1) {
            return NOTHING_BETWEEN;
        }
        Literal literal = OverConstants.literal(over.getOperands().get(1));
        if (literal == null || !(literal.value() instanceof String)) {
            throw notConstant(over, "separator");
        }
        return literal;
    }

    private static Literal share(RexOver over, int operand) {
        Literal literal = OverConstants.literal(over.getOperands().get(operand));
        if (literal == null || !(literal.value() instanceof Number share)) {
            throw notConstant(over, "share");
        }
        if (share.doubleValue() < 0 || share.doubleValue() > 1) {
            throw SqlErrors.invalid(
                    name(over) + " takes a share from 0 to 1, and got " + share,
                    "write 0.5 for the middle",
                    over.getParserPosition());
        }
        return literal;
    }

    private static Literal count(RexOver over) {
        Literal literal = OverConstants.literal(over.getOperands().get(1));
        if (literal == null || !(literal.value() instanceof Number count)) {
            throw notConstant(over, "number");
        }
        if (count.longValue() < 1 || count.longValue() > COUNT_MAX) {
            throw SqlErrors.invalid(
                    name(over) + " takes a number from 1 to " + COUNT_MAX + ", and got " + count,
                    "write another number",
                    over.getParserPosition());
        }
        return literal;
    }

    private static RuntimeException notConstant(RexOver over, String what) {
        return SqlErrors.unsupported(
                name(over) + " OVER takes a constant " + what,
                "write the value into the statement",
                over.getParserPosition());
    }

    private static String name(RexOver over) {
        return over.getAggOperator().getName().replace(AggregateFunctions.DESCENDING, "");
    }
}
