package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.plan.Plan;
import io.millrace.runtime.Environment;
import io.millrace.runtime.expression.InterpretedExpressions;
import io.millrace.runtime.pump.Pump;
import io.millrace.runtime.pump.PumpSettings;
import io.millrace.runtime.pump.Replacement;
import io.millrace.runtime.pump.StoredPump;
import io.millrace.spi.connector.Source;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySink.WeightedRow;
import io.millrace.testing.connector.MemorySource;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pump whose query is replaced puts out what a pump would have that had run the new query all the time, from the rows
 * on that come after; whatever crashes.
 */
class ReplacedPumpsTest {

    private static final int ROUNDS = 120;
    private static final int ROWS = 60;

    static final List<String> QUERIES = List.of(
            "SELECT STREAM a, b FROM t1 WHERE b > 1",
            "SELECT STREAM a, b + 1 AS b FROM t2",
            "SELECT STREAM a, COUNT(*) AS n FROM t1 GROUP BY a",
            "SELECT STREAM a + 1 AS a, COUNT(*) AS n FROM t1 GROUP BY a",
            "SELECT STREAM a, COUNT(*) AS n FROM t1 GROUP BY a HAVING COUNT(*) > 2",
            "SELECT STREAM a, SUM(b) AS n FROM t1 WHERE b > 0 GROUP BY a",
            "SELECT STREAM n, COUNT(*) AS c FROM (SELECT a, COUNT(*) AS n FROM t1 GROUP BY a) GROUP BY n",
            "SELECT STREAM DISTINCT s FROM t1",
            "SELECT STREAM window_end, COUNT(*) AS n FROM " + tumble("t1", 10) + " GROUP BY window_start, window_end",
            "SELECT STREAM window_end, COUNT(*) * 2 AS n FROM " + tumble("t1", 10)
                    + " GROUP BY window_start, window_end",
            "SELECT STREAM window_end, a, MAX(b) AS n FROM " + tumble("t1", 15)
                    + " GROUP BY window_start, window_end, a",
            "SELECT STREAM l.a, l.b, r.b AS rb FROM t1 l JOIN t2 r ON l.a = r.a AND l.b = r.b",
            "SELECT STREAM l.a, r.b FROM t1 l LEFT JOIN t2 r ON l.a = r.a AND l.b = r.b",
            "SELECT STREAM l.a, r.b FROM t1 l LEFT JOIN t2 r ON l.a = r.a"
                    + " AND r.ts BETWEEN l.ts - INTERVAL '3' SECOND AND l.ts + INTERVAL '7' SECOND",
            "SELECT STREAM a, COUNT(*) AS n FROM t1 GROUP BY a UNION ALL SELECT STREAM a, COUNT(*) AS n FROM t2 GROUP"
                    + " BY a",
            "SELECT STREAM a, COUNT(*) AS n FROM t1 GROUP BY a UNION ALL SELECT STREAM a, SUM(b) AS n FROM t2 GROUP BY"
                    + " a",
            "SELECT STREAM a, b FROM (SELECT a, b, ROW_NUMBER() OVER (PARTITION BY a ORDER BY b DESC, s, ts) AS p"
                    + " FROM t1) WHERE p <= 2",
            "SELECT STREAM a, b FROM (SELECT a, b, ROW_NUMBER() OVER (PARTITION BY a ORDER BY b DESC, s, ts) AS p"
                    + " FROM t1) WHERE p <= 3");

    /** Two queries that differ in nothing but an expression below what waits for other rows. */
    private static final List<String> BELOW = List.of(
            "SELECT STREAM l.a, l.c, r.b FROM (SELECT a, b + %s AS c FROM t1) l JOIN t2 r ON l.a = r.a",
            "SELECT STREAM l.a, r.c FROM t1 l LEFT JOIN (SELECT a, b + %s AS c FROM t2) r ON l.a = r.a",
            "SELECT STREAM l.a, l.c, r.b FROM (SELECT a, ts, b + %s AS c FROM t1) l JOIN t2 r ON l.a = r.a"
                    + " AND r.ts BETWEEN l.ts - INTERVAL '9' SECOND AND l.ts + INTERVAL '9' SECOND",
            "SELECT STREAM a, COUNT(*) AS n, SUM(c) AS total FROM (SELECT a, b + %s AS c FROM t1 UNION ALL"
                    + " SELECT a, b AS c FROM t2) GROUP BY a",
            "SELECT STREAM a, c, COUNT(*) OVER (PARTITION BY a ORDER BY ts) AS n FROM"
                    + " (SELECT a, ts, b + %s AS c FROM t1)",
            "SELECT STREAM window_end, a, c FROM TABLE(SESSION((SELECT a, ts, b + %s AS c FROM t1 WHERE ts IS NOT"
                    + " NULL), DESCRIPTOR(ts), INTERVAL '5' SECOND))",
            "SELECT STREAM a, c FROM (SELECT a, c, ROW_NUMBER() OVER (PARTITION BY a ORDER BY ts) AS p FROM"
                    + " (SELECT a, ts, b + %s AS c FROM t1)) WHERE p = 1");

    @TempDir
    Path directory;

    private int kept;
    private int rebuilt;
    private int filled;

    private static String tumble(String table, int seconds) {
        return "TABLE(TUMBLE((SELECT * FROM " + table + " WHERE ts IS NOT NULL), DESCRIPTOR(ts), INTERVAL '" + seconds
                + "' SECOND))";
    }

    /** The streams, as they are for one pump. */
    static final class Streams {

        private final List<MemorySource> open = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<String> splits = new ArrayList<>();
        private final List<Tables.Arrival> arrived = new ArrayList<>();

        Environment environment() {
            return new Environment(
                    new InterpretedExpressions(),
                    scan -> open(scan.stream(), new MemorySource(scan.rowType(), "0", "1")),
                    () -> Instant.ofEpochSecond(1_700_000_000),
                    (step, entries) -> CompletableFuture.completedFuture(null),
                    List.of(),
                    ZoneOffset.UTC);
        }

        private Source open(String stream, MemorySource source) {
            for (int i = 0; i < arrived.size(); i++) {
                put(stream, source, i);
            }
            open.add(source);
            names.add(stream);
            return source;
        }

        void arrive(Tables.Arrival arrival, String split) {
            arrived.add(arrival);
            splits.add(split);
            for (int i = 0; i < open.size(); i++) {
                put(names.get(i), open.get(i), arrived.size() - 1);
            }
        }

        private void put(String stream, MemorySource source, int row) {
            Tables.Arrival arrival = arrived.get(row);
            if (arrival.table().equals(stream)) {
                source.add(splits.get(row), Tables.projected(arrival.values(), source.columns()));
            }
        }
    }

    private static void run(Pump pump) {
        while (pump.step()) {
            // Until all has been read.
        }
    }

    private static Map<String, Integer> since(MemorySink sink, int rows) {
        Map<String, Integer> sum = new TreeMap<>();
        for (WeightedRow row : sink.rows().subList(rows, sink.rows().size())) {
            sum.merge(QueryRuns.text(row.values()), row.weight(), Integer::sum);
        }
        sum.values().removeIf(weight -> weight == 0);
        return sum;
    }

    @Test
    void putOutWhatTheNewQueryWouldHaveFromThereOn() {
        for (int seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            check(
                    QUERIES.get(random.nextInt(QUERIES.size())),
                    QUERIES.get(random.nextInt(QUERIES.size())),
                    random,
                    "seed " + seed);
        }
        assertThat(List.of(kept, rebuilt, filled))
                .as("kept, rebuilt, with rows")
                .allMatch(count -> count > 9);
    }

    @Test
    void nothingIsKeptThatAnExpressionBelowHasMade() {
        for (int seed = 1; seed <= BELOW.size() * 8; seed++) {
            String query = BELOW.get(seed % BELOW.size());
            check(query.formatted(1), query.formatted(100), new Random(seed), "below, seed " + seed);
        }
        assertThat(filled).as("with rows").isGreaterThan(BELOW.size() * 3);
    }

    private void check(String before, String after, Random random, String name) {
        Tables tables = Tables.random(random, ROWS);
        Plan old = new QueryRuns(tables).plan(before);
        Plan renewed = new QueryRuns(tables).plan(after);
        Streams streams = new Streams();
        Streams ofFresh = new Streams();
        MemorySink sink = new MemorySink(true);
        MemorySink fresh = new MemorySink(true);
        Path state = directory.resolve(name);
        Pump reference = open(renewed, ofFresh, fresh, directory.resolve("fresh of " + name));
        Pump pump = open(old, streams, sink, state);
        int change = random.nextInt(ROWS);
        int atChange = 0;
        int freshAtChange = 0;
        for (int i = 0; i < ROWS; i++) {
            if (i == change) {
                run(pump);
                run(reference);
                pump.close();
                atChange = sink.rows().size();
                freshAtChange = fresh.rows().size();
                Replacement replacement = StoredPump.replacement("p", renewed, streams.environment(), state);
                count(replacement);
                if (!replacement.rebuilt().isEmpty()) {
                    stopWhileRebuilding(renewed, streams, state);
                }
                pump = open(renewed, streams, sink, state);
                assertThat(sink.rows()).as("rows of the past, %s", name).hasSize(atChange);
            }
            if (i >= change && random.nextInt(12) == 0) {
                // As if it had been killed.
                pump = open(renewed, streams, sink, state);
            }
            String split = String.valueOf(random.nextInt(2));
            streams.arrive(tables.arrivals().get(i), split);
            ofFresh.arrive(tables.arrivals().get(i), split);
            if (random.nextInt(4) == 0) {
                run(pump);
                run(reference);
            }
        }
        run(pump);
        run(reference);
        Map<String, Integer> expected = since(fresh, freshAtChange);
        filled += expected.isEmpty() ? 0 : 1;
        assertThat(since(sink, atChange))
                .as("%s at %s: %s%nthen %s", name, change, before, after)
                .isEqualTo(expected);
        pump.close();
        reference.close();
    }

    private static void stopWhileRebuilding(Plan plan, Streams streams, Path state) {
        MemorySink sink = new MemorySink(true);
        MillraceException stopped = catchThrowableOfType(
                MillraceException.class,
                () -> Pump.open("p", plan, streams.environment(), sink, state, PumpSettings.DEFAULT, () -> true));
        assertThat(stopped.code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(sink.rows()).isEmpty();
    }

    private void count(Replacement replacement) {
        kept += replacement.kept().isEmpty() ? 0 : 1;
        rebuilt += replacement.rebuilt().isEmpty() ? 0 : 1;
    }

    private static Pump open(Plan plan, Streams streams, MemorySink sink, Path state) {
        return Pump.open("p", plan, streams.environment(), sink, state, PumpSettings.DEFAULT);
    }
}
