package io.millrace.runtime.operator;

import static io.millrace.runtime.Scenario.ARRIVAL;
import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.call;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.endless;
import static io.millrace.runtime.Scenario.eventTime;
import static io.millrace.runtime.Scenario.scan;
import static io.millrace.runtime.Scenario.windows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Plan;
import io.millrace.plan.Rowtime;
import io.millrace.plan.WindowSpec;
import io.millrace.runtime.Scenario;
import io.millrace.spi.type.DataType;
import io.millrace.testing.connector.MemorySource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WindowAggregateTest {

    private final Scenario scenario = new Scenario();
    private final MemorySource ticks = scenario.source("ticks", "0");

    private StepDriver driver(Rowtime rowtime, WindowSpec window) {
        Plan plan = endless(windows(
                scan("ticks", rowtime), window, List.of(1), count(), call(AggregateFunction.SUM, 2, DataType.BIGINT)));
        return new StepDriver(plan, scenario);
    }

    private void tick(long time, String ticker, long amount) {
        ticks.add("0", at(time), ticker, amount, 1.0);
    }

    @Test
    void windowIsPutOutOnceWhenTheBoundReachesItsEnd() {
        StepDriver driver = driver(ARRIVAL, new WindowSpec.Hopping(10, 10, 0));
        tick(1, "A", 5);
        tick(9, "A", 7);
        tick(10, "B", 1);
        assertThat(driver.step()).isEmpty();
        ticks.promise("0", 9);
        assertThat(driver.step()).isEmpty();
        ticks.promise("0", 10);
        assertThat(driver.step()).containsExactly("+1 A 0 10 2 12");
        assertThat(driver.step()).isEmpty();
        ticks.promise("0", Long.MAX_VALUE);
        assertThat(driver.step()).containsExactly("+1 B 10 20 1 1");
    }

    @Test
    void hoppingWindowsOfASizeThatTheSlideDoesNotDivide() {
        StepDriver driver = driver(ARRIVAL, new WindowSpec.Hopping(10, 4, 0));
        tick(5, "A", 1);
        tick(11, "A", 2);
        ticks.promise("0", Long.MAX_VALUE);
        assertThat(driver.step()).containsExactly("+1 A -4 6 1 1", "+1 A 0 10 1 1", "+1 A 4 14 2 3", "+1 A 8 18 1 2");
    }

    @Test
    void windowsLieRightBeforeTheYear1970AndWithOffsets() {
        StepDriver driver = driver(ARRIVAL, new WindowSpec.Hopping(10, 10, 3));
        tick(-8, "A", 1);
        tick(-7, "A", 2);
        tick(2, "A", 4);
        tick(3, "A", 8);
        ticks.promise("0", Long.MAX_VALUE);
        assertThat(driver.step()).containsExactly("+1 A -17 -7 1 1", "+1 A -7 3 2 6", "+1 A 3 13 1 8");
    }

    @Test
    void rowsBetweenWindowsThatLieApartAreInNone() {
        StepDriver driver = driver(ARRIVAL, new WindowSpec.Hopping(2, 5, 0));
        tick(1, "A", 1);
        tick(2, "A", 2);
        tick(4, "A", 4);
        tick(5, "A", 8);
        ticks.promise("0", Long.MAX_VALUE);
        assertThat(driver.step()).containsExactly("+1 A 0 2 1 1", "+1 A 5 7 1 8");
        assertThat(driver.rejected()).isEmpty();
    }

    @Test
    void lateRowIsCountedAndRejected() {
        StepDriver driver = driver(eventTime(0, 0), new WindowSpec.Hopping(10, 10, 0));
        tick(1, "A", 1);
        tick(12, "A", 2);
        assertThat(driver.step()).containsExactly("+1 A 0 10 1 1");
        tick(9, "A", 4);
        tick(11, "A", 8);
        assertThat(driver.step()).isEmpty();
        assertThat(driver.late()).isEqualTo(1);
        assertThat(driver.rejected()).containsExactly("it came after its window had been put out");
        tick(20, "A", 0);
        assertThat(driver.step()).containsExactly("+1 A 10 20 2 10");
    }

    @Test
    void rowThatIsLateForSomeOfItsWindowsCountsInTheOthersAndIsReported() {
        StepDriver driver = driver(ARRIVAL, new WindowSpec.Hopping(10, 5, 0));
        tick(1, "A", 1);
        ticks.promise("0", 5);
        assertThat(driver.step()).containsExactly("+1 A -5 5 1 1");
        tick(2, "A", 2);
        ticks.promise("0", 10);
        assertThat(driver.step()).containsExactly("+1 A 0 10 2 3");
        assertThat(driver.rejected()).hasSize(1);
        assertThat(driver.rejected().getFirst()).contains("first of its windows");
    }

    @Test
    void rowsMayBeOutOfOrderWithinTheDelay() {
        StepDriver driver = driver(eventTime(5, 0), new WindowSpec.Hopping(10, 10, 0));
        tick(12, "A", 1);
        tick(8, "A", 2);
        assertThat(driver.step()).isEmpty();
        tick(9, "A", 4);
        tick(15, "A", 8);
        assertThat(driver.step()).containsExactly("+1 A 0 10 2 6");
        assertThat(driver.late()).isZero();
    }

    @Test
    void slowestSplitHoldsWindowsBackUntilItIsIdle() {
        ticks.addSplit("1");
        StepDriver driver = driver(eventTime(0, 1000), new WindowSpec.Hopping(10, 10, 0));
        tick(1, "A", 1);
        tick(30, "A", 2);
        ticks.add("1", at(2), "B", 1L, 1.0);
        assertThat(driver.step()).isEmpty();
        scenario.clock().advance(999);
        tick(31, "A", 4);
        assertThat(driver.step()).isEmpty();
        scenario.clock().advance(1);
        assertThat(driver.step()).containsExactlyInAnyOrder("+1 A 0 10 1 1", "+1 B 0 10 1 1");
    }

    @Test
    void splitThatNeverHadRowsHoldsBackUntilItIsIdle() {
        ticks.addSplit("1");
        StepDriver driver = driver(eventTime(0, 1000), new WindowSpec.Hopping(10, 10, 0));
        tick(1, "A", 1);
        tick(30, "A", 2);
        assertThat(driver.step()).isEmpty();
        scenario.clock().advance(1000);
        assertThat(driver.step()).containsExactly("+1 A 0 10 1 1");
    }

    @Test
    void whereAllSplitsAreIdleTheNewestOfThemCounts() {
        ticks.addSplit("1");
        StepDriver driver = driver(eventTime(0, 1000), new WindowSpec.Hopping(10, 10, 0));
        tick(1, "A", 1);
        ticks.add("1", at(15), "B", 1L, 1.0);
        assertThat(driver.step()).isEmpty();
        scenario.clock().advance(5000);
        assertThat(driver.step()).containsExactly("+1 A 0 10 1 1");
        assertThat(driver.step()).isEmpty();
    }

    @Test
    void whereAllSplitsWereIdleTheFirstToHaveRowsDoesNotSpeakForTheOthers() {
        ticks.addSplit("1");
        StepDriver driver = driver(eventTime(0, 1000), new WindowSpec.Hopping(10, 10, 0));
        tick(1, "A", 1);
        ticks.add("1", at(2), "B", 1L, 1.0);
        assertThat(driver.step()).isEmpty();
        scenario.clock().advance(5000);
        assertThat(driver.step()).isEmpty();
        // Rows of one INSERT, of which one half is readable before the other.
        tick(40, "A", 1);
        assertThat(driver.step()).containsExactlyInAnyOrder();
        driver.restart();
        scenario.clock().advance(999);
        ticks.add("1", at(23), "B", 1L, 1.0);
        ticks.add("1", at(41), "B", 1L, 1.0);
        assertThat(driver.step()).containsExactlyInAnyOrder("+1 A 0 10 1 1", "+1 B 0 10 1 1", "+1 B 20 30 1 1");
        assertThat(driver.late()).isZero();
        // And where the other stays silent it holds nothing back after a while, as before.
        scenario.clock().advance(1);
        tick(60, "A", 1);
        assertThat(driver.step()).isEmpty();
        scenario.clock().advance(999);
        assertThat(driver.step()).containsExactlyInAnyOrder("+1 A 40 50 1 1", "+1 B 40 50 1 1");
    }

    @Test
    void closedSplitHoldsNothingBack() {
        ticks.addSplit("1");
        StepDriver driver = driver(eventTime(0, 0), new WindowSpec.Hopping(10, 10, 0));
        tick(1, "A", 1);
        tick(30, "A", 2);
        assertThat(driver.step()).isEmpty();
        ticks.promise("1", Long.MAX_VALUE);
        assertThat(driver.step()).containsExactly("+1 A 0 10 1 1");
    }

    @Test
    void boundsThatLieInTheStreamCloseWindows() {
        StepDriver driver = driver(ARRIVAL, new WindowSpec.Hopping(10, 10, 0));
        tick(1, "A", 1);
        ticks.addBound("0", 10);
        assertThat(driver.step()).containsExactly("+1 A 0 10 1 1");
        tick(12, "A", 2);
        assertThat(driver.step()).isEmpty();
        ticks.addBound("0", 20);
        assertThat(driver.step()).containsExactly("+1 A 10 20 1 2");
    }

    @Test
    void boundsOfWindowColumnsFollowTheRowsBound() {
        StepDriver driver = driver(ARRIVAL, new WindowSpec.Hopping(10, 5, 0));
        tick(1, "A", 1);
        ticks.promise("0", 7);
        driver.step();
        assertThat(driver.bound(1)).isEqualTo(0);
        assertThat(driver.bound(2)).isEqualTo(10);
        assertThat(driver.bound(0)).isEqualTo(Operator.NO_BOUND);
    }

    @Test
    void stateSurvivesARestartBetweenSteps() {
        StepDriver driver = driver(ARRIVAL, new WindowSpec.Hopping(10, 4, 0));
        tick(5, "A", 1);
        tick(5, null, 16);
        driver.step();
        driver.restart();
        tick(11, "A", 2);
        ticks.promise("0", 12);
        driver.step();
        driver.restart();
        ticks.promise("0", Long.MAX_VALUE);
        driver.step();
        assertThat(driver.integrated().keySet())
                .containsExactlyInAnyOrder(
                        "A -4 6 1 1",
                        "A 0 10 1 1",
                        "A 4 14 2 3",
                        "A 8 18 1 2",
                        "null -4 6 1 16",
                        "null 0 10 1 16",
                        "null 4 14 1 16");
    }

    /** Counts windows row by row, as the definition says. */
    @Test
    void windowsAreThoseOfTheDefinitionWhateverTheOrderWithinTheDelay() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            WindowSpec.Hopping window =
                    new WindowSpec.Hopping(1 + random.nextInt(20), 1 + random.nextInt(20), random.nextInt(9) - 4);
            Scenario fresh = new Scenario();
            MemorySource source = fresh.source("ticks", "0", "1");
            StepDriver driver = new StepDriver(
                    endless(windows(
                            scan("ticks", eventTime(15, 0)),
                            window,
                            List.of(1),
                            count(),
                            call(AggregateFunction.SUM, 2, DataType.BIGINT))),
                    fresh);
            Map<String, long[]> expected = new TreeMap<>();
            long newest = -20;
            for (int i = random.nextInt(120); i > 0; i--) {
                newest += random.nextInt(4);
                long time = newest - random.nextInt(16);
                String ticker = "T" + random.nextInt(3);
                long amount = random.nextInt(100);
                source.add(random.nextBoolean() ? "0" : "1", at(time), ticker, amount, 1.0);
                for (long start = -1000; start <= time; start++) {
                    if (Math.floorMod(start - window.offset(), window.slide()) == 0 && time < start + window.size()) {
                        long[] sum = expected.computeIfAbsent(
                                ticker + " " + start + " " + (start + window.size()), w -> new long[2]);
                        sum[0]++;
                        sum[1] += amount;
                    }
                }
                if (random.nextInt(5) == 0) {
                    driver.step();
                }
            }
            source.promise("0", Long.MAX_VALUE).promise("1", Long.MAX_VALUE);
            driver.step();
            Map<String, Integer> rows = new TreeMap<>();
            expected.forEach((key, sum) -> rows.put(key + " " + sum[0] + " " + sum[1], 1));
            assertThat(driver.integrated()).as("seed %s, %s", seed, window).isEqualTo(rows);
            assertThat(driver.late()).as("seed %s", seed).isZero();
        }
    }
}
