package io.millrace.runtime.operator;

import static io.millrace.runtime.Scenario.ARRIVAL;
import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.call;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.early;
import static io.millrace.runtime.Scenario.endless;
import static io.millrace.runtime.Scenario.eventTime;
import static io.millrace.runtime.Scenario.scan;
import static io.millrace.runtime.Scenario.windows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.PlanNode;
import io.millrace.plan.WindowSpec;
import io.millrace.runtime.Scenario;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** When windows are put out: once they are complete, or with every change. */
class WindowEmissionTest {

    private final Scenario scenario = new Scenario();
    private final MemorySource ticks = scenario.source("ticks", "0");

    private StepDriver driver(PlanNode node) {
        return new StepDriver(endless(node), scenario);
    }

    private void tick(long time, String ticker) {
        ticks.add("0", at(time), ticker, 1L, 1.0);
    }

    @Test
    void sessionEndsAGapAfterItsLastRow() {
        StepDriver driver = driver(windows(scan("ticks", ARRIVAL), new WindowSpec.Session(10), List.of(1), count()));
        tick(0, "A");
        tick(9, "A");
        tick(19, "A");
        ticks.promise("0", 19);
        assertThat(driver.step()).containsExactly("+1 A 0 19 2");
        ticks.promise("0", 28);
        assertThat(driver.step()).isEmpty();
        ticks.promise("0", 29);
        assertThat(driver.step()).containsExactly("+1 A 19 29 1");
        assertThat(driver.late()).isZero();
    }

    @Test
    void rowBetweenTwoSessionsMakesThemOne() {
        StepDriver driver = driver(early(
                windows(scan("ticks", eventTime(100, 0)), new WindowSpec.Session(10), List.of(1), count()), 0));
        tick(0, "A");
        tick(15, "A");
        assertThat(driver.step()).containsExactlyInAnyOrder("+1 A 0 10 1", "+1 A 15 25 1");
        tick(7, "A");
        assertThat(driver.step()).containsExactlyInAnyOrder("-1 A 0 10 1", "-1 A 15 25 1", "+1 A 0 25 3");
    }

    @Test
    void rowForASessionThatIsPutOutIsLate() {
        StepDriver driver =
                driver(windows(scan("ticks", eventTime(0, 0)), new WindowSpec.Session(10), List.of(1), count()));
        tick(0, "A");
        tick(30, "A");
        driver.step();
        tick(5, "A");
        tick(5, "B");
        tick(21, "B");
        assertThat(driver.step()).isEmpty();
        assertThat(driver.late()).isEqualTo(2);
        ticks.promise("0", Long.MAX_VALUE);
        assertThat(driver.step()).containsExactly("+1 B 21 31 1", "+1 A 30 40 1");
    }

    @Test
    void lateRowChangesAWindowForAsLongAsItIsAllowed() {
        StepDriver driver = driver(early(
                windows(scan("ticks", eventTime(0, 0)), new WindowSpec.Hopping(10, 10, 0), List.of(1), count()), 20));
        tick(1, "A");
        tick(25, "A");
        assertThat(driver.step()).containsExactly("+1 A 0 10 1", "+1 A 20 30 1");
        tick(2, "A");
        assertThat(driver.step()).containsExactly("-1 A 0 10 1", "+1 A 0 10 2");
        tick(31, "A");
        driver.step();
        tick(3, "A");
        assertThat(driver.step()).isEmpty();
        assertThat(driver.late()).isEqualTo(1);
    }

    @Test
    void changesComeAtMostOnceAnInterval() {
        StepDriver driver = driver(new PlanNode.Changes(
                "changes",
                new PlanNode.Consolidate("every", groups(), 100),
                RowType.of(
                        Field.required("op", DataType.VARCHAR),
                        Scenario.TICKS.field(1),
                        Field.required("n", DataType.BIGINT))));
        scenario.clock().advance(1030);
        tick(1, "A");
        assertThat(driver.step()).containsExactly("+1 insert A 1");
        scenario.clock().advance(40);
        tick(2, "A");
        tick(2, "B");
        assertThat(driver.step()).isEmpty();
        driver.restart();
        scenario.clock().advance(29);
        tick(3, "A");
        assertThat(driver.step()).isEmpty();
        scenario.clock().advance(1);
        assertThat(driver.step()).containsExactly("+1 delete A 1", "+1 insert B 1", "+1 insert A 3");
        scenario.clock().advance(50);
        assertThat(driver.step()).isEmpty();
    }

    private static PlanNode groups() {
        return Scenario.aggregate("groups", scan("ticks", ARRIVAL), List.of(1), count());
    }

    /** Finds sessions by sorting, as the definition says. */
    @Test
    void sessionsAreThoseOfTheDefinitionWhateverTheOrderWithinTheDelay() {
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            long gap = 1 + random.nextInt(12);
            boolean early = random.nextBoolean();
            Scenario fresh = new Scenario();
            MemorySource source = fresh.source("ticks", "0", "1");
            PlanNode.WindowAggregate node = windows(
                    scan("ticks", eventTime(15, 0)),
                    new WindowSpec.Session(gap),
                    List.of(1),
                    count(),
                    sum(),
                    distinct());
            StepDriver driver = new StepDriver(endless(early ? early(node, 0) : node), fresh);
            Map<String, TreeMap<Long, List<Long>>> byTicker = new TreeMap<>();
            long newest = -20;
            for (int i = random.nextInt(150); i > 0; i--) {
                newest += random.nextInt(6);
                long time = newest - random.nextInt(16);
                String ticker = "T" + random.nextInt(3);
                long amount = random.nextInt(3);
                source.add(random.nextBoolean() ? "0" : "1", at(time), ticker, amount, 1.0);
                byTicker.computeIfAbsent(ticker, t -> new TreeMap<>())
                        .computeIfAbsent(time, t -> new ArrayList<>())
                        .add(amount);
                if (random.nextInt(5) == 0) {
                    driver.step();
                    if (random.nextBoolean()) {
                        driver.restart();
                    }
                }
            }
            source.promise("0", Long.MAX_VALUE).promise("1", Long.MAX_VALUE);
            driver.step();
            assertThat(driver.integrated())
                    .as("seed %s, gap %s, early %s", seed, gap, early)
                    .isEqualTo(sessions(byTicker, gap));
            assertThat(driver.late()).as("seed %s", seed).isZero();
        }
    }

    private static Map<String, Integer> sessions(Map<String, TreeMap<Long, List<Long>>> byTicker, long gap) {
        Map<String, Integer> sessions = new TreeMap<>();
        byTicker.forEach((ticker, times) -> {
            List<Long> amounts = new ArrayList<>();
            long start = times.firstKey();
            long last = start;
            for (Map.Entry<Long, List<Long>> entry : times.entrySet()) {
                if (entry.getKey() - last >= gap) {
                    sessions.put(session(ticker, start, last + gap, amounts), 1);
                    amounts.clear();
                    start = entry.getKey();
                }
                last = entry.getKey();
                amounts.addAll(entry.getValue());
            }
            sessions.put(session(ticker, start, last + gap, amounts), 1);
        });
        return sessions;
    }

    private static String session(String ticker, long start, long end, List<Long> amounts) {
        return ticker + " " + start + " " + end + " " + amounts.size() + " "
                + amounts.stream().mapToLong(Long::longValue).sum() + " "
                + amounts.stream().distinct().count();
    }

    private static AggregateCall sum() {
        return call(AggregateFunction.SUM, 2, DataType.BIGINT);
    }

    private static AggregateCall distinct() {
        return new AggregateCall(
                AggregateFunction.COUNT, List.of(2), true, AggregateCall.NO_FILTER, DataType.BIGINT, false);
    }

    /** Rows come late at random, so that both kinds of output have to agree on which rows count. */
    @Test
    void whatIsPutOutOnCloseIsTheLastOfWhatIsPutOutEarly() {
        for (WindowSpec window : List.of(
                new WindowSpec.Hopping(10, 10, 0),
                new WindowSpec.Hopping(10, 4, 1),
                new WindowSpec.Cumulating(12, 4, 0),
                new WindowSpec.Session(4))) {
            for (long seed = 1; seed <= 20; seed++) {
                Random random = new Random(seed);
                List<StepDriver> drivers = new ArrayList<>();
                List<MemorySource> sources = new ArrayList<>();
                PlanNode.WindowAggregate node =
                        windows(scan("ticks", eventTime(5, 0)), window, List.of(1), count(), sum(), distinct());
                for (PlanNode plan : List.of(node, early(node, 0))) {
                    Scenario fresh = new Scenario();
                    sources.add(fresh.source("ticks", "0"));
                    drivers.add(new StepDriver(endless(plan), fresh));
                }
                long newest = 0;
                for (int i = random.nextInt(80); i > 0; i--) {
                    newest += random.nextInt(5);
                    long time = newest - random.nextInt(12);
                    String ticker = "T" + random.nextInt(2);
                    long amount = random.nextInt(3);
                    boolean step = random.nextInt(3) == 0;
                    for (int d = 0; d < 2; d++) {
                        sources.get(d).add("0", at(time), ticker, amount, 1.0);
                        if (step) {
                            drivers.get(d).step();
                            assertThat(drivers.get(d).integrated().values())
                                    .as("what is taken back was there, %s, seed %s", window, seed)
                                    .allMatch(weight -> weight > 0);
                        }
                    }
                }
                for (int d = 0; d < 2; d++) {
                    sources.get(d).promise("0", Long.MAX_VALUE);
                    drivers.get(d).step();
                }
                assertThat(drivers.get(1).integrated())
                        .as("%s, seed %s", window, seed)
                        .isEqualTo(drivers.get(0).integrated());
                assertThat(drivers.get(1).late()).isEqualTo(drivers.get(0).late());
            }
        }
    }
}
