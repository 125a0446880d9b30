package io.millrace.runtime.aggregate;

import static io.millrace.runtime.Scenario.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.SortKey;
import io.millrace.plan.expression.Expression;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.expression.InterpretedExpressions;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares all aggregate functions with plain sums over lists. */
class GroupStateTest {

    private static final DataType DECIMAL = new DataType.DecimalType(10, 2);
    private static final RowType INPUT = RowType.of(
            Field.nullable("key", DataType.VARCHAR),
            Field.nullable("whole", DataType.INTEGER),
            Field.nullable("exact", DECIMAL),
            Field.nullable("real", DataType.DOUBLE),
            Field.nullable("truth", DataType.BOOLEAN),
            Field.nullable("text", DataType.VARCHAR));

    private static final DataType INTEGERS = new DataType.ArrayType(DataType.INTEGER, true);
    private static final DataType DOUBLES = new DataType.ArrayType(DataType.DOUBLE, false);
    private static final DataType PAIRS = new DataType.ArrayType(
            RowType.of(Field.nullable("value", DataType.INTEGER), Field.required("count", DataType.BIGINT)), false);

    private static final List<AggregateCall> CALLS = List.of(
            Scenario.count(),
            call(AggregateFunction.COUNT, 1, DataType.BIGINT),
            call(AggregateFunction.SUM, 1, DataType.BIGINT),
            call(AggregateFunction.AVG, 1, DataType.INTEGER),
            call(AggregateFunction.SUM, 2, new DataType.DecimalType(20, 2)),
            call(AggregateFunction.AVG, 2, new DataType.DecimalType(14, 4)),
            call(AggregateFunction.MIN, 2, DECIMAL),
            call(AggregateFunction.MAX, 1, DataType.INTEGER),
            call(AggregateFunction.MIN, 5, DataType.VARCHAR),
            call(AggregateFunction.EVERY, 4, DataType.BOOLEAN),
            call(AggregateFunction.SOME, 4, DataType.BOOLEAN),
            new AggregateCall(AggregateFunction.COUNT, List.of(5), true, -1, DataType.BIGINT, false),
            new AggregateCall(AggregateFunction.COUNT, List.of(1, 4), true, -1, DataType.BIGINT, false),
            new AggregateCall(AggregateFunction.SUM, List.of(1), true, 4, DataType.BIGINT, true),
            call(AggregateFunction.SUM, 3, DataType.DOUBLE),
            call(AggregateFunction.VAR_POP, 3, DataType.DOUBLE),
            call(AggregateFunction.STDDEV_SAMP, 3, DataType.DOUBLE),
            call(AggregateFunction.COUNT_IF, 4, DataType.BIGINT),
            call(AggregateFunction.BIT_AND, 1, DataType.INTEGER),
            call(AggregateFunction.BIT_OR, 1, DataType.INTEGER),
            call(AggregateFunction.BIT_XOR, 1, DataType.INTEGER),
            pair(AggregateFunction.ARG_MIN, 5, 2, DataType.VARCHAR),
            pair(AggregateFunction.ARG_MAX, 5, 2, DataType.VARCHAR),
            collect(AggregateFunction.STRING_AGG, List.of(5), ",", ascending(1), false, DataType.VARCHAR),
            collect(AggregateFunction.STRING_AGG, List.of(5), "-", ascending(5), true, DataType.VARCHAR),
            collect(AggregateFunction.STRING_AGG, List.of(5), "+", List.of(), true, DataType.VARCHAR),
            collect(AggregateFunction.ARRAY_AGG, List.of(1), null, descending(1), false, INTEGERS),
            collect(AggregateFunction.ARRAY_AGG, List.of(1), null, ascending(1), true, INTEGERS),
            collect(AggregateFunction.PERCENTILE_CONT, List.of(), 0.25, ascending(3), false, DataType.DOUBLE),
            collect(AggregateFunction.PERCENTILE_CONT, List.of(), 0.5, ascending(2), true, DataType.DOUBLE),
            collect(AggregateFunction.PERCENTILE_DISC, List.of(), 0.75, descending(5), false, DataType.VARCHAR),
            collect(AggregateFunction.MODE, List.of(), null, ascending(1), false, DataType.INTEGER),
            pair(AggregateFunction.COVAR_POP, 1, 3, DataType.DOUBLE),
            pair(AggregateFunction.COVAR_SAMP, 1, 3, DataType.DOUBLE),
            pair(AggregateFunction.CORR, 1, 3, DataType.DOUBLE),
            pair(AggregateFunction.REGR_COUNT, 1, 3, DataType.BIGINT),
            pair(AggregateFunction.REGR_SLOPE, 1, 3, DataType.DOUBLE),
            pair(AggregateFunction.REGR_INTERCEPT, 1, 3, DataType.DOUBLE),
            pair(AggregateFunction.REGR_R2, 1, 3, DataType.DOUBLE),
            call(AggregateFunction.SKEWNESS, 3, DataType.DOUBLE),
            call(AggregateFunction.KURTOSIS, 3, DataType.DOUBLE),
            call(AggregateFunction.APPROX_COUNT_DISTINCT, 5, DataType.BIGINT),
            collect(AggregateFunction.APPROX_PERCENTILE, List.of(3), 0.5, List.of(), false, DataType.DOUBLE),
            collect(AggregateFunction.APPROX_QUANTILES, List.of(1), 4, List.of(), false, DOUBLES),
            collect(AggregateFunction.APPROX_TOP_K, List.of(1), 2, List.of(), false, PAIRS));

    private static AggregateCall pair(AggregateFunction function, int first, int second, DataType type) {
        return new AggregateCall(function, List.of(first, second), false, AggregateCall.NO_FILTER, type, true);
    }

    private static AggregateCall collect(
            AggregateFunction function,
            List<Integer> arguments,
            @Nullable Object constant,
            List<SortKey> order,
            boolean distinct,
            DataType type) {
        List<Expression.Literal> constants =
                constant == null ? List.of() : List.of(new Expression.Literal(constant, DataType.VARCHAR));
        return new AggregateCall(function, arguments, constants, order, distinct, AggregateCall.NO_FILTER, type, true);
    }

    private static List<SortKey> ascending(int column) {
        return List.of(new SortKey(column, false, false));
    }

    private static List<SortKey> descending(int column) {
        return List.of(new SortKey(column, true, true));
    }

    /** The functions of all values of a group, each computed as its definition says. */
    private static List<@Nullable Object> expectedOfAll(List<List<@Nullable Object>> rows) {
        List<Integer> whole = column(rows, 1);
        List<Integer> wholeSorted = whole.stream().sorted().toList();
        List<Double> real =
                GroupStateTest.<Double>column(rows, 3).stream().sorted().toList();
        List<String> text =
                GroupStateTest.<String>column(rows, 5).stream().sorted().toList();
        List<String> distinctText = text.stream().distinct().toList();
        List<List<@Nullable Object>> both = rows.stream()
                .filter(row -> row.get(5) != null && row.get(2) != null)
                .sorted(Comparator.comparing((List<@Nullable Object> row) -> (BigDecimal) row.get(2))
                        .thenComparing(row -> (String) row.get(5)))
                .toList();
        List<BigDecimal> distinctExact = GroupStateTest.<BigDecimal>column(rows, 2).stream()
                .sorted()
                .distinct()
                .toList();
        List<@Nullable Object> nullsFirst = new ArrayList<>(Collections.nCopies(rows.size() - whole.size(), null));
        nullsFirst.addAll(wholeSorted.reversed());
        List<@Nullable Object> nullsLast =
                new ArrayList<>(wholeSorted.stream().distinct().toList());
        nullsLast.addAll(Collections.nCopies(Math.min(1, rows.size() - whole.size()), null));
        List<@Nullable Object> expected = new ArrayList<>(Arrays.asList(
                GroupStateTest.<Boolean>column(rows, 4).stream().filter(b -> b).count(),
                whole.stream().reduce((a, b) -> a & b).orElse(null),
                whole.stream().reduce((a, b) -> a | b).orElse(null),
                whole.stream().reduce((a, b) -> a ^ b).orElse(null),
                both.isEmpty() ? null : both.getFirst().get(5),
                both.isEmpty() ? null : both.getLast().get(5),
                text.isEmpty() ? null : joinedByWhole(rows),
                text.isEmpty() ? null : String.join("-", distinctText),
                text.isEmpty() ? null : String.join("+", distinctText),
                rows.isEmpty() ? null : nullsFirst,
                rows.isEmpty() ? null : nullsLast,
                real.isEmpty() ? null : between(real, 0.25),
                distinctExact.isEmpty()
                        ? null
                        : between(
                                distinctExact.stream()
                                        .map(BigDecimal::doubleValue)
                                        .toList(),
                                0.5),
                text.isEmpty() ? null : text.reversed().get((int) Math.ceil(0.75 * text.size()) - 1),
                whole.isEmpty() ? null : frequent(wholeSorted).getFirst().getFirst()));
        expected.addAll(expectedOfPairs(rows));
        expected.addAll(expectedMoments(real));
        expected.add((long) distinctText.size());
        expected.add(real.isEmpty() ? null : real.get((int) Math.ceil(0.5 * real.size()) - 1));
        expected.add(
                whole.isEmpty()
                        ? null
                        : IntStream.rangeClosed(0, 4)
                                .mapToObj(i -> (double) wholeSorted.get(
                                        Math.max(0, (int) Math.ceil(i / 4.0 * whole.size()) - 1)))
                                .toList());
        expected.add(
                whole.isEmpty() ? null : frequent(wholeSorted).stream().limit(2).toList());
        return expected;
    }

    private static String joinedByWhole(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .filter(row -> row.get(5) != null)
                .sorted(Comparator.comparing(
                                (List<@Nullable Object> row) -> (Integer) row.get(1),
                                Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(row -> (String) row.get(5)))
                .map(row -> (String) row.get(5))
                .collect(Collectors.joining(","));
    }

    private static double between(List<Double> sorted, double share) {
        double place = share * (sorted.size() - 1);
        int below = (int) place;
        double high = sorted.get(Math.min(sorted.size() - 1, below + 1));
        return sorted.get(below) + (place - below) * (high - sorted.get(below));
    }

    /** Returns values and counts, the most frequent first, of equally frequent ones the least. */
    private static List<List<Object>> frequent(List<Integer> values) {
        Map<Integer, Long> counts = new TreeMap<>();
        values.forEach(value -> counts.merge(value, 1L, Long::sum));
        return counts.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue()))
                .map(entry -> List.<Object>of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<@Nullable Object> expectedOfPairs(List<List<@Nullable Object>> rows) {
        List<double[]> pairs = rows.stream()
                .filter(row -> row.get(1) != null && row.get(3) != null)
                .map(row -> new double[] {(Integer) row.get(1), (Double) row.get(3)})
                .toList();
        int n = pairs.size();
        double y = pairs.stream().mapToDouble(p -> p[0]).average().orElse(0);
        double x = pairs.stream().mapToDouble(p -> p[1]).average().orElse(0);
        double yy = pairs.stream().mapToDouble(p -> (p[0] - y) * (p[0] - y)).sum();
        double xx = pairs.stream().mapToDouble(p -> (p[1] - x) * (p[1] - x)).sum();
        double xy = pairs.stream().mapToDouble(p -> (p[0] - y) * (p[1] - x)).sum();
        boolean line = n > 0 && xx > 1e-9;
        return Arrays.asList(
                n == 0 ? null : xy / n,
                n < 2 ? null : xy / (n - 1),
                line && yy > 1e-9 ? xy / Math.sqrt(xx * yy) : null,
                (long) n,
                line ? xy / xx : null,
                line ? y - xy / xx * x : null,
                line ? (yy < 1e-9 ? 1 : xy * xy / (xx * yy)) : null);
    }

    private static List<@Nullable Object> expectedMoments(List<Double> values) {
        double n = values.size();
        double mean = values.stream().mapToDouble(d -> d).average().orElse(0);
        double second = values.stream().mapToDouble(d -> Math.pow(d - mean, 2)).sum() / n;
        double third = values.stream().mapToDouble(d -> Math.pow(d - mean, 3)).sum() / n;
        double fourth = values.stream().mapToDouble(d -> Math.pow(d - mean, 4)).sum() / n;
        return Arrays.asList(
                n < 3 || second < 1e-9 ? null : Math.sqrt(n * (n - 1)) / (n - 2) * third / Math.pow(second, 1.5),
                n < 4 || second < 1e-9
                        ? null
                        : (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (fourth / second / second - 3) + 6));
    }

    @Test
    void rowsInAnyBatchesAndPanesAddUp() {
        for (long seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            List<List<@Nullable Object>> rows = randomRows(random, random.nextInt(200));
            List<GroupState> panes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                panes.add(new GroupState(INPUT, List.of(0), CALLS, false, new InterpretedExpressions()));
            }
            for (int from = 0; from < rows.size(); ) {
                int to = Math.min(rows.size(), from + 1 + random.nextInt(20));
                add(panes.get(random.nextInt(3)), rows.subList(from, to), null);
                from = to;
            }
            GroupState whole = restarted(panes.getFirst(), false);
            whole.merge(panes.get(1));
            whole.merge(panes.get(2));
            compare(whole, rows, "seed " + seed);
        }
    }

    @Test
    void rowsThatGoLeaveNoTrace() {
        for (long seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            GroupState state = new GroupState(INPUT, List.of(0), CALLS, true, new InterpretedExpressions());
            List<List<@Nullable Object>> present = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                List<List<@Nullable Object>> batch = new ArrayList<>(randomRows(random, random.nextInt(20)));
                int came = batch.size();
                present.addAll(batch);
                Collections.shuffle(present, random);
                List<List<@Nullable Object>> going = present.subList(0, random.nextInt(present.size() + 1));
                batch.addAll(going);
                going.clear();
                int[] weights = new int[batch.size()];
                Arrays.fill(weights, 0, came, 1);
                Arrays.fill(weights, came, weights.length, -1);
                add(state, batch, weights);
                if (random.nextInt(4) == 0) {
                    state = restarted(state, true);
                }
                compare(state, present, "seed " + seed + " round " + round);
            }
        }
    }

    private static void add(GroupState state, List<List<@Nullable Object>> rows, int @Nullable [] weights) {
        RowBatch batch = RowBatch.create(INPUT, rows.size());
        rows.forEach(row -> JavaValues.append(batch, row));
        batch.weights(weights);
        GroupedRows grouped = new GroupedRows();
        grouped.of(batch, 0);
        state.find(grouped);
        state.add(grouped);
    }

    private static GroupState restarted(GroupState state, boolean updating) {
        StateWriter out = new StateWriter();
        state.save(out);
        GroupState copy = new GroupState(INPUT, List.of(0), CALLS, updating, new InterpretedExpressions());
        StateReader in = new StateReader(out.toByteArray());
        copy.load(in);
        assertThat(in.atEnd()).isTrue();
        return copy;
    }

    private static void compare(GroupState state, List<List<@Nullable Object>> rows, String what) {
        Map<@Nullable Object, List<List<@Nullable Object>>> groups = new HashMap<>();
        rows.forEach(row ->
                groups.computeIfAbsent(row.getFirst(), k -> new ArrayList<>()).add(row));
        RowType type = Scenario.outputs(INPUT, List.of(0), false, CALLS);
        int seen = 0;
        for (int group = 0; group < state.table().size(); group++) {
            if (state.table().live(group) && state.hasRows(group)) {
                RowBatch out = RowBatch.create(type, 1);
                state.write(group, out, 0, 1);
                out.size(1);
                List<@Nullable Object> actual = JavaValues.row(out, 0);
                List<List<@Nullable Object>> members = groups.get(actual.getFirst());
                assertThat(members).as(what).isNotNull();
                compareRow(actual.subList(1, actual.size()), expected(members), what);
                seen++;
            }
        }
        assertThat(seen).as(what).isEqualTo(groups.size());
    }

    private static void compareRow(List<@Nullable Object> actual, List<@Nullable Object> expected, String what) {
        for (int i = 0; i < expected.size(); i++) {
            if (expected.get(i) instanceof Double number) {
                assertThat((Double) actual.get(i))
                        .as("%s, %s", what, CALLS.get(i))
                        .isNotNull()
                        .isCloseTo(number, within(1e-9 * Math.max(1, Math.abs(number))));
            } else {
                assertThat(actual.get(i)).as("%s, %s", what, CALLS.get(i)).isEqualTo(expected.get(i));
            }
        }
    }

    private static List<@Nullable Object> expected(List<List<@Nullable Object>> rows) {
        List<Integer> whole = column(rows, 1);
        List<BigDecimal> exact = column(rows, 2);
        List<Double> real = column(rows, 3);
        List<Boolean> truth = column(rows, 4);
        List<String> text = column(rows, 5);
        long sum = whole.stream().mapToLong(Integer::longValue).sum();
        BigDecimal exactSum = exact.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        double realSum = real.stream().mapToDouble(d -> d).sum();
        double mean = realSum / real.size();
        double squares = real.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum();
        long pairs = rows.stream()
                .filter(row -> row.get(1) != null && row.get(4) != null)
                .map(row -> List.of(row.get(1), row.get(4)))
                .distinct()
                .count();
        List<Integer> distinctTrue = rows.stream()
                .filter(row -> Boolean.TRUE.equals(row.get(4)))
                .map(row -> (Integer) row.get(1))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        List<@Nullable Object> expected = new ArrayList<>(Arrays.asList(
                (long) rows.size(),
                (long) whole.size(),
                whole.isEmpty() ? null : sum,
                whole.isEmpty() ? null : (int) (sum / whole.size()),
                exact.isEmpty() ? null : exactSum.setScale(2),
                exact.isEmpty()
                        ? null
                        : exactSum.divide(BigDecimal.valueOf(exact.size()), 4, java.math.RoundingMode.HALF_UP),
                exact.stream().min(BigDecimal::compareTo).orElse(null),
                whole.stream().max(Integer::compare).orElse(null),
                text.stream().min(String::compareTo).orElse(null),
                truth.isEmpty() ? null : !truth.contains(false),
                truth.isEmpty() ? null : truth.contains(true),
                text.stream().distinct().count(),
                pairs,
                distinctTrue.isEmpty()
                        ? null
                        : distinctTrue.stream().mapToLong(i -> i).sum(),
                real.isEmpty() ? null : realSum,
                real.isEmpty() ? null : squares / real.size(),
                real.size() < 2 ? null : Math.sqrt(squares / (real.size() - 1))));
        expected.addAll(expectedOfAll(rows));
        return expected;
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> column(List<List<@Nullable Object>> rows, int column) {
        Stream<T> values = rows.stream().map(row -> (T) row.get(column)).filter(Objects::nonNull);
        return values.toList();
    }

    private static List<List<@Nullable Object>> randomRows(Random random, int count) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(Arrays.asList(
                    random.nextInt(6) == 0 ? null : "k" + random.nextInt(4),
                    random.nextInt(6) == 0 ? null : (Integer) (random.nextInt(11) - 5),
                    random.nextInt(6) == 0 ? null : BigDecimal.valueOf(random.nextInt(1000) - 500, 2),
                    random.nextInt(6) == 0 ? null : (Double) (random.nextInt(100) / 8.0),
                    random.nextInt(6) == 0 ? null : (Boolean) random.nextBoolean(),
                    random.nextInt(6) == 0 ? null : "text " + random.nextInt(7)));
        }
        return rows;
    }

    @Test
    void sumsBeyondALongAreExactAndReportedWhereTheyDoNotFit() {
        RowType type = RowType.of(Field.required("n", DataType.BIGINT));
        AggregateCall wide = call(AggregateFunction.SUM, 0, new DataType.DecimalType(38, 0));
        AggregateCall average = call(AggregateFunction.AVG, 0, DataType.BIGINT);
        GroupState state = new GroupState(type, List.of(), List.of(wide, average), false, new InterpretedExpressions());
        RowBatch batch = RowBatch.create(type, 3);
        for (int i = 0; i < 3; i++) {
            JavaValues.append(batch, List.of(Long.MAX_VALUE));
        }
        GroupedRows rows = new GroupedRows();
        rows.of(batch, 0);
        state.find(rows);
        state.add(rows);
        RowBatch out = RowBatch.create(Scenario.outputs(type, List.of(), false, List.of(wide, average)), 1);
        state.write(0, out, 0, 0);
        out.size(1);
        assertThat(JavaValues.row(out, 0))
                .containsExactly(BigDecimal.valueOf(Long.MAX_VALUE).multiply(BigDecimal.valueOf(3)), Long.MAX_VALUE);
    }
}
