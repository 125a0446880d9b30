package io.millrace.runtime.pump;

import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.endless;
import static io.millrace.runtime.Scenario.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinType;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.runtime.Environment;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.StartPosition;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Pumps that look rows up in a table which changes with every question, and crash. */
class PumpLookupTest {

    private static final PumpSettings SETTINGS =
            new PumpSettings(StartPosition.EARLIEST, 7, 5, Long.MAX_VALUE, 1 << 20, 10);

    private static final RowType NAMES =
            RowType.of(Field.nullable("id", DataType.VARCHAR), Field.nullable("version", DataType.BIGINT));

    private static final PlanNode.Scan ASKED = new PlanNode.Scan("asked", "names", NAMES, -1, new Rowtime.Asked(true));

    private static PlanNode join(JoinType type) {
        PlanNode left = scan("ticks", Scenario.ARRIVAL);
        List<Field> fields = new ArrayList<>(left.rowType().fields());
        fields.addAll(NAMES.fields());
        return new PlanNode.Join(
                "join", left, ASKED, new RowType(fields), type, List.of(new JoinKey(1, 0, false)), null, List.of());
    }

    /** A group for each version that was met: what an answer was is in the state, and not in the rows alone. */
    private static Plan grouped() {
        return endless(Scenario.aggregate("byVersion", join(JoinType.INNER), List.of(1, 5), Scenario.count()));
    }

    @Test
    void answersAreTheSameWhenAStepIsTakenAgain() {
        for (long seed = 1; seed <= 120; seed++) {
            for (Plan plan : List.of(endless(join(JoinType.LEFT)), grouped())) {
                Run run = new Run(seed, plan);
                run.finish();
                // The sink has each row once, whichever versions were met; what it adds up to counts all that came.
                assertThat(run.total())
                        .as("seed %s after %s crashes", seed, run.crashes)
                        .isEqualTo(run.rowsPut);
                assertThat(run.steps)
                        .as("seed %s", seed)
                        .allSatisfy((step, rows) -> assertThat(rows)
                                .as("what step %s gave, each time it was taken", step)
                                .hasSize(1));
            }
        }
    }

    @Test
    void keysAreAskedForOnceAndMissingOnesToo() {
        Scenario scenario = new Scenario();
        MemorySource ticks = scenario.source("ticks", "0");
        Changing table = new Changing(new RowLookup.Keeping(100, 1000));
        MemorySink sink = new MemorySink(true);
        try (Pump pump =
                open(endless(join(JoinType.LEFT)), scenario.environment((scan, keys) -> table), sink, () -> false)) {
            ticks.add("0", at(1), "T1", 1L, 0.5);
            ticks.add("0", at(2), "T0", 2L, 0.5);
            ticks.add("0", at(3), null, 3L, 0.5);
            while (pump.step()) {}
            ticks.add("0", at(4), "T0", 4L, 0.5);
            ticks.add("0", at(5), "T1", 5L, 0.5);
            while (pump.step()) {}
            assertThat(Scenario.texts(sink.rows()))
                    .containsExactlyInAnyOrder(
                            "+1 1 T1 1 0.5 T1 1",
                            "+1 2 T0 2 0.5 null null",
                            "+1 3 null 3 0.5 null null",
                            "+1 4 T0 4 0.5 null null",
                            "+1 5 T1 5 0.5 T1 1");
            assertThat(table.questions).isEqualTo(1);
            scenario.clock().advance(2000);
            ticks.add("0", at(6), "T1", 6L, 0.5);
            while (pump.step()) {}
            assertThat(table.questions).isEqualTo(2);
        }
    }

    @Test
    void rowsThatSeveralQuestionsAreAnsweredAreThereOnce() {
        Scenario scenario = new Scenario();
        MemorySource ticks = scenario.source("ticks", "0");
        int keys = 2 * RowLookup.KEYS_MAX;
        // As a database answers that compares less of a key than the join.
        RowLookup all = new RowLookup() {
            @Override
            public RowBatch find(RowBatch asked) {
                RowBatch answer = RowBatch.create(NAMES, keys);
                for (int i = 0; i < keys; i++) {
                    JavaValues.append(answer, List.of("T" + i, (long) i));
                }
                return answer;
            }

            @Override
            public Keeping keeping() {
                return new Keeping(10_000, 1000);
            }

            @Override
            public void close() {}
        };
        MemorySink sink = new MemorySink(true);
        PumpSettings wide = new PumpSettings(StartPosition.EARLIEST, keys, 5, Long.MAX_VALUE, 1 << 20, 10);
        for (int i = 0; i < keys; i++) {
            ticks.add("0", at(i), "T" + i, 1L, 0.5);
        }
        try (Pump pump = Pump.open(
                "pump",
                endless(join(JoinType.INNER)),
                scenario.environment((scan, columns) -> all),
                sink,
                new CrashingDisk(new Random(0)).store(),
                wide,
                () -> false)) {
            while (pump.step()) {}
        }
        assertThat(sink.rows()).hasSize(keys);
    }

    @Test
    void aTableThatDoesNotAnswerIsAskedAgain() {
        Scenario scenario = new Scenario();
        MemorySource ticks = scenario.source("ticks", "0");
        Changing table = new Changing(new RowLookup.Keeping(100, 1000));
        table.failures = 3;
        MemorySink sink = new MemorySink(true);
        try (Pump pump =
                open(endless(join(JoinType.INNER)), scenario.environment((scan, keys) -> table), sink, () -> false)) {
            ticks.add("0", at(1), "T1", 1L, 0.5);
            while (pump.step()) {}
            assertThat(sink.rows()).hasSize(1);
        }
        assertThat(table.closed).isTrue();
    }

    @Test
    void whoeverStopsDoesNotWaitForIt() {
        Scenario scenario = new Scenario();
        MemorySource ticks = scenario.source("ticks", "0");
        Changing table = new Changing(new RowLookup.Keeping(100, 1000));
        AtomicBoolean stopping = new AtomicBoolean();
        table.failures = Integer.MAX_VALUE;
        table.onFailure = () -> stopping.set(true);
        ticks.add("0", at(1), "T1", 1L, 0.5);
        try (Pump pump = open(
                endless(join(JoinType.INNER)),
                scenario.environment((scan, keys) -> table),
                new MemorySink(true),
                stopping::get)) {
            assertThatThrownBy(pump::step)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        }
    }

    private static Pump open(
            Plan plan, Environment environment, Sink sink, java.util.function.BooleanSupplier stopping) {
        return Pump.open("pump", plan, environment, sink, new CrashingDisk(new Random(0)).store(), SETTINGS, stopping);
    }

    /** A table that gives a key another version with each question; keys that end with 0 have no row. */
    private static final class Changing implements RowLookup {

        private final Keeping keeping;
        private int questions;
        private int failures;
        private Runnable onFailure = () -> {};
        private boolean closed;

        Changing(Keeping keeping) {
            this.keeping = keeping;
        }

        @Override
        public RowBatch find(RowBatch keys) throws IOException {
            if (failures > 0) {
                failures--;
                onFailure.run();
                throw new IOException("connection refused");
            }
            questions++;
            RowBatch answer = RowBatch.create(NAMES, keys.size());
            for (int i = 0; i < keys.size(); i++) {
                String key = (String) JavaValues.row(keys, i).getFirst();
                if (!String.valueOf(key).endsWith("0")) {
                    JavaValues.append(answer, List.of(String.valueOf(key), (long) questions));
                }
            }
            return answer;
        }

        @Override
        public Keeping keeping() {
            return keeping;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A pump that is fed, stepped and crashed at random, and restarted each time, with other options now and then. */
    private static final class Run {

        private final Random random;
        private final Scenario scenario = new Scenario();
        private final MemorySource ticks = scenario.source("ticks", "0", "1");
        private final MemorySink sink = new MemorySink(true);
        private final CrashingDisk disk;
        private final Plan plan;
        private final boolean grouped;
        private final Changing table = new Changing(new RowLookup.Keeping(100, 1000));
        private final Map<Long, java.util.Set<List<String>>> steps = new TreeMap<>();
        private RowLookup.Keeping keeping = new RowLookup.Keeping(6, 50);
        private Pump pump;
        private long time;
        private int crashes;
        private int rowsPut;

        Run(long seed, Plan plan) {
            this.random = new Random(seed);
            this.disk = new CrashingDisk(random);
            this.plan = plan;
            this.grouped = plan.root() instanceof PlanNode.Aggregate;
            ticks.batchRows(() -> 1 + random.nextInt(6));
            for (int round = 0; round < 40; round++) {
                feed();
                if (random.nextInt(3) == 0) {
                    disk.crashAfter(random.nextInt(25));
                }
                scenario.clock().advance(random.nextInt(30));
                steps(1 + random.nextInt(4));
            }
        }

        private void feed() {
            for (int i = random.nextInt(12); i > 0; i--) {
                time += random.nextInt(3);
                int ticker = grouped ? 1 + random.nextInt(6) : random.nextInt(6);
                ticks.add(random.nextBoolean() ? "0" : "1", at(time), "T" + ticker, 1L, 0.5);
                rowsPut++;
            }
        }

        private void steps(int count) {
            for (int i = 0; i < count; i++) {
                try {
                    pump().step();
                } catch (CrashingDisk.Crash crash) {
                    crashes++;
                    pump = null;
                    if (random.nextInt(3) == 0) {
                        keeping = new RowLookup.Keeping(random.nextInt(9), random.nextInt(60));
                    }
                }
            }
        }

        private Pump pump() {
            if (pump == null) {
                pump = Pump.open(
                        "pump",
                        plan,
                        scenario.environment((scan, keys) -> lookup()),
                        new CrashingSink(),
                        disk.store(),
                        SETTINGS,
                        () -> false);
            }
            return pump;
        }

        private RowLookup lookup() {
            RowLookup.Keeping now = keeping;
            return new RowLookup() {
                @Override
                public RowBatch find(RowBatch keys) throws IOException {
                    disk.maybeCrash("before the question");
                    RowBatch answer = table.find(keys);
                    disk.maybeCrash("after the answer");
                    return answer;
                }

                @Override
                public Keeping keeping() {
                    return now;
                }

                @Override
                public void close() {}
            };
        }

        void finish() {
            disk.crashAfter(Integer.MAX_VALUE);
            ticks.promise("0", Long.MAX_VALUE);
            ticks.promise("1", Long.MAX_VALUE);
            while (pump().step()) {}
        }

        /** Returns how many rows came out, or how many the groups that are there count. */
        long total() {
            Map<String, Integer> rows = Scenario.integrate(sink.rows());
            assertThat(rows.values()).allSatisfy(weight -> assertThat(weight).isPositive());
            return grouped
                    ? rows.keySet().stream()
                            .mapToLong(row -> Long.parseLong(row.substring(row.lastIndexOf(' ') + 1)))
                            .sum()
                    : rows.values().stream().mapToLong(Integer::longValue).sum();
        }

        /** Notes what each step gives, however often it is taken, and crashes before and after rows are safe. */
        private final class CrashingSink implements Sink {

            @Override
            public boolean acceptsUpdates() {
                return true;
            }

            @Override
            public CompletableFuture<Void> write(long step, RowBatch rows, long rowtimeBound) {
                List<String> given = new ArrayList<>();
                for (int i = 0; i < rows.selectedCount(); i++) {
                    int row = rows.selectedRow(i);
                    given.add(rows.weight(row) + " " + JavaValues.row(rows, row));
                }
                // Rows without a partner stand behind the batch that they came in, which may be another one now.
                given.sort(null);
                steps.computeIfAbsent(step, s -> new java.util.HashSet<>()).add(given);
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
