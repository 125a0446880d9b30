package io.millrace.sql.lower;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.MatchValue;
import io.millrace.plan.MatchedRows;
import io.millrace.plan.PatternVariable;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.RowsPerMatch;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.AggregateFunctions;
import io.millrace.sql.function.UserAggregateOperator;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.type.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.jspecify.annotations.Nullable;

/** MATCH_RECOGNIZE: a projection for the arguments of aggregates below, and one for the order of columns above. */
final class MatchLowering {

    private static final int NANOS_PER_MICRO = 1000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final PlanLowering plans;

    MatchLowering(PlanLowering plans) {
        this.plans = plans;
    }

    Lowered lower(MatchRel rel, Scope scope) {
        Lowered input = plans.lower(rel.getInput(), scope);
        if (input.correlated()) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "MATCH_RECOGNIZE over rows that hang on the query around a subquery is not supported",
                    "match the rows in FROM");
        }
        return Lowered.free(new Of(rel, input.node()).lower());
    }

    /** One of them. */
    private static final class Of {

        private final MatchRel rel;
        private final MatchRel.Content content;
        private final PlanNode input;
        private final ExpressionLowering arguments;
        private final List<Expression> columns;
        private final List<String> names;

        Of(MatchRel rel, PlanNode input) {
            this.rel = rel;
            this.content = rel.content();
            this.input = input;
            this.arguments = new ExpressionLowering(input.rowType());
            this.columns = new ArrayList<>(Columns.at(
                    IntStream.range(0, input.rowType().size()).boxed().toList(), input.rowType()));
            this.names = new ArrayList<>(Nodes.names(input.rowType()));
        }

        PlanNode lower() {
            List<PatternVariable> variables = new ArrayList<>();
            for (MatchRel.Variable variable : content.variables()) {
                List<MatchValue> values = values(variable.values());
                variables.add(new PatternVariable(variable.name(), condition(variable.condition(), values), values));
            }
            List<MatchValue> values = values(content.values());
            List<Expression> measures = new ArrayList<>(content.measures().stream()
                    .map(new ExpressionLowering(row(values))::lower)
                    .toList());
            if (content.perMatch() == RowsPerMatch.ALL_WITH_UNMATCHED) {
                values = onlyOfMatches(measures, values);
            }
            List<Integer> partition =
                    content.partition().stream().map(this::partitionColumn).toList();
            MatchedRows rows = new MatchedRows(
                    content.pattern(),
                    content.fromStart(),
                    content.toEnd(),
                    within(content.within()),
                    variables,
                    content.perMatch(),
                    content.after());
            PlanNode below = columns.size() == input.rowType().size() ? input : Nodes.project(input, columns, names);
            return ordered(below, partition, rows, values, measures);
        }

        /** Puts the columns in the order that the statement's rows have. */
        private PlanNode ordered(
                PlanNode below,
                List<Integer> partition,
                MatchedRows rows,
                List<MatchValue> values,
                List<Expression> measures) {
            List<String> wanted = rel.getRowType().getFieldNames();
            List<Integer> copied = new ArrayList<>();
            for (String name : wanted) {
                int column = below.rowType().indexOf(name);
                if (content.measureNames().stream().noneMatch(name::equalsIgnoreCase) && column >= 0) {
                    copied.add(column);
                }
            }
            List<Field> fields = new ArrayList<>();
            copied.forEach(column -> fields.add(below.rowType().field(column)));
            for (int i = 0; i < measures.size(); i++) {
                Expression measure = measures.get(i);
                fields.add(new Field(content.measureNames().get(i), measure.type(), measure.nullable()));
            }
            Match match = new Match(
                    Nodes.NO_ID,
                    below,
                    new RowType(fields),
                    partition,
                    content.order().getFieldCollations().stream()
                            .map(PlanLowering::key)
                            .toList(),
                    rows,
                    copied,
                    values,
                    measures);
            List<Integer> places =
                    wanted.stream().map(name -> names(fields).indexOf(name)).toList();
            return Nodes.project(match, Columns.at(places, match.rowType()), wanted);
        }

        /** Makes measures NULL where there is no match, but for the time, which any row has. */
        private static List<MatchValue> onlyOfMatches(List<Expression> measures, List<MatchValue> values) {
            List<MatchValue> more = new ArrayList<>(values);
            more.add(new MatchValue.Matched());
            Expression matched = new Column(values.size(), DataType.BOOLEAN, false);
            measures.replaceAll(
                    measure -> measure instanceof Column column && values.get(column.index()) instanceof MatchValue.Here
                            ? measure
                            : new Case(
                                    List.of(new Case.Branch(matched, measure)),
                                    new Literal(null, measure.type()),
                                    measure.type(),
                                    true));
            return more;
        }

        /** Returns the place of a partition key, which is a column more where it has a name of its own. */
        private int partitionColumn(MatchRel.PartitionKey key) {
            Expression value = arguments.lower(key.value());
            String name = key.name();
            if (name == null) {
                return column(value);
            }
            columns.add(value);
            names.add(name);
            return columns.size() - 1;
        }

        private static List<String> names(List<Field> fields) {
            return fields.stream().map(Field::name).toList();
        }

        private static RowType row(List<MatchValue> values) {
            List<Field> fields = new ArrayList<>();
            values.forEach(value -> fields.add(new Field("$" + fields.size(), value.type(), value.nullable())));
            return new RowType(fields);
        }

        private static @Nullable Expression condition(@Nullable RexNode condition, List<MatchValue> values) {
            if (condition == null) {
                return null;
            }
            Expression lowered = new ExpressionLowering(row(values)).lower(condition);
            return lowered instanceof Literal literal && Boolean.TRUE.equals(literal.value()) ? null : lowered;
        }

        private List<MatchValue> values(List<MatchTaken> taken) {
            return taken.stream().map(this::value).toList();
        }

        private MatchValue value(MatchTaken taken) {
            return switch (taken) {
                case MatchTaken.Plain plain -> plain.value();
                case MatchTaken.Aggregate aggregate -> aggregated(aggregate);
            };
        }

        private MatchValue aggregated(MatchTaken.Aggregate aggregate) {
            AggregateFunction function =
                    AggregateFunctions.find(aggregate.call().getOperator());
            if (function == null || ofOrder(function)) {
                throw SqlErrors.unsupported(
                        aggregate.call().getOperator().getName() + " in MATCH_RECOGNIZE is not supported",
                        "use FIRST and LAST for single values, or ALL ROWS PER MATCH and aggregate its rows above",
                        aggregate.call().getParserPosition());
            }
            boolean distinct = aggregate.call().getFunctionQuantifier() != null
                    && aggregate.call().getFunctionQuantifier().getValue() == SqlSelectKeyword.DISTINCT;
            FunctionDefinition user =
                    UserAggregateOperator.find(aggregate.call().getOperator());
            if (user != null) {
                return new MatchValue.Aggregated(
                        ofUser(user, aggregate, distinct), aggregate.variables(), aggregate.whole());
            }
            List<Integer> places =
                    aggregate.arguments().stream().map(this::column).toList();
            DataType type = switch (function) {
                case MIN, MAX, ANY_VALUE, ARG_MIN, ARG_MAX, BIT_AND, BIT_OR, BIT_XOR ->
                    columns.get(places.getFirst()).type();
                default -> Types.fromCalcite(aggregate.type());
            };
            AggregateCall call =
                    new AggregateCall(function, places, distinct, filter(aggregate), type, !function.countsFromZero());
            return new MatchValue.Aggregated(call, aggregate.variables(), aggregate.whole());
        }

        private int filter(MatchTaken.Aggregate aggregate) {
            RexNode filter = aggregate.filter();
            return filter == null ? AggregateCall.NO_FILTER : column(filter);
        }

        private AggregateCall ofUser(FunctionDefinition function, MatchTaken.Aggregate aggregate, boolean distinct) {
            List<Integer> places = new ArrayList<>();
            for (RexNode argument : aggregate.arguments()) {
                places.add(column(UserCalls.argument(
                        function,
                        places.size(),
                        arguments.lower(argument),
                        aggregate.call().getParserPosition())));
            }
            return new AggregateCall(
                    UserCalls.aggregate(function),
                    places,
                    distinct,
                    filter(aggregate),
                    function.signature().result(),
                    function.signature().resultNullable());
        }

        /** Returns whether a function hangs on the order of rows, or takes constants. */
        private static boolean ofOrder(AggregateFunction function) {
            return switch (function) {
                case FIRST_VALUE,
                        LAST_VALUE,
                        STRING_AGG,
                        ARRAY_AGG,
                        PERCENTILE_CONT,
                        PERCENTILE_DISC,
                        MODE,
                        APPROX_PERCENTILE,
                        APPROX_QUANTILES,
                        APPROX_TOP_K -> true;
                default -> false;
            };
        }

        private int column(RexNode node) {
            return column(arguments.lower(node));
        }

        private int column(Expression expression) {
            if (expression instanceof Column column) {
                return column.index();
            }
            int known = columns.indexOf(expression);
            if (known >= 0) {
                return known;
            }
            columns.add(expression);
            names.add("$" + columns.size());
            return columns.size() - 1;
        }

        private static long within(@Nullable RexNode within) {
            if (within == null) {
                return MatchedRows.ANY_TIME;
            }
            Duration length = (Duration) java.util.Objects.requireNonNull(
                    Literals.lower((RexLiteral) within).value());
            return length.getSeconds() * MICROS_PER_SECOND + length.getNano() / NANOS_PER_MICRO;
        }
    }
}
