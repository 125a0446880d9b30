package io.millrace.runtime.pump;

import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.call;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.endless;
import static io.millrace.runtime.Scenario.scan;
import static io.millrace.runtime.Scenario.windows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.AfterMatch;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.MatchValue;
import io.millrace.plan.MatchedRows;
import io.millrace.plan.PatternVariable;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowPattern;
import io.millrace.plan.RowPlace;
import io.millrace.plan.RowsPerMatch;
import io.millrace.plan.SortKey;
import io.millrace.plan.WindowSpec;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.operator.PartSize;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crashes a pump at every point it can crash at, and looks whether what it wrote is what it should have written. */
class PumpCrashTest {

    /** By rows, by bytes (a row has about thirty) and by both; each life has one of them, and repeats steps of others. */
    private static final List<PartSize> PART_SIZES =
            List.of(new PartSize(3, Long.MAX_VALUE), new PartSize(50, 70), new PartSize(2, 100), new PartSize(9, 1));

    /** Less than the lanes of groups hold together, and enough for one of them. */
    private static final long MEMORY_OF_GROUPS = 60_000;

    /** The same for lanes of windows, of which each has some open. */
    private static final long MEMORY_OF_WINDOWS = 400_000;

    private static final long MEMORY_OF_SESSIONS = 60_000;
    private static final long MEMORY_OF_MATCHES = 300_000;

    /** Some runs have most of their state here. */
    @TempDir
    Path aside;

    @Test
    void projectionSurvivesCrashesAnywhere() {
        run(this::passThrough, MEMORY_OF_GROUPS);
    }

    @Test
    void windowsSurviveCrashesAnywhere() {
        assertThat(run(this::windowed, MEMORY_OF_WINDOWS)).as("bytes aside").isPositive();
    }

    @Test
    void changingGroupsSurviveCrashesAnywhere() {
        assertThat(run(this::grouped, MEMORY_OF_GROUPS)).as("bytes aside").isPositive();
    }

    @Test
    void sessionsSurviveCrashesAnywhere() {
        assertThat(run(this::sessions, MEMORY_OF_SESSIONS)).as("bytes aside").isPositive();
    }

    @Test
    void stepsThatAreWrittenInPartsSurviveCrashesAnywhere() {
        assertThat(inParts(this::sessions, MEMORY_OF_SESSIONS)).isGreaterThan(100);
        assertThat(inParts(this::windowed, MEMORY_OF_WINDOWS)).isGreaterThan(100);
        assertThat(inParts(this::matched, MEMORY_OF_MATCHES)).isGreaterThan(100);
        assertThat(inParts(this::passThrough, MEMORY_OF_GROUPS)).isGreaterThan(100);
    }

    /** Returns how many parts were written; one that is written again has to have the rows it had. */
    private int inParts(PlanOf plan, long memoryBytes) {
        int parts = 0;
        for (long seed = 1; seed <= 60; seed++) {
            Run crashing = new Run(seed, plan, false, memoryBytes, false);
            crashing.finish();
            assertThat(Scenario.integrate(crashing.sink.rows()))
                    .as("seed %s after %s crashes", seed, crashing.crashes)
                    .isEqualTo(undisturbed(crashing, plan));
            parts += crashing.sink.parts();
        }
        return parts;
    }

    @Test
    void openMatchesSurviveCrashesAnywhere() {
        assertThat(run(this::matched, MEMORY_OF_MATCHES)).as("bytes aside").isPositive();
    }

    @Test
    void rejectedAndLateRowsAreReportedOnceWhateverCrashes() {
        for (long seed = 1; seed <= 60; seed++) {
            Run run = new Run(seed, this::eventTimeWindows, true, MEMORY_OF_WINDOWS);
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

    private Plan sessions() {
        PlanNode.WindowAggregate root = windows(
                scan("ticks", Scenario.ARRIVAL),
                new WindowSpec.Session(4),
                List.of(1),
                count(),
                call(AggregateFunction.MAX, 2, DataType.BIGINT));
        return new Plan(root, true, 2);
    }

    private Plan grouped() {
        PlanNode inner = Scenario.aggregate("byTicker", scan("ticks", Scenario.ARRIVAL), List.of(1), count());
        return endless(Scenario.aggregate(
                "byCount", inner, List.of(1), count(), call(AggregateFunction.MAX, 0, DataType.VARCHAR)));
    }

    /** {@code A B+? C?}, where B is above the first row and few enough, and C below the row before it. */
    private Plan matched() {
        MatchValue own = amount(1, 0);
        MatchValue count = new MatchValue.Aggregated(count(), List.of(1), false);
        Expression rises = new Call(
                ScalarFunction.GREATER_OR_EQUAL,
                List.of(new Column(0, DataType.BIGINT, true), new Column(1, DataType.BIGINT, true)),
                DataType.BOOLEAN,
                true);
        Expression few = new Call(
                ScalarFunction.LESS,
                List.of(new Column(2, DataType.BIGINT, false), new Literal(4L, DataType.BIGINT)),
                DataType.BOOLEAN,
                false);
        MatchedRows rows = new MatchedRows(
                new RowPattern.Sequence(List.of(
                        new RowPattern.Variable(0),
                        new RowPattern.Quantified(new RowPattern.Variable(1), 1, RowPattern.UNLIMITED, true),
                        new RowPattern.Quantified(new RowPattern.Variable(2), 0, 1, false))),
                false,
                false,
                40,
                List.of(
                        new PatternVariable("A", null, List.of()),
                        new PatternVariable(
                                "B",
                                new Call(ScalarFunction.AND, List.of(rises, few), DataType.BOOLEAN, true),
                                List.of(own, amount(0, 0), count)),
                        new PatternVariable("C", rises, List.of(amount(2, -1), amount(2, 0)))),
                RowsPerMatch.ALL_WITH_UNMATCHED,
                new AfterMatch(AfterMatch.Target.NEXT_ROW, List.of()));
        List<MatchValue> values = List.of(
                new MatchValue.Classifier(new RowPlace(List.of(0, 1, 2), false, 0, 0, false), DataType.VARCHAR),
                count,
                new MatchValue.MatchNumber());
        return endless(new PlanNode.Match(
                "match",
                scan("ticks", Scenario.ARRIVAL),
                RowType.of(
                        Field.required("at", DataType.TIMESTAMP),
                        Field.nullable("amount", DataType.BIGINT),
                        Field.nullable("variable", DataType.VARCHAR),
                        Field.required("count", DataType.BIGINT),
                        Field.required("number", DataType.BIGINT)),
                List.of(1),
                List.of(new SortKey(0, false, false), new SortKey(2, false, false)),
                rows,
                List.of(0, 2),
                values,
                List.of(
                        new Column(0, DataType.VARCHAR, true),
                        new Column(1, DataType.BIGINT, false),
                        new Column(2, DataType.BIGINT, false))));
    }

    private static MatchValue amount(int variable, long offset) {
        return new MatchValue.At(new RowPlace(List.of(variable), false, 0, offset, false), 2, DataType.BIGINT);
    }

    private Plan eventTimeWindows() {
        return endless(windows(
                scan("ticks", Scenario.eventTime(5, 0)), new WindowSpec.Hopping(10, 10, 0), List.of(1), count()));
    }

    private interface PlanOf {
        Plan plan();
    }

    /** Returns how many bytes of state were put aside. */
    private long run(PlanOf plan, long memoryBytes) {
        long bytesAside = 0;
        for (long seed = 1; seed <= 150; seed++) {
            Run crashing = new Run(seed, plan, false, memoryBytes);
            crashing.finish();
            Map<String, Integer> expected = undisturbed(crashing, plan);
            assertThat(Scenario.integrate(crashing.sink.rows()))
                    .as("seed %s after %s crashes", seed, crashing.crashes)
                    .isEqualTo(expected);
            bytesAside += crashing.scenario.asideBytes();
        }
        return bytesAside;
    }

    /** Returns what one step over all rows that were put in gives. */
    private Map<String, Integer> undisturbed(Run run, PlanOf plan) {
        MemorySink sink = new MemorySink(true);
        CrashingDisk disk = new CrashingDisk(new Random(0));
        PumpSettings whole = new PumpSettings(StartPosition.EARLIEST, 1 << 20, 1000, Long.MAX_VALUE, 1 << 20, 10);
        try (Pump pump =
                Pump.open("whole", plan.plan(), run.scenario.environment(), sink, disk.store(), whole, () -> false)) {
            while (pump.step()) {}
        }
        return Scenario.integrate(sink.rows());
    }

    /** A pump that is fed, stepped and crashed at random, and restarted each time. */
    private final class Run {

        private final Random random;
        private final Scenario scenario = new Scenario();
        private final MemorySource ticks = scenario.source("ticks", "0", "1");
        private final MemorySink sink;
        private final CrashingDisk disk;
        private final int seed;
        private final Plan plan;
        private final boolean anyOrder;
        private final Map<String, Long> times = new TreeMap<>();
        private Pump pump;
        private int crashes;
        private int rowsPut;
        private int malformedPut;

        Run(long seed, PlanOf plan, boolean anyOrder, long memoryBytes) {
            this(seed, plan, anyOrder, memoryBytes, true);
        }

        /** @param updates whether the sink takes updates; else it takes steps in parts */
        Run(long seed, PlanOf plan, boolean anyOrder, long memoryBytes, boolean updates) {
            this.sink = new MemorySink(updates);
            this.seed = (int) seed;
            this.random = new Random(seed);
            this.disk = new CrashingDisk(random);
            if (seed % 10 == 0) {
                scenario.putStateAside(aside, memoryBytes);
            }
            disk.writeLate();
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
                PartSize partSize = PART_SIZES.get((seed + crashes) % PART_SIZES.size());
                PumpSettings settings =
                        new PumpSettings(StartPosition.EARLIEST, 7, 5, Long.MAX_VALUE, 1 << 20, 10, partSize);
                pump = Pump.open(
                        "pump", plan, scenario.environment(), new CrashingSink(), disk.store(), settings, () -> false);
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
                return sink.acceptsUpdates();
            }

            @Override
            public boolean takesParts() {
                return sink.takesParts();
            }

            @Override
            public CompletableFuture<Void> writePart(long step, int part, RowBatch rows) {
                disk.maybeCrash("before a part");
                CompletableFuture<Void> written = sink.writePart(step, part, rows);
                disk.maybeCrash("after a part");
                return written;
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
