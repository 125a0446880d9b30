package io.millrace.runtime.operator;

import static io.millrace.runtime.Scenario.ARRIVAL;
import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.call;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.endless;
import static io.millrace.runtime.Scenario.eventTime;
import static io.millrace.runtime.Scenario.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Frame;
import io.millrace.plan.OverCall;
import io.millrace.plan.OverCall.Aggregated;
import io.millrace.plan.OverCall.Picked;
import io.millrace.plan.OverCall.Ranked;
import io.millrace.plan.OverCall.Ranking;
import io.millrace.plan.OverCall.Shifted;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.plan.SortKey;
import io.millrace.plan.StateTtl;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.UserTotal;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.MemorySource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverTest {

    private static final Frame RUNNING = new Frame(true, Frame.FIRST, 0);
    private static final Frame TWO_BEFORE = new Frame(false, -2, 0);
    private static final Frame TEN_MICROS = new Frame(true, -10, 0);

    private final Scenario scenario = new Scenario();
    private final MemorySource ticks = scenario.source("ticks", "0");

    private void tick(long time, String ticker, long amount) {
        ticks.add("0", at(time), ticker, amount, 1.0);
    }

    private StepDriver driver(Rowtime rowtime, OverCall... calls) {
        return new StepDriver(endless(over(rowtime, List.of(1), calls)), scenario);
    }

    @Test
    void aRowIsGivenOnceTheBoundHasPassedItsTime() {
        StepDriver driver = driver(ARRIVAL, new Aggregated(count(), RUNNING));
        tick(1, "A", 5);
        tick(2, "A", 7);
        tick(2, "A", 8);
        ticks.promise("0", 2);
        assertThat(driver.step()).containsExactly("+1 1 A 5 1.0 1");
        assertThat(driver.bound(0)).isEqualTo(2);
        ticks.promise("0", 3);
        assertThat(driver.step()).containsExactly("+1 2 A 7 1.0 3", "+1 2 A 8 1.0 3");
        assertThat(driver.step()).isEmpty();
    }

    @Test
    void aFrameThatReachesAheadHoldsTheRowBackAndTheBoundWithIt() {
        StepDriver driver = driver(ARRIVAL, new Aggregated(count(), new Frame(true, 0, 5)));
        tick(10, "A", 1);
        tick(15, "A", 2);
        tick(16, "A", 3);
        ticks.promise("0", 15);
        assertThat(driver.step()).isEmpty();
        assertThat(driver.bound(0)).isEqualTo(10);
        ticks.promise("0", 16);
        assertThat(driver.step()).containsExactly("+1 10 A 1 1.0 2");
        assertThat(driver.bound(0)).isEqualTo(15);
    }

    @Test
    void aRowBehindWhatWasGivenIsLate() {
        StepDriver driver = driver(eventTime(5, 1_000), new Aggregated(count(), TEN_MICROS));
        tick(1, "A", 1);
        tick(20, "A", 2);
        assertThat(driver.step()).containsExactly("+1 1 A 1 1.0 1");
        tick(9, "A", 3);
        tick(16, "A", 4);
        tick(30, "A", 5);
        assertThat(driver.step()).containsExactly("+1 16 A 4 1.0 1", "+1 20 A 2 1.0 2");
        assertThat(driver.late()).isEqualTo(1);
    }

    @Test
    void partitionsThatNoFrameSeesAnyMoreAreForgotten() {
        StepDriver driver =
                driver(ARRIVAL, new Aggregated(call(AggregateFunction.SUM, 2, DataType.BIGINT), TEN_MICROS));
        for (int i = 0; i < 10_000; i++) {
            tick(i, "T" + i, i);
            ticks.promise("0", i + 1);
            driver.step();
        }
        assertThat(driver.stateBytes()).isLessThan(3_000);
    }

    @Test
    void partitionsWithoutRowsForTooLongAreForgotten() {
        Plan plan = new Plan(
                over(ARRIVAL, List.of(1), new Aggregated(count(), RUNNING)),
                true,
                -1,
                new StateTtl(60_000_000, Map.of()));
        StepDriver driver = new StepDriver(plan, scenario);
        for (int i = 0; i < 1_000; i++) {
            tick(i, "T" + i, i);
        }
        ticks.promise("0", 1_000);
        assertThat(driver.step()).hasSize(1_000);
        int before = driver.stateBytes();
        scenario.clock().advance(50_000_000L);
        tick(1_000, "T7", 1);
        ticks.promise("0", 1_001);
        assertThat(driver.step()).containsExactly("+1 1000 T7 1 1.0 2");
        driver.restart();
        scenario.clock().advance(50_000_000L);
        tick(1_001, "T7", 2);
        ticks.promise("0", 1_002);
        assertThat(driver.step()).containsExactly("+1 1001 T7 2 1.0 3");
        assertThat(driver.stateBytes()).isLessThan(before / 2);
        tick(1_002, "T8", 3);
        ticks.promise("0", 1_003);
        assertThat(driver.step()).containsExactly("+1 1002 T8 3 1.0 1");
    }

    @Test
    void anOverflowRejectsTheRowAndGoesOn() {
        StepDriver driver =
                driver(ARRIVAL, new Aggregated(call(AggregateFunction.SUM, 2, DataType.BIGINT), TWO_BEFORE));
        tick(1, "A", Long.MAX_VALUE);
        tick(2, "A", 1);
        tick(3, "A", -1);
        ticks.promise("0", Long.MAX_VALUE);
        assertThat(driver.step())
                .containsExactly(
                        "+1 1 A " + Long.MAX_VALUE + " 1.0 " + Long.MAX_VALUE, "+1 3 A -1 1.0 " + Long.MAX_VALUE);
        assertThat(driver.rejected()).hasSize(1);
    }

    /** Its last digit hangs on when rows leave, so it is not among those that are compared as text. */
    @Test
    void varianceOfAMovingFrame() {
        StepDriver driver =
                driver(ARRIVAL, new Aggregated(call(AggregateFunction.VAR_POP, 2, DataType.DOUBLE), TWO_BEFORE));
        long[] values = {4, -7, 1_000_000, 12, 12, 12, 3, 900, -5};
        for (int i = 0; i < values.length; i++) {
            tick(i, "A", values[i]);
        }
        ticks.promise("0", Long.MAX_VALUE);
        List<String> rows = driver.step();
        for (int i = 0; i < values.length; i++) {
            LongSummaryStatistics frame = new LongSummaryStatistics();
            double squares = 0;
            for (int j = Math.max(0, i - 2); j <= i; j++) {
                frame.accept(values[j]);
                squares += (double) values[j] * values[j];
            }
            double expected = squares / frame.getCount() - frame.getAverage() * frame.getAverage();
            String[] cells = rows.get(i).split(" ");
            assertThat(Double.parseDouble(cells[cells.length - 1])).isCloseTo(expected, within(1e-3));
        }
    }

    @Test
    void everyFunctionOverEveryFrame() {
        List<Frame> frames = List.of(
                RUNNING,
                new Frame(false, Frame.FIRST, 0),
                new Frame(Frame.Unit.RANGE, -7, 0, Frame.Exclusion.LATER),
                new Frame(Frame.Unit.RANGE, Frame.FIRST, 0, Frame.Exclusion.LATER),
                new Frame(false, Frame.FIRST, -2),
                TWO_BEFORE,
                new Frame(false, -4, -1),
                new Frame(false, 0, 0),
                new Frame(false, -1, 2),
                new Frame(false, 1, 3),
                new Frame(false, Frame.FIRST, 1),
                TEN_MICROS,
                new Frame(true, 0, 0),
                new Frame(true, -9, -3),
                new Frame(true, -3, 4),
                new Frame(true, 2, 6),
                new Frame(true, Frame.FIRST, 5));
        for (Frame frame : frames) {
            List<OverCall> calls = calls(frame);
            verify("one frame " + frame, over(ARRIVAL, List.of(1), calls.toArray(OverCall[]::new)));
            verify("one partition " + frame, over(ARRIVAL, List.of(), calls.toArray(OverCall[]::new)));
        }
        List<OverCall> all = new ArrayList<>();
        frames.forEach(frame -> all.addAll(calls(frame)));
        verify("all frames", over(ARRIVAL, List.of(1, 2), all.toArray(OverCall[]::new)));
    }

    @Test
    void placesAndNeighbours() {
        verify(
                "ranks",
                over(
                        ARRIVAL,
                        List.of(1),
                        new Ranked(Ranking.ROW_NUMBER, 0, DataType.BIGINT),
                        new Ranked(Ranking.RANK, 0, DataType.BIGINT),
                        new Ranked(Ranking.DENSE_RANK, 0, DataType.BIGINT)));
        for (boolean ignoreNulls : List.of(true, false)) {
            verify(
                    "lag",
                    over(
                            ARRIVAL,
                            List.of(1),
                            new Shifted(2, -1, Shifted.NULL, ignoreNulls, DataType.BIGINT),
                            new Shifted(1, -3, 1, ignoreNulls, DataType.VARCHAR),
                            new Shifted(3, 0, Shifted.NULL, ignoreNulls, DataType.DOUBLE)));
        }
    }

    @Test
    void rowsBehind() {
        for (boolean ignoreNulls : List.of(true, false)) {
            OverCall next = new Shifted(2, 1, Shifted.NULL, ignoreNulls, DataType.BIGINT);
            OverCall third = new Shifted(1, 3, 1, !ignoreNulls, DataType.VARCHAR);
            OverCall soon = new Aggregated(count(), new Frame(true, -3, 4));
            verify("next", over(ARRIVAL, List.of(1), next));
            verify("next of all", over(ARRIVAL, List.of(), next));
            verify("third", over(ARRIVAL, List.of(1), next, third));
            verify("third and soon", over(ARRIVAL, List.of(1), soon, third, next));
        }
    }

    @Test
    void aRowWaitsForTheRowsBehindItAndTheBoundWithIt() {
        StepDriver driver = driver(ARRIVAL, new Shifted(2, 2, Shifted.NULL, false, DataType.BIGINT));
        tick(1, "A", 5);
        tick(2, "B", 6);
        tick(3, "A", 7);
        tick(4, "B", 8);
        tick(5, "B", 9);
        ticks.promise("0", 6);
        assertThat(driver.step()).containsExactly("+1 2 B 6 1.0 9");
        assertThat(driver.bound(0)).isEqualTo(1);
        driver.restart();
        tick(7, "A", 10);
        ticks.promise("0", 8);
        assertThat(driver.step()).containsExactly("+1 1 A 5 1.0 10");
        assertThat(driver.bound(0)).isEqualTo(3);
        ticks.promise("0", Long.MAX_VALUE);
        assertThat(driver.step())
                .containsExactly("+1 3 A 7 1.0 null", "+1 4 B 8 1.0 null", "+1 5 B 9 1.0 null", "+1 7 A 10 1.0 null");
    }

    @Test
    void nullsAreNotCountedAmongTheRowsBehind() {
        StepDriver driver = driver(ARRIVAL, new Shifted(2, 1, Shifted.NULL, true, DataType.BIGINT));
        tick(1, "A", 5);
        ticks.add("0", at(2), "A", null, 1.0);
        ticks.promise("0", 3);
        assertThat(driver.step()).isEmpty();
        driver.restart();
        tick(3, "A", 7);
        ticks.promise("0", 4);
        assertThat(driver.step()).containsExactly("+1 1 A 5 1.0 7", "+1 2 A null 1.0 7");
    }

    @Test
    void rowsOfBusyPartitionsAreForgottenBehindOneThatWaits() {
        StepDriver driver = driver(ARRIVAL, new Shifted(2, 1, Shifted.NULL, false, DataType.BIGINT));
        tick(0, "quiet", 0);
        for (int i = 1; i < 20_000; i++) {
            tick(i, "busy", i);
            if (i % 100 == 0) {
                ticks.promise("0", i);
                driver.step();
            }
        }
        assertThat(driver.stateBytes()).isLessThan(6_000);
        assertThat(driver.bound(0)).isZero();
    }

    @Test
    void partitionsWithoutRowsForTooLongWaitNoLonger() {
        Plan plan = new Plan(
                over(ARRIVAL, List.of(1), new Shifted(2, 1, 2, false, DataType.BIGINT)),
                true,
                -1,
                new StateTtl(60_000_000, Map.of()));
        StepDriver driver = new StepDriver(plan, scenario);
        tick(1, "A", 5);
        tick(2, "B", 6);
        ticks.promise("0", 3);
        assertThat(driver.step()).isEmpty();
        scenario.clock().advance(50_000_000L);
        tick(3, "B", 7);
        ticks.promise("0", 4);
        assertThat(driver.step()).containsExactly("+1 2 B 6 1.0 7");
        driver.restart();
        scenario.clock().advance(20_000_000L);
        assertThat(driver.step()).containsExactly("+1 1 A 5 1.0 5");
        assertThat(driver.bound(0)).isEqualTo(3);
        tick(5, "A", 8);
        tick(6, "A", 9);
        ticks.promise("0", 7);
        assertThat(driver.step()).containsExactly("+1 5 A 8 1.0 9");
    }

    private static List<OverCall> calls(Frame frame) {
        List<OverCall> calls = new ArrayList<>();
        for (AggregateCall call : List.of(
                count(),
                call(AggregateFunction.COUNT, 2, DataType.BIGINT),
                call(AggregateFunction.SUM, 2, DataType.BIGINT),
                call(AggregateFunction.SUM0, 2, DataType.BIGINT),
                call(AggregateFunction.AVG, 3, DataType.DOUBLE),
                call(AggregateFunction.SUM, 3, DataType.DOUBLE),
                call(AggregateFunction.MIN, 2, DataType.BIGINT),
                call(AggregateFunction.MAX, 1, DataType.VARCHAR),
                new AggregateCall(
                        AggregateFunction.SUM, List.of(2), true, AggregateCall.NO_FILTER, DataType.BIGINT, true),
                UserTotal.call(1, 2, false, AggregateCall.NO_FILTER))) {
            calls.add(new Aggregated(call, frame));
        }
        for (boolean ignoreNulls : List.of(true, false)) {
            calls.add(new Picked(2, 1, ignoreNulls, frame, DataType.BIGINT));
            calls.add(new Picked(1, -1, ignoreNulls, frame, DataType.VARCHAR));
            if (frame.start() != Frame.FIRST) {
                calls.add(new Picked(2, 2, ignoreNulls, frame, DataType.BIGINT));
            }
        }
        return calls;
    }

    private static PlanNode.Over over(Rowtime rowtime, List<Integer> partition, OverCall... calls) {
        List<Field> fields = new ArrayList<>(Scenario.TICKS.fields());
        for (OverCall call : calls) {
            fields.add(new Field("c" + fields.size(), call.type(), call.nullable()));
        }
        return new PlanNode.Over(
                "over",
                scan("ticks", rowtime),
                new RowType(fields),
                partition,
                List.of(new SortKey(0, false, false)),
                List.of(calls));
    }

    private static void verify(String name, PlanNode root) {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            new OperatorContract(name + ", seed " + seed, endless(root), randomRows(random)).verify(random);
        }
    }

    private static List<List<@Nullable Object>> randomRows(Random random) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        long time = random.nextInt(50) - 25;
        for (int i = random.nextInt(60); i >= 0; i--) {
            time += random.nextInt(random.nextInt(20) == 0 ? 40 : 4);
            rows.add(Arrays.asList(
                    at(time),
                    random.nextInt(8) == 0 ? null : "T" + random.nextInt(3),
                    random.nextInt(4) == 0 ? null : (Long) (long) (random.nextInt(9) - 4),
                    random.nextInt(8) == 0 ? null : (Double) (random.nextInt(16) / 4.0)));
        }
        return rows;
    }
}
