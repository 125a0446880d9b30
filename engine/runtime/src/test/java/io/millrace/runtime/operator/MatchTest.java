package io.millrace.runtime.operator;

import static io.millrace.runtime.Scenario.ARRIVAL;
import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.AfterMatch;
import io.millrace.plan.MatchValue;
import io.millrace.plan.MatchedRows;
import io.millrace.plan.PatternVariable;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowPattern;
import io.millrace.plan.RowPlace;
import io.millrace.plan.RowsPerMatch;
import io.millrace.plan.SortKey;
import io.millrace.plan.StateTtl;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.Scenario;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySink.WeightedRow;
import io.millrace.testing.connector.MemorySource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MatchTest {

    private static final long BUDGET = 300_000;
    private static final int TRIALS = Integer.getInteger("match.trials", 1_500);

    @Test
    void findsWhatTryingAllWaysInOrderFinds() {
        int notEmpty = 0;
        for (long seed = 1; seed <= TRIALS; seed++) {
            Random random = new Random(seed);
            PlanNode.Match match = new RandomMatches(random, random.nextBoolean(), true).next();
            List<List<@Nullable Object>> rows = randomRows(random, 20);
            MatchOracle.Answer expected = MatchOracle.answer(match, rows, BUDGET);
            if (expected == null) {
                continue;
            }
            List<String> rejected = new ArrayList<>();
            Map<String, Integer> found = answer(match, rows, rejected);
            if (rejected.stream().anyMatch(reason -> reason.contains("were given up"))) {
                continue;
            }
            assertThat(found).as("seed %s of %s over %s", seed, match, rows).isEqualTo(expected.rows());
            assertThat(rejected).as("rejected rows, seed %s", seed).hasSize(expected.failures());
            notEmpty += expected.rows().isEmpty() ? 0 : 1;
        }
        assertThat(notEmpty).as("answers that have rows").isGreaterThan(TRIALS / 2);
    }

    /** One step over all rows whose answer is not cut by the first failure. */
    private static Map<String, Integer> answer(
            PlanNode.Match match, List<List<@Nullable Object>> rows, List<String> rejected) {
        Scenario scenario = new Scenario();
        MemorySource source = scenario.source("ticks", "0");
        rows.forEach(row -> source.add("0", row.toArray()));
        Plan plan = new Plan(match, false, -1);
        List<WeightedRow> answer = new ArrayList<>();
        try (OperatorTree tree = OperatorTree.create(plan, scenario.environment())) {
            tree.scans().forEach(scan -> scan.start(io.millrace.runtime.StartPosition.EARLIEST, 0));
            StepPlan step = new StepPlanner(tree, scenario.environment(), 1000, -1, 0).plan(1, Operator.NO_BOUND);
            tree.root()
                    .begin(new Step(
                            step,
                            scenario.environment().contextAt(0),
                            entry -> rejected.add(entry.reason()),
                            () -> false,
                            false));
            for (RowBatch batch = tree.root().next();
                    batch != null;
                    batch = tree.root().next()) {
                answer.addAll(MemorySink.rowsOf(batch));
            }
        }
        return Scenario.integrate(answer);
    }

    @Test
    void theStreamFindsWhatTheBoundedQueryFindsHoweverItsRowsCome() {
        for (long seed = 1; seed <= TRIALS / 3; seed++) {
            Random random = new Random(seed);
            PlanNode.Match match = withoutFailures(random);
            List<List<@Nullable Object>> rows = randomRows(random, 60);
            new OperatorContract("match, seed " + seed + " " + match, Scenario.endless(match), rows).verify(random);
        }
    }

    @Test
    void aMatchComesWithTheRowThatDecides() {
        StepDriver driver = rises(MatchedRows.ANY_TIME);
        tick(1, "A", 1);
        tick(2, "A", 2);
        ticks.promise("0", 3);
        assertThat(driver.step()).isEmpty();
        assertThat(driver.bound(0)).isEqualTo(1);
        driver.restart();
        assertThat(driver.bound(0)).isEqualTo(1);
        tick(4, "A", 0);
        ticks.promise("0", 5);
        assertThat(driver.step()).containsExactly("+1 2 2");
        assertThat(driver.bound(0)).isEqualTo(4);
    }

    @Test
    void timeDecidesWhereAMatchMayNotLastLonger() {
        StepDriver driver = rises(10);
        tick(1, "A", 1);
        tick(2, "A", 2);
        ticks.promise("0", 11);
        assertThat(driver.step()).isEmpty();
        ticks.promise("0", 12);
        assertThat(driver.step()).containsExactly("+1 2 2");
        assertThat(driver.bound(0)).isEqualTo(12);
    }

    @Test
    void aRowBehindWhatWasTakenIsLate() {
        StepDriver driver = rises(10);
        tick(5, "A", 1);
        ticks.promise("0", 6);
        driver.step();
        tick(4, "A", 2);
        tick(6, "A", 2);
        ticks.promise("0", 30);
        assertThat(driver.step()).containsExactly("+1 6 2");
        assertThat(driver.late()).isEqualTo(1);
    }

    @Test
    void partitionsWithoutAnOpenMatchAreForgotten() {
        StepDriver driver = rises(10);
        for (int i = 0; i < 10_000; i++) {
            tick(i, "T" + i, i);
            ticks.promise("0", i + 1);
            driver.step();
        }
        assertThat(driver.stateBytes()).isLessThan(5_000);
    }

    @Test
    void aPartitionWithoutRowsForTooLongEndsAndIsForgotten() {
        Plan plan = new Plan(rising(MatchedRows.ANY_TIME), true, -1, new StateTtl(60_000_000, Map.of()));
        StepDriver driver = new StepDriver(plan, scenario);
        for (int i = 0; i < 1_000; i++) {
            tick(2 * i, "T" + i, 1);
            tick(2 * i + 1, "T" + i, i % 2);
        }
        tick(2_000, "T8", 5);
        ticks.promise("0", 2_001);
        for (int i = 0; i < 3; i++) {
            assertThat(driver.step()).isEmpty();
        }
        int before = driver.stateBytes();
        driver.restart();
        scenario.clock().advance(61_000_000L);
        tick(2_002, "Z", 3);
        ticks.promise("0", 2_003);
        assertThat(driver.step()).containsExactly("+1 2000 2");
        assertThat(driver.stateBytes()).isLessThan(before / 2);
        assertThat(driver.bound(0)).isEqualTo(2_002);
    }

    @Test
    void aMatchThatStaysOpenForTooManyRowsIsGivenUp() {
        StepDriver driver = rises(MatchedRows.ANY_TIME);
        for (int i = 0; i <= MatchedRows.ROWS_MAX; i++) {
            tick(i, "A", i);
        }
        ticks.promise("0", MatchedRows.ROWS_MAX + 1);
        while (driver.rejected().isEmpty()) {
            assertThat(driver.step()).isEmpty();
        }
        assertThat(driver.rejected().getFirst()).contains("given up", "100000 rows");
        assertThat(driver.stateBytes()).isLessThan(3_000);
        tick(200_000, "A", 5);
        tick(200_001, "A", 6);
        tick(200_002, "A", 0);
        ticks.promise("0", 200_003);
        assertThat(driver.step()).containsExactly("+1 200001 2");
    }

    /** Fifty times "nothing or a row", then fifty rows: trying all ways takes longer than anybody can wait. */
    @Test
    void aPatternOfManyWaysCostsWhatItIsLong() {
        RowPattern maybe = new RowPattern.Quantified(new RowPattern.Variable(0), 0, 1, false);
        RowPattern pattern = new RowPattern.Sequence(List.of(
                new RowPattern.Quantified(maybe, 50, 50, false),
                new RowPattern.Quantified(new RowPattern.Variable(0), 50, 50, false),
                new RowPattern.Variable(1)));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            rows.add(Arrays.asList(at(i), "A", i % 99 == 0 ? -1L : 1L, 1.0));
        }
        Expression own = new Column(0, DataType.BIGINT, true);
        Literal none = new Literal(0L, DataType.BIGINT);
        PlanNode.Match match = match(
                pattern,
                MatchedRows.ANY_TIME,
                new PatternVariable("A", greater(own, none), List.of(amount(0))),
                new PatternVariable("B", greater(none, own), List.of(amount(1))));
        assertThat(answer(match, rows, new ArrayList<>())).hasSize(10);
    }

    /** Two ways to map the same rows to the same variable are one, whatever conditions look back at. */
    @Test
    void waysThatMapTheSameRowsAreOne() {
        RowPattern any = new RowPattern.Alternation(List.of(
                new RowPattern.Variable(0),
                new RowPattern.Sequence(List.of(new RowPattern.Variable(0), new RowPattern.Variable(0))),
                new RowPattern.Variable(0)));
        RowPattern pattern = new RowPattern.Sequence(
                List.of(new RowPattern.Quantified(any, 0, RowPattern.UNLIMITED, true), new RowPattern.Variable(1)));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(Arrays.asList(at(i), "A", i == 199 ? -1L : 1L, 1.0));
        }
        Expression first = new Column(0, DataType.BIGINT, true);
        MatchValue counted = new MatchValue.Aggregated(count(), List.of(0), false);
        MatchValue before = new MatchValue.Classifier(new RowPlace(List.of(0), false, 0, -1, false), DataType.VARCHAR);
        Literal none = new Literal(0L, DataType.BIGINT);
        PlanNode.Match match = match(
                pattern,
                MatchedRows.ANY_TIME,
                new PatternVariable("A", greater(first, none), List.of(counted, before)),
                new PatternVariable("B", greater(none, first), List.of(amount(1))));
        List<String> rejected = new ArrayList<>();
        assertThat(answer(match, rows, rejected)).containsExactly(Map.entry("199 200", 1));
        assertThat(rejected).isEmpty();
    }

    private final Scenario scenario = new Scenario();
    private final MemorySource ticks = scenario.source("ticks", "0");

    private void tick(long time, String ticker, long amount) {
        ticks.add("0", at(time), ticker, amount, 1.0);
    }

    /** A pattern of which the time of the last row and the number of rows come. */
    private static PlanNode.Match match(RowPattern pattern, long within, PatternVariable... variables) {
        MatchValue count = new MatchValue.Aggregated(count(), List.of(0, 1), false);
        List<MatchValue> values = List.of(new MatchValue.Here(0, DataType.TIMESTAMP), count);
        return new PlanNode.Match(
                "match",
                scan("ticks", ARRIVAL),
                RowType.of(Field.nullable("at", DataType.TIMESTAMP), Field.required("n", DataType.BIGINT)),
                List.of(1),
                List.of(new SortKey(0, false, false)),
                new MatchedRows(
                        pattern,
                        false,
                        false,
                        within,
                        List.of(variables),
                        RowsPerMatch.ONE,
                        new AfterMatch(AfterMatch.Target.PAST_LAST_ROW, List.of())),
                List.of(),
                values,
                List.of(new Column(0, DataType.TIMESTAMP, true), new Column(1, DataType.BIGINT, false)));
    }

    /** {@code A B+}, B above the first row. */
    private StepDriver rises(long within) {
        return new StepDriver(Scenario.endless(rising(within)), scenario);
    }

    private static PlanNode.Match rising(long within) {
        RowPattern pattern = new RowPattern.Sequence(List.of(
                new RowPattern.Variable(0),
                new RowPattern.Quantified(new RowPattern.Variable(1), 1, RowPattern.UNLIMITED, false)));
        PatternVariable above = new PatternVariable(
                "B",
                greater(new Column(0, DataType.BIGINT, true), new Column(1, DataType.BIGINT, true)),
                List.of(amount(1), amount(0)));
        return match(pattern, within, new PatternVariable("A", null, List.of()), above);
    }

    private static MatchValue amount(int variable) {
        return new MatchValue.At(new RowPlace(List.of(variable), false, 0, 0, false), 2, DataType.BIGINT);
    }

    private static Expression greater(Expression left, Expression right) {
        return new Call(ScalarFunction.GREATER, List.of(left, right), DataType.BOOLEAN, true);
    }

    /** A bounded query fails with the first row that fails, and an endless one goes on. */
    private static PlanNode.Match withoutFailures(Random random) {
        PlanNode.Match match = new RandomMatches(random, random.nextBoolean(), false).next();
        while (match.rows().after().target().ordinal() > 1) {
            match = new RandomMatches(random, random.nextBoolean(), false).next();
        }
        return match;
    }

    private static List<List<@Nullable Object>> randomRows(Random random, int most) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        long time = random.nextInt(50) - 25;
        for (int i = random.nextInt(most); i >= 0; i--) {
            time += random.nextInt(random.nextInt(20) == 0 ? 40 : 4);
            rows.add(Arrays.asList(
                    at(time),
                    random.nextInt(8) == 0 ? null : "T" + random.nextInt(2),
                    random.nextInt(8) == 0 ? null : (Long) (long) (random.nextInt(9) - 4),
                    1.0));
        }
        return rows;
    }
}
