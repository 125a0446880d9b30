package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries that go on answer the same where most of their state lies on disk, also when it is stored and read back. */
class StateAsideTest {

    /** Empty joins hold more than empty groups. */
    private static final long MEMORY_OF_GROUPS = 60_000;

    private static final long MEMORY_OF_JOINS = 250_000;

    private static final long MEMORY_OF_WINDOWS = 95_000;
    private static final long MEMORY_IN_ORDER = 80_000;
    private static final long ROUNDS = 20;

    private static final List<String> WINDOWED = List.of(
            "SELECT a, b, window_end, COUNT(*), SUM(b), MAX(s) FROM " + windows("TUMBLE", "INTERVAL '30' SECOND")
                    + " GROUP BY a, b, window_start, window_end",
            "SELECT a, b, window_end, COUNT(DISTINCT s) FROM "
                    + windows("HOP", "INTERVAL '10' SECOND, INTERVAL '40' SECOND")
                    + " GROUP BY a, b, window_start, window_end",
            "SELECT s, b, window_end, COUNT(*) FROM "
                    + windows("CUMULATE", "INTERVAL '10' SECOND, INTERVAL '60' SECOND")
                    + " GROUP BY s, b, window_start, window_end",
            "SELECT a, b, s, FLOOR(ts TO MINUTE), COUNT(*) FROM t1 GROUP BY a, b, s, FLOOR(ts TO MINUTE)",
            "SELECT s, window_end, a, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY s, window_end ORDER BY n DESC,"
                    + " a) AS place FROM (SELECT s, a, window_end, COUNT(*) AS n FROM "
                    + windows("TUMBLE", "INTERVAL '30' SECOND")
                    + " GROUP BY s, a, window_start, window_end)) WHERE place <= 2",
            "SELECT s, b, ts, window_end FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY s, window_start, window_end"
                    + " ORDER BY b DESC, ts) AS place FROM " + windows("TUMBLE", "INTERVAL '60' SECOND")
                    + ") WHERE place <= 3");

    /** With a clock that moves on by a minute with each step. */
    private static final List<String> FORGETTING = List.of(
            "SELECT /*+ STATE_TTL('3 m') */ a, b, COUNT(*), SUM(b), MAX(s) FROM t1 GROUP BY a, b",
            "SELECT /*+ STATE_TTL('4 m') */ s, COUNT(DISTINCT a), ARRAY_AGG(b ORDER BY b) FROM t1 GROUP BY s",
            "SELECT /*+ STATE_TTL('5 m') */ DISTINCT a, b, s FROM t1",
            "SELECT /*+ STATE_TTL('2 m') */ n, COUNT(*) FROM (SELECT a, b, COUNT(*) AS n FROM t1 GROUP BY a, b)"
                    + " GROUP BY n",
            "SELECT /*+ STATE_TTL('3 m') */ a, s, MAX(n) FROM (SELECT a, s, b, COUNT(*) AS n FROM t1 GROUP BY a, s, b)"
                    + " GROUP BY a, s",
            "SELECT /*+ STATE_TTL('4 m') */ l.a, l.b, r.b, r.s FROM t1 l JOIN t2 r ON l.a = r.a",
            "SELECT /*+ STATE_TTL('2 m') */ l.a, l.b, r.b, r.s FROM t1 l LEFT JOIN t2 r ON l.a = r.a AND l.s = r.s",
            "SELECT /*+ STATE_TTL('t2' = '3 m') */ l.a, l.b, r.s FROM t1 l FULL JOIN t2 r ON l.b = r.b");

    private static final String FIRST =
            "SELECT a, b, s, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY %s ORDER BY ts)"
                    + " AS place FROM t1) WHERE place %s";

    private static final String SESSIONS =
            "TABLE(SESSION(TABLE t1 PARTITION BY %s, DESCRIPTOR(ts), INTERVAL '%s' SECOND))";

    /** Rows of these come in the order of their time. The last three forget. */
    private static final List<String> IN_ORDER = List.of(
            FIRST.formatted("a, b, s", "= 1"),
            FIRST.formatted("b", "BETWEEN 2 AND 4"),
            "SELECT a, b, window_end, COUNT(*), MIN(s), SUM(b) FROM " + SESSIONS.formatted("(a, b)", 20)
                    + " GROUP BY a, b, window_start, window_end",
            "SELECT s, b, ts, window_start, window_end FROM " + SESSIONS.formatted("s", 3),
            "SELECT a, b, ts, COUNT(*) OVER (PARTITION BY s ORDER BY ts RANGE BETWEEN INTERVAL '40' SECOND PRECEDING"
                    + " AND CURRENT ROW), SUM(b) OVER (PARTITION BY s ORDER BY ts) FROM t1",
            "SELECT a, b, ts, LAG(b, 2) OVER w, LEAD(s) OVER w FROM t1 WINDOW w AS (PARTITION BY a ORDER BY ts)",
            FIRST.formatted("a", "<= 2").replaceFirst("SELECT", "SELECT /*+ STATE_TTL('2 m') */"),
            "SELECT /*+ STATE_TTL('3 m') */ a, b, ts, COUNT(*) OVER (PARTITION BY s ORDER BY ts) FROM t1",
            "SELECT /*+ STATE_TTL('1 m') */ a, b, ts, LEAD(b, 2) OVER (PARTITION BY b ORDER BY ts) FROM t1");

    @TempDir
    Path directory;

    private RunsAside runs;

    @BeforeEach
    void countAnew() {
        runs = new RunsAside(directory);
    }

    @Test
    void groups() {
        for (String sql : List.of(
                "SELECT a, b, COUNT(*), SUM(b), MAX(s) FROM t1 GROUP BY a, b",
                "SELECT s, COUNT(DISTINCT a), ARRAY_AGG(b ORDER BY b) FROM t1 GROUP BY s",
                "SELECT DISTINCT a, b, s FROM t1",
                "SELECT n, COUNT(*) FROM (SELECT a, b, COUNT(*) AS n FROM t1 GROUP BY a, b) GROUP BY n",
                "SELECT a, s, MAX(n) FROM (SELECT a, s, b, COUNT(*) AS n FROM t1 GROUP BY a, s, b) GROUP BY a, s")) {
            runs.check(sql, sql.hashCode(), MEMORY_OF_GROUPS);
        }
        assertThat(runs.aside()).isEqualTo(runs.asked());
    }

    @Test
    void windowsAndWhatTimeCompletes() {
        for (String sql : WINDOWED) {
            runs.check(sql, sql.hashCode(), MEMORY_OF_WINDOWS);
            runs.checkLate(sql, sql.hashCode(), MEMORY_OF_WINDOWS);
        }
        System.out.println("windows aside: " + runs);
        assertThat(runs.aside()).isGreaterThan(runs.asked() * 3 / 4);
    }

    @Test
    void joinsWithTimes() {
        for (String kind : List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN")) {
            for (String on : List.of(
                    "l.a = r.a AND r.ts BETWEEN l.ts - INTERVAL '20' SECOND AND l.ts + INTERVAL '30' SECOND",
                    "l.s = r.s AND l.b = r.b AND l.ts >= r.ts AND l.ts < r.ts + INTERVAL '60' SECOND")) {
                String sql = "SELECT l.a, l.b, l.ts, r.a, r.b, r.ts FROM t1 l " + kind + " t2 r ON " + on;
                runs.check(sql, sql.hashCode(), MEMORY_OF_JOINS);
                runs.checkLate(sql, sql.hashCode(), MEMORY_OF_JOINS);
            }
        }
        System.out.println("joins with times aside: " + runs);
        assertThat(runs.aside()).isGreaterThan(runs.asked() / 2);
    }

    @Test
    void whatIsForgottenAfterAWhile() {
        int forgetting = 0;
        for (String sql : FORGETTING) {
            long seed = sql.hashCode();
            runs.check(sql, seed, sql.contains("JOIN") ? MEMORY_OF_JOINS : MEMORY_OF_GROUPS);
            Tables tables = Tables.random(new Random(seed), 300);
            Map<String, Integer> forgotten = RunsAside.withMuch(tables).streamed(sql, 20, false, new Random(seed));
            Map<String, Integer> kept = new QueryRuns(tables).streamed(sql, 20, false, new Random(seed));
            forgetting += forgotten.equals(kept) ? 0 : 1;
        }
        System.out.println("forgetting aside: " + runs);
        assertThat(forgetting).as("queries that forgot something").isGreaterThan(FORGETTING.size() / 2);
        assertThat(runs.aside()).isGreaterThan(runs.asked() / 2);
    }

    @Test
    void aStepThatIsRepeatedForgetsTheSame() {
        int repeated = 0;
        for (int i = 0; i < 2 * FORGETTING.size(); i++) {
            String sql = FORGETTING.get(i / 2);
            long memory = sql.contains("JOIN") ? MEMORY_OF_JOINS : MEMORY_OF_GROUPS;
            repeated += runs.repeatedSteps(sql, new Random(i), Tables.random(new Random(i), 300), memory, i % 2 == 0);
        }
        assertThat(repeated).isGreaterThan(30);
        assertThat(runs.aside()).isGreaterThan(FORGETTING.size());
    }

    @Test
    void whatGivesRowsInTheOrderOfTime() {
        for (String sql : IN_ORDER) {
            runs.check(sql, sql.hashCode(), MEMORY_IN_ORDER);
            runs.checkLate(sql, sql.hashCode(), MEMORY_IN_ORDER);
        }
        System.out.println("in order aside: " + runs);
        assertThat(runs.aside()).isGreaterThan(runs.asked() * 3 / 4);
    }

    @Test
    void aStepThatIsRepeatedPutsTheSameRowsOutInTheSameOrderOfTime() {
        int repeated = 0;
        for (int i = 0; i < 4 * IN_ORDER.size(); i++) {
            Random random = new Random(i);
            Tables tables = i % 2 == 0 ? Tables.random(random, 300) : Tables.late(random, 300);
            repeated += runs.repeatedSteps(IN_ORDER.get(i / 4), random, tables, MEMORY_IN_ORDER, i % 4 < 2);
        }
        assertThat(repeated).isGreaterThan(60);
        assertThat(runs.aside()).isGreaterThan(3 * IN_ORDER.size());
    }

    @Test
    void randomQueries() {
        long first = Long.getLong("seed", 1);
        for (long seed = first; seed < first + ROUNDS; seed++) {
            Random random = new Random(seed);
            runs.check(
                    seed % 3 == 0 ? new TopNQueries(random).next() : new JoinQueries(random).next(),
                    seed,
                    MEMORY_OF_JOINS);
        }
        System.out.println("state aside: " + runs);
        assertThat(runs.aside()).isGreaterThan(runs.asked() / 4);
    }

    @Test
    void aStepThatIsRepeatedPutsTheSameRowsOutInTheSameOrder() {
        int repeated = 0;
        for (long seed = 1; seed <= 24; seed++) {
            Random random = new Random(seed);
            String sql = seed > 12
                    ? WINDOWED.get((int) (seed - 13) / 2)
                    : seed % 2 == 0
                            ? new JoinQueries(random).next()
                            : "SELECT s, COUNT(*), LAST_VALUE(n), ARRAY_AGG(b) FROM (SELECT a, b, s, COUNT(*) AS n"
                                    + " FROM t1 GROUP BY a, b, s) GROUP BY s";
            Tables tables = seed > 12 && seed % 2 == 0 ? Tables.late(random, 300) : Tables.random(random, 300);
            long memory = seed > 12 ? MEMORY_OF_WINDOWS : seed % 2 == 0 ? MEMORY_OF_JOINS : MEMORY_OF_GROUPS;
            repeated += runs.repeatedSteps(sql, random, tables, memory, seed > 12 || seed % 4 < 2);
        }
        assertThat(repeated).isGreaterThan(30);
        assertThat(runs.aside()).isGreaterThan(4);
    }

    private static String windows(String function, String sizes) {
        return "TABLE(" + function + "(TABLE t1, DESCRIPTOR(ts), " + sizes + "))";
    }
}
