package io.millrace.runtime.pump;

import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.call;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.endless;
import static io.millrace.runtime.Scenario.scan;
import static io.millrace.runtime.Scenario.windows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.WindowSpec;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.StartPosition;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Crashes a pump at every point it can crash at, and looks whether what it wrote is what it should have written. */
class PumpCrashTest {

    private static final PumpSettings SETTINGS =
            new PumpSettings(StartPosition.EARLIEST, 7, 5, Long.MAX_VALUE, 1 << 20, 10);

    @Test
    void projectionSurvivesCrashesAnywhere() {
        run(this::passThrough);
    }

    @Test
    void windowsSurviveCrashesAnywhere() {
        run(this::windowed);
    }

    @Test
    void changingGroupsSurviveCrashesAnywhere() {
        run(this::grouped);
    }

    @Test
    void rejectedAndLateRowsAreReportedOnceWhateverCrashes() {
        for (long seed = 1; seed <= 60; seed++) {
            Run run = new Run(seed, this::eventTimeWindows, true);
            run.finish();
            assertThat(run.counted() + run.scenario.rejected().size())
                    .as("rows in windows and rows rejected, seed %s", seed)
                    .isEqualTo(run.rowsPut + run.malformedPut);
            assertThat(run.pump.status().rejectedRows())
                    .as("seed %s", seed)
                    .isEqualTo(run.scenario.rejected().size());
            assertThat(run.pump.status().rowsIn()).as("seed %s", seed).isEqualTo(run.rowsPut);
        }
    }

    private Plan passThrough() {
        return new Plan(scan("ticks", Scenario.ARRIVAL), true, 0);
    }

    private Plan windowed() {
        AggregateCall least = call(AggregateFunction.MIN, 1, DataType.VARCHAR);
        AggregateCall distinct = new AggregateCall(
                AggregateFunction.COUNT, List.of(2), true, AggregateCall.NO_FILTER, DataType.BIGINT, false);
        PlanNode.WindowAggregate root = windows(
                scan("ticks", Scenario.ARRIVAL),
                new WindowSpec.Hopping(20, 8, 0),
                List.of(1),
                count(),
                least,
                distinct);
        return new Plan(root, true, 2);
    }

    private Plan grouped() {
        PlanNode inner = Scenario.aggregate("byTicker", scan("ticks", Scenario.ARRIVAL), List.of(1), count());
        return endless(Scenario.aggregate(
                "byCount", inner, List.of(1), count(), call(AggregateFunction.MAX, 0, DataType.VARCHAR)));
    }

    private Plan eventTimeWindows() {
        return endless(windows(
                scan("ticks", Scenario.eventTime(5, 0)), new WindowSpec.Hopping(10, 10, 0), List.of(1), count()));
    }

    private interface PlanOf {
        Plan plan();
    }

    private static void run(PlanOf plan) {
        for (long seed = 1; seed <= 150; seed++) {
            Run crashing = new Run(seed, plan, false);
            crashing.finish();
            Map<String, Integer> expected = undisturbed(crashing, plan);
            assertThat(Scenario.integrate(crashing.sink.rows()))
                    .as("seed %s after %s crashes", seed, crashing.crashes)
                    .isEqualTo(expected);
        }
    }

    /** Returns what one step over all rows that were put in gives. */
    private static Map<String, Integer> undisturbed(Run run, PlanOf plan) {
        MemorySink sink = new MemorySink(true);
        CrashingDisk disk = new CrashingDisk(new Random(0));
        PumpSettings whole = new PumpSettings(StartPosition.EARLIEST, 1 << 20, 1000, Long.MAX_VALUE, 1 << 20, 10);
        try (Pump pump = Pump.open("whole", plan.plan(), run.scenario.environment(), sink, disk.store(), whole)) {
            while (pump.step()) {}
        }
        return Scenario.integrate(sink.rows());
    }

    /** A pump that is fed, stepped and crashed at random, and restarted each time. */
    private static final class Run {

        private final Random random;
        private final Scenario scenario = new Scenario();
        private final MemorySource ticks = scenario.source("ticks", "0", "1");
        private final MemorySink sink = new MemorySink(true);
        private final CrashingDisk disk;
        private final Plan plan;
        private final boolean anyOrder;
        private final Map<String, Long> times = new TreeMap<>();
        private Pump pump;
        private int crashes;
        private int rowsPut;
        private int malformedPut;

        Run(long seed, PlanOf plan, boolean anyOrder) {
            this.random = new Random(seed);
            this.disk = new CrashingDisk(random);
            this.plan = plan.plan();
            this.anyOrder = anyOrder;
            for (int round = 0; round < 40; round++) {
                feed();
                if (random.nextInt(3) == 0) {
                    disk.crashAfter(random.nextInt(25));
                }
                scenario.clock().advance(random.nextInt(20));
                steps(1 + random.nextInt(4));
            }
        }

        private void feed() {
            for (int i = random.nextInt(12); i > 0; i--) {
                String split = random.nextBoolean() ? "0" : "1";
                long time = times.merge(split, (long) random.nextInt(3), Long::sum);
                if (anyOrder && random.nextInt(10) == 0) {
                    ticks.addMalformed(split, "malformed");
                    malformedPut++;
                    continue;
                }
                long shown = anyOrder ? time - random.nextInt(20) : time;
                ticks.add(split, at(shown), "T" + random.nextInt(5), (long) random.nextInt(4), 0.5);
                rowsPut++;
            }
            if (!anyOrder) {
                String split = random.nextBoolean() ? "0" : "1";
                long bound = times.getOrDefault(split, 0L);
                if (random.nextBoolean()) {
                    ticks.promise(split, bound);
                } else {
                    ticks.addBound(split, bound);
                }
            }
        }

        private void steps(int count) {
            for (int i = 0; i < count; i++) {
                try {
                    pump().step();
                } catch (CrashingDisk.Crash crash) {
                    crashes++;
                    pump = null;
                }
            }
        }

        private Pump pump() {
            if (pump == null) {
                pump = Pump.open("pump", plan, scenario.environment(), new CrashingSink(), disk.store(), SETTINGS);
            }
            return pump;
        }

        void finish() {
            disk.crashAfter(Integer.MAX_VALUE);
            ticks.promise("0", Long.MAX_VALUE);
            ticks.promise("1", Long.MAX_VALUE);
            while (pump().step()) {}
        }

        long counted() {
            return sink.rows().stream()
                    .mapToLong(row -> (Long) row.values().getLast())
                    .sum();
        }

        /** Crashes before and after rows are safe; what is safe stays. */
        private final class CrashingSink implements Sink {

            @Override
            public boolean acceptsUpdates() {
                return true;
            }

            @Override
            public CompletableFuture<Void> write(long step, RowBatch rows, long rowtimeBound) {
                disk.maybeCrash("before the sink");
                CompletableFuture<Void> written = sink.write(step, rows, rowtimeBound);
                disk.maybeCrash("after the sink");
                return written;
            }

            @Override
            public OptionalLong lastStep() {
                return sink.lastStep();
            }

            @Override
            public void close() {}
        }
    }
}
