package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.plan.Plan;
import io.millrace.runtime.pump.PumpSettings;
import io.millrace.runtime.view.ChangeLog;
import io.millrace.runtime.view.ViewTask;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.testing.connector.MemorySink;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A view whose query is replaced holds what a view would that had run the new query all the time, and those who follow it
 * are told of each row that went and came, once; whatever crashes.
 */
class ReplacedViewsTest {

    private static final int ROUNDS = 150;
    private static final int ROWS = 60;

    @TempDir
    Path directory;

    private int changed;
    private int told;

    /** The log of a view: it takes no step twice, and may fail as if the process had ended. */
    private static final class Followed implements ChangeLog {

        private final Map<Long, Map<String, Integer>> steps = new TreeMap<>();
        private boolean fails;

        @Override
        public CompletableFuture<Void> write(long step, RowBatch changes, long rowtimeBound) {
            if (fails) {
                fails = false;
                return CompletableFuture.failedFuture(new MillraceException(ErrorCode.INTERNAL, "crash"));
            }
            Map<String, Integer> rows = new TreeMap<>();
            MemorySink.rowsOf(changes)
                    .forEach(row -> rows.merge(QueryRuns.text(row.values()), row.weight(), Integer::sum));
            steps.putIfAbsent(step, rows);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void reached(long rowtimeBound) {}

        @Override
        public CompletableFuture<Long> end() {
            return CompletableFuture.completedFuture(0L);
        }

        Map<String, Integer> sum() {
            Map<String, Integer> sum = new TreeMap<>();
            steps.values().forEach(rows -> rows.forEach((row, weight) -> sum.merge(row, weight, Integer::sum)));
            sum.values().removeIf(weight -> weight == 0);
            return sum;
        }
    }

    /** Queries with the same columns, and roots that say nothing of what tells them apart. */
    private static final List<List<String>> ALIKE = List.of(
            List.of(
                    "SELECT STREAM a AS x FROM t1 UNION ALL SELECT STREAM b FROM t2",
                    "SELECT STREAM b AS x FROM t1 UNION ALL SELECT STREAM b FROM t2"),
            List.of(
                    "SELECT STREAM window_start, x FROM TABLE(TUMBLE((SELECT ts, a + 1 AS x FROM t1 WHERE ts IS NOT"
                            + " NULL), DESCRIPTOR(ts), INTERVAL '10' SECOND))",
                    "SELECT STREAM window_start, x FROM TABLE(TUMBLE((SELECT ts, a + 2 AS x FROM t1 WHERE ts IS NOT"
                            + " NULL), DESCRIPTOR(ts), INTERVAL '10' SECOND))"));

    @Test
    void areMadeAnewWhereInputsAloneDiffer() {
        for (int seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            List<String> pair = ALIKE.get(seed % ALIKE.size());
            check(pair.getFirst(), pair.getLast(), random, "alike, seed " + seed);
        }
        assertThat(told).as("told").isGreaterThan(10);
    }

    @Test
    void tellNobodyAgainWhatWasTold() {
        Tables tables = Tables.random(new Random(1), ROWS);
        ReplacedPumpsTest.Streams streams = new ReplacedPumpsTest.Streams();
        tables.arrivals().forEach(arrival -> streams.arrive(arrival, "0"));
        Path state = directory.resolve("told");
        Plan old = new QueryRuns(tables).plan(ALIKE.getFirst().getFirst());
        Plan renewed = new QueryRuns(tables).plan(ALIKE.getFirst().getLast());
        try (ViewTask view = open(old, streams, state, new Followed(), () -> false)) {
            run(view);
        }
        Followed first = new Followed();
        // Left as it is, as if it had been killed.
        open(renewed, streams, state, first, () -> false);
        assertThat(first.steps).hasSize(1);
        Followed later = new Followed();
        open(renewed, streams, state, later, () -> false).close();
        assertThat(later.steps).isEmpty();
    }

    @Test
    void tellAnEarlierDifferenceFirst() {
        Tables tables = Tables.random(new Random(1), ROWS);
        ReplacedPumpsTest.Streams streams = new ReplacedPumpsTest.Streams();
        tables.arrivals().forEach(arrival -> streams.arrive(arrival, "0"));
        Path state = directory.resolve("earlier");
        List<String> queries = ALIKE.getFirst();
        Followed log = new Followed();
        try (ViewTask view = open(new QueryRuns(tables).plan(queries.getFirst()), streams, state, log, () -> false)) {
            run(view);
        }
        log.fails = true;
        Plan second = new QueryRuns(tables).plan(queries.getLast());
        assertThat(catchThrowableOfType(MillraceException.class, () -> open(second, streams, state, log, () -> false)))
                .hasMessageContaining("crash");
        Plan third = new QueryRuns(tables)
                .plan("SELECT STREAM a AS x FROM t1 WHERE a > 1 UNION ALL SELECT STREAM b FROM t2");
        try (ViewTask view = open(third, streams, state, log, () -> false)) {
            assertThat(log.sum()).isNotEmpty().isEqualTo(content(view));
        }
    }

    @Test
    void holdWhatTheNewQueryWouldHave() {
        List<String> queries = ReplacedPumpsTest.QUERIES;
        for (int seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            check(
                    queries.get(random.nextInt(queries.size())),
                    queries.get(random.nextInt(queries.size())),
                    random,
                    "seed " + seed);
        }
        assertThat(List.of(changed, told)).as("with rows, told").allMatch(count -> count > 20);
    }

    private void check(String before, String after, Random random, String name) {
        Tables tables = Tables.random(random, ROWS);
        Plan old = new QueryRuns(tables).plan(before);
        Plan renewed = new QueryRuns(tables).plan(after);
        ReplacedPumpsTest.Streams streams = new ReplacedPumpsTest.Streams();
        ReplacedPumpsTest.Streams ofFresh = new ReplacedPumpsTest.Streams();
        Path state = directory.resolve(name);
        Followed log = new Followed();
        ViewTask view = open(old, streams, state, log, () -> false);
        ViewTask fresh = open(renewed, ofFresh, directory.resolve("fresh of " + name), ChangeLog.NOBODY, () -> false);
        int change = random.nextInt(ROWS);
        for (int i = 0; i < ROWS; i++) {
            if (i == change) {
                run(view);
                view.close();
                view = replaced(renewed, streams, state, log, random);
                run(fresh);
                assertThat(content(view))
                        .as("%s at once: %s%nthen %s", name, before, after)
                        .isEqualTo(content(fresh));
            }
            if (i >= change && random.nextInt(12) == 0) {
                // As if it had been killed.
                view = open(renewed, streams, state, log, () -> false);
            }
            String split = String.valueOf(random.nextInt(2));
            streams.arrive(tables.arrivals().get(i), split);
            ofFresh.arrive(tables.arrivals().get(i), split);
            if (random.nextInt(4) == 0) {
                run(view);
                run(fresh);
            }
        }
        run(view);
        run(fresh);
        assertThat(content(view))
                .as("%s at %s: %s%nthen %s", name, change, before, after)
                .isEqualTo(content(fresh));
        changed += content(view).isEmpty() ? 0 : 1;
        if (old.rowType().equals(renewed.rowType())) {
            assertThat(log.sum())
                    .as("told, %s: %s%nthen %s", name, before, after)
                    .isEqualTo(content(fresh));
            told += before.equals(after) ? 0 : 1;
        }
        view.close();
        fresh.close();
    }

    /** Opens the state of another query, at times after it was stopped, or had crashed with the content stored. */
    private ViewTask replaced(Plan plan, ReplacedPumpsTest.Streams streams, Path state, Followed log, Random random) {
        if (random.nextInt(3) == 0) {
            boolean[] stopped = {false};
            MillraceException failure = catchThrowableOfType(
                    MillraceException.class,
                    () -> open(plan, streams, state, log, () -> stopped[0] = true)
                            .close());
            if (stopped[0]) {
                assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
            }
        }
        if (random.nextInt(3) == 0) {
            log.fails = true;
            MillraceException failure = catchThrowableOfType(
                    MillraceException.class,
                    () -> open(plan, streams, state, log, () -> false).close());
            assertThat(failure == null).isEqualTo(log.fails);
            log.fails = false;
        }
        return open(plan, streams, state, log, () -> false);
    }

    private static ViewTask open(
            Plan plan, ReplacedPumpsTest.Streams streams, Path state, ChangeLog log, BooleanSupplier stopping) {
        return ViewTask.open("v", plan, streams.environment(), state, PumpSettings.DEFAULT, log, stopping);
    }

    private static void run(ViewTask view) {
        while (view.pump().step()) {
            // Until all has been read.
        }
    }

    private static Map<String, Integer> content(ViewTask view) {
        RowBatch rows = view.snapshot();
        Map<String, Integer> content = new TreeMap<>();
        for (int row = 0; row < rows.size(); row++) {
            content.merge(QueryRuns.text(JavaValues.row(rows, row)), 1, Integer::sum);
        }
        return content;
    }
}
