package io.millrace.sql.lower;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Project;
import io.millrace.plan.SortKey;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.function.AggregateFunctions;
import io.millrace.sql.function.UserAggregateOperator;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.type.Types;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Calcite's aggregate calls to ours. What a function takes once stands in the plan, and not in each row. */
final class AggregateCalls {

    private static final Literal HALF = new Literal(new BigDecimal("0.5"), new DataType.DecimalType(2, 1));
    private static final Literal NOTHING_BETWEEN = new Literal("", DataType.VARCHAR);

    private final AggregateInput rows;
    private final PlanNode input;
    private final org.apache.calcite.rel.core.AggregateCall call;
    private final List<Integer> columns;
    private final List<SortKey> order;

    private AggregateCalls(org.apache.calcite.rel.core.AggregateCall call, AggregateInput rows) {
        this.rows = rows;
        this.input = rows.original();
        this.call = call;
        this.columns = call.getArgList();
        this.order = call.getCollation().getFieldCollations().stream()
                .map(PlanLowering::key)
                .toList();
    }

    /**
     * Translates a call.
     *
     * @param input what is aggregated, which gets the columns that the call takes and that are not there
     */
    static AggregateCall lower(org.apache.calcite.rel.core.AggregateCall call, AggregateInput input) {
        AggregateFunction function = AggregateFunctions.find(call.getAggregation());
        if (function == null || call.ignoreNulls() || call.distinctKeys != null) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "aggregate function " + call.getAggregation().getName()
                            + (function == null ? "" : " with these words behind it") + " is not supported",
                    "see SHOW FUNCTIONS for what there is");
        }
        return new AggregateCalls(call, input).lower(function);
    }

    private AggregateCall lower(AggregateFunction function) {
        return switch (function) {
            case STRING_AGG -> joined();
            case PERCENTILE_CONT, PERCENTILE_DISC -> percentile(function);
            case MODE -> of(function, List.of(), List.of(), List.of(last()));
            case APPROX_PERCENTILE -> constant(function, share(1));
            case APPROX_QUANTILES, APPROX_TOP_K -> constant(function, count(1));
            case USER -> ofUser();
            case EVERY, SOME, COUNT_IF -> of(function, List.of(truth()), List.of(), order);
            case SUM, SUM0, AVG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> {
                number();
                yield of(function, columns, List.of(), order);
            }
            default -> of(function, columns, List.of(), order);
        };
    }

    /** Returns the argument; a NULL without a type, which is text elsewhere, as a truth value. */
    private int truth() {
        return rows.column(Coercion.to(DataType.BOOLEAN, Columns.at(columns.getFirst(), input.rowType())));
    }

    /** A NULL without a type leaves open what the sum's type is. */
    private void number() {
        if (input.rowType().field(columns.getFirst()).type() instanceof DataType.CharacterType) {
            throw refused(" of a NULL without a type is not supported", "say its type: CAST(NULL AS INTEGER)");
        }
    }

    private AggregateCall ofUser() {
        FunctionDefinition function = Objects.requireNonNull(UserAggregateOperator.find(call.getAggregation()));
        List<Integer> arguments = new ArrayList<>();
        for (int column : columns) {
            Expression given = Columns.at(column, input.rowType());
            arguments.add(rows.column(UserCalls.argument(function, arguments.size(), given, call.getParserPosition())));
        }
        return new AggregateCall(
                UserCalls.aggregate(function),
                arguments,
                call.isDistinct(),
                call.filterArg,
                function.signature().result(),
                function.signature().resultNullable());
    }

    private AggregateCall joined() {
        Literal separator = columns.size() > 1 ? literal(1, "separator") : NOTHING_BETWEEN;
        return of(AggregateFunction.STRING_AGG, columns.subList(0, 1), List.of(separator), order);
    }

    private AggregateCall percentile(AggregateFunction function) {
        Literal share = columns.size() == 1 ? HALF : share(0);
        DataType type = input.rowType().field(columns.getLast()).type();
        if (function == AggregateFunction.PERCENTILE_CONT && !isNumber(type)) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "PERCENTILE_CONT of " + type + " is not supported",
                    "order by a number, or use PERCENTILE_DISC");
        }
        return of(function, List.of(), List.of(share), List.of(last()));
    }

    private static boolean isNumber(DataType type) {
        return type instanceof DataType.IntegerType
                || type instanceof DataType.FloatingType
                || type instanceof DataType.DecimalType;
    }

    /** Returns the order by the last argument. */
    private SortKey last() {
        boolean descending = call.getAggregation().getName().endsWith(AggregateFunctions.DESCENDING);
        return new SortKey(columns.getLast(), descending, descending);
    }

    private AggregateCall constant(AggregateFunction function, Literal constant) {
        return of(function, columns.subList(0, 1), List.of(constant), List.of());
    }

    private Literal share(int argument) {
        Literal literal = literal(argument, "share");
        if (literal.value() instanceof Number share && share.doubleValue() >= 0 && share.doubleValue() <= 1) {
            return literal;
        }
        throw refused(" takes a share from 0 to 1, and got " + literal.value(), "write 0.5 for the middle");
    }

    private Literal count(int argument) {
        Literal literal = literal(argument, "number");
        if (literal.value() instanceof Number count && count.longValue() >= 1 && count.longValue() <= 1000) {
            return literal;
        }
        throw refused(" takes a number from 1 to 1000, and got " + literal.value(), "write another number");
    }

    private Literal literal(int argument, String what) {
        if (input instanceof Project project
                && project.expressions().get(columns.get(argument)) instanceof Literal literal
                && literal.value() != null) {
            return literal;
        }
        throw refused(" takes a constant " + what, "write the value into the statement");
    }

    private MillraceException refused(String what, String hint) {
        return new MillraceException(
                ErrorCode.UNSUPPORTED, AggregateFunctions.find(call.getAggregation()) + what, hint);
    }

    private AggregateCall of(
            AggregateFunction function, List<Integer> arguments, List<Literal> constants, List<SortKey> keys) {
        boolean ordersByOthers = keys.stream().anyMatch(key -> !arguments.contains(key.column()));
        if (call.isDistinct() && !arguments.isEmpty() && ordersByOthers) {
            throw refused(
                    " with DISTINCT is ordered by something that is not its argument",
                    "order by the argument, or leave out DISTINCT");
        }
        return new AggregateCall(
                function,
                arguments,
                constants,
                keys,
                call.isDistinct(),
                call.filterArg,
                type(function, keys),
                !function.countsFromZero() && (call.getType().isNullable() || call.filterArg >= 0));
    }

    private DataType type(AggregateFunction function, List<SortKey> keys) {
        RowType row = input.rowType();
        return switch (function) {
            case MIN, MAX, FIRST_VALUE, LAST_VALUE, ANY_VALUE, ARG_MIN, ARG_MAX, BIT_AND, BIT_OR, BIT_XOR ->
                row.field(columns.getFirst()).type();
            case STRING_AGG -> DataType.VARCHAR;
            case ARRAY_AGG -> new ArrayType(row.field(columns.getFirst()).type(), true);
            case MODE, PERCENTILE_DISC -> row.field(keys.getFirst().column()).type();
            case APPROX_TOP_K ->
                new ArrayType(
                        RowType.of(
                                Field.nullable(
                                        "value", row.field(columns.getFirst()).type()),
                                Field.required("count", DataType.BIGINT)),
                        false);
            case APPROX_QUANTILES -> new ArrayType(DataType.DOUBLE, false);
            default -> Types.fromCalcite(call.getType());
        };
    }
}
