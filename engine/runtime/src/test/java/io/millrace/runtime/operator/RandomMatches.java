package io.millrace.runtime.operator;

import static io.millrace.runtime.Scenario.ARRIVAL;
import static io.millrace.runtime.Scenario.scan;

import io.millrace.plan.AfterMatch;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.MatchValue;
import io.millrace.plan.MatchedRows;
import io.millrace.plan.PatternVariable;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowPattern;
import io.millrace.plan.RowPlace;
import io.millrace.plan.RowsPerMatch;
import io.millrace.plan.SortKey;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.Scenario;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Row patterns by chance, over the stream of ticks. */
final class RandomMatches {

    private static final List<String> NAMES = List.of("A", "B", "C", "D");
    private static final int AMOUNT = 2;

    private final Random random;
    private final boolean near;
    private final boolean bounded;
    private final int variables;

    /**
     * @param near whether conditions look at a row and its neighbours alone
     * @param bounded whether the pattern may say where a partition starts and ends
     */
    RandomMatches(Random random, boolean near, boolean bounded) {
        this.random = random;
        this.near = near;
        this.bounded = bounded;
        this.variables = 1 + random.nextInt(NAMES.size());
    }

    PlanNode.Match next() {
        List<PatternVariable> defined = new ArrayList<>();
        for (int i = 0; i < variables; i++) {
            defined.add(variable(i));
        }
        RowsPerMatch[] perMatch = RowsPerMatch.values();
        AfterMatch.Target[] targets = AfterMatch.Target.values();
        MatchedRows rows = new MatchedRows(
                pattern(3),
                bounded && random.nextInt(8) == 0,
                bounded && random.nextInt(8) == 0,
                random.nextInt(3) == 0 ? random.nextInt(12) : MatchedRows.ANY_TIME,
                defined,
                random.nextBoolean() ? RowsPerMatch.ONE : perMatch[random.nextInt(perMatch.length)],
                new AfterMatch(targets[random.nextInt(targets.length)], some()));
        List<MatchValue> values = new ArrayList<>();
        List<Expression> measures = new ArrayList<>();
        List<Field> fields = new ArrayList<>(Scenario.TICKS.fields().subList(0, 3));
        for (int i = 0; i < 6; i++) {
            MatchValue value = i == 2
                    ? new MatchValue.Here(0, DataType.TIMESTAMP)
                    : i == 0
                            ? new MatchValue.Classifier(place(all(), true), DataType.VARCHAR)
                            : i == 1 ? new MatchValue.MatchNumber() : value(some(), true);
            measures.add(new Column(values.size(), value.type(), value.nullable()));
            values.add(value);
            fields.add(new Field("m" + i, value.type(), value.nullable()));
        }
        return new PlanNode.Match(
                "match",
                scan("ticks", ARRIVAL),
                new RowType(fields),
                List.of(1),
                List.of(new SortKey(0, false, false)),
                rows,
                List.of(0, 1, AMOUNT),
                values,
                measures);
    }

    private RowPattern pattern(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(8);
        return switch (kind) {
            case 0, 1 -> new RowPattern.Variable(random.nextInt(variables));
            case 2, 3 -> new RowPattern.Sequence(parts(depth, 3));
            case 4 -> new RowPattern.Alternation(parts(depth, 3));
            case 5 -> depth > 2 ? new RowPattern.Permutation(parts(1, 3)) : new RowPattern.Excluded(pattern(depth - 1));
            default -> {
                int least = random.nextInt(3);
                int most = random.nextBoolean() ? RowPattern.UNLIMITED : Math.max(1, least + random.nextInt(3));
                yield new RowPattern.Quantified(pattern(depth - 1), least, most, random.nextInt(3) == 0);
            }
        };
    }

    private List<RowPattern> parts(int depth, int most) {
        List<RowPattern> parts = new ArrayList<>();
        for (int i = 1 + random.nextInt(most); i >= 0; i--) {
            parts.add(pattern(depth - 1));
        }
        return parts;
    }

    private PatternVariable variable(int own) {
        if (random.nextInt(5) == 0) {
            return new PatternVariable(NAMES.get(own), null, List.of());
        }
        List<MatchValue> values = new ArrayList<>();
        List<Integer> self = List.of(own);
        values.add(new MatchValue.At(new RowPlace(self, false, 0, 0, false), AMOUNT, DataType.BIGINT));
        Expression condition = compare(
                new Column(0, DataType.BIGINT, true), new Literal((long) random.nextInt(7) - 3, DataType.BIGINT));
        if (random.nextBoolean()) {
            MatchValue other = near
                    ? new MatchValue.At(
                            new RowPlace(self, false, 0, random.nextInt(5) - 2, false), AMOUNT, DataType.BIGINT)
                    : value(some(), false);
            values.add(other);
            Expression second = new Column(1, other.type(), other.nullable());
            Expression extra = switch (other.type()) {
                case DataType.BooleanType b -> second;
                case DataType.CharacterType c ->
                    new Call(
                            ScalarFunction.EQUAL,
                            List.of(second, new Literal(NAMES.get(random.nextInt(variables)), DataType.VARCHAR)),
                            DataType.BOOLEAN,
                            true);
                default -> compare(second, new Column(0, DataType.BIGINT, true));
            };
            condition = random.nextBoolean()
                    ? extra
                    : new Call(ScalarFunction.AND, List.of(condition, extra), DataType.BOOLEAN, true);
        }
        return new PatternVariable(NAMES.get(own), condition, values);
    }

    private Expression compare(Expression left, Expression right) {
        ScalarFunction function = random.nextBoolean() ? ScalarFunction.LESS : ScalarFunction.GREATER_OR_EQUAL;
        return new Call(function, List.of(left, right), DataType.BOOLEAN, true);
    }

    private MatchValue value(List<Integer> of, boolean measure) {
        return switch (random.nextInt(9)) {
            case 8 -> measure ? new MatchValue.Matched() : new MatchValue.Exists(place(of, false));
            case 0 -> new MatchValue.Exists(place(of, measure));
            case 1 -> new MatchValue.Classifier(place(of, measure), DataType.VARCHAR);
            case 2 -> aggregated(AggregateFunction.COUNT, List.of(), of, measure);
            case 3 -> aggregated(AggregateFunction.SUM, List.of(AMOUNT), of, measure);
            case 4 -> aggregated(AggregateFunction.MIN, List.of(AMOUNT), of, measure);
            default -> new MatchValue.At(place(of, measure), AMOUNT, DataType.BIGINT);
        };
    }

    private MatchValue aggregated(
            AggregateFunction function, List<Integer> arguments, List<Integer> of, boolean measure) {
        AggregateCall call = new AggregateCall(
                function,
                arguments,
                false,
                AggregateCall.NO_FILTER,
                DataType.BIGINT,
                function != AggregateFunction.COUNT);
        return new MatchValue.Aggregated(call, of, measure && random.nextBoolean());
    }

    private RowPlace place(List<Integer> of, boolean measure) {
        return new RowPlace(
                of,
                random.nextInt(3) == 0,
                random.nextInt(4) == 0 ? random.nextInt(3) : 0,
                random.nextInt(4) == 0 ? random.nextInt(5) - 2 : 0,
                measure && random.nextBoolean());
    }

    private List<Integer> some() {
        TreeSet<Integer> some = new TreeSet<>();
        some.add(random.nextInt(variables));
        while (random.nextInt(3) == 0) {
            some.add(random.nextInt(variables));
        }
        return List.copyOf(some);
    }

    private List<Integer> all() {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < variables; i++) {
            all.add(i);
        }
        return all;
    }
}
