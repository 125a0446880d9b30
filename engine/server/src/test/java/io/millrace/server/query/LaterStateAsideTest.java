package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row patterns, windows that are put out before their end and joins with the nearest row answer the same where most of their
 * state lies on disk.
 */
class LaterStateAsideTest {

    private static final long MEMORY_OF_MATCHES = 400_000;
    private static final long MEMORY_OF_CHANGES = 100_000;

    /** A row is in several of these windows, so one lane needs more. */
    private static final long MEMORY_OF_MANY_WINDOWS = 160_000;

    private static final long MEMORY_OF_JOINS = 120_000;

    private static final String BY_S = "SELECT %s * FROM t1 MATCH_RECOGNIZE (PARTITION BY s ORDER BY ts ";

    private static final String BY_A_AND_B = "SELECT %s * FROM t1 MATCH_RECOGNIZE (PARTITION BY a, b ORDER BY ts ";

    /** The last two forget. */
    private static final List<String> PATTERNS = List.of(
            BY_S.formatted("") + "MEASURES FIRST(u.ts) AS f, LAST(u.b) AS l, COUNT(*) AS n"
                    + " PATTERN (d u+) WITHIN INTERVAL '30' SECOND DEFINE u AS u.b >= PREV(u.b))",
            BY_A_AND_B.formatted("")
                    + "MEASURES a1.s AS first_s, COUNT(*) AS n, MATCH_NUMBER() AS m AFTER MATCH SKIP TO NEXT ROW"
                    + " PATTERN (a1 other{1,3}) DEFINE other AS other.s <> a1.s)",
            BY_S.formatted("")
                    + "MEASURES CLASSIFIER() AS c, MATCH_NUMBER() AS m ALL ROWS PER MATCH WITH UNMATCHED ROWS"
                    + " PATTERN (lo hi+?) WITHIN INTERVAL '50' SECOND DEFINE lo AS lo.b < 2, hi AS hi.b > 2)",
            BY_A_AND_B.formatted("") + "MEASURES x.ts AS x_ts, NEXT(x.ts) AS next_ts"
                    + " PATTERN (x) DEFINE x AS x.s = NEXT(x.s))",
            "SELECT s, n, COUNT(*) FROM (SELECT s, n FROM t1 MATCH_RECOGNIZE (PARTITION BY s ORDER BY ts"
                    + " MEASURES COUNT(*) AS n PATTERN (up{2,}) WITHIN INTERVAL '1' MINUTE"
                    + " DEFINE up AS up.b > 0)) GROUP BY s, n",
            BY_A_AND_B.formatted("/*+ STATE_TTL('3 m') */")
                    + "MEASURES FIRST(p.ts) AS f, COUNT(*) AS n, MATCH_NUMBER() AS m"
                    + " PATTERN (p q*) DEFINE q AS q.s = 's1')",
            BY_S.formatted("/*+ STATE_TTL('1 m') */") + "MEASURES COUNT(*) AS n ALL ROWS PER MATCH"
                    + " PATTERN (p q* r) WITHIN INTERVAL '4' MINUTE DEFINE r AS r.b = 0 AND r.a = 1)");

    private static final List<String> CHANGES = List.of(
            "SELECT a, b, window_end, COUNT(*), SUM(b), MAX(s) FROM " + windows("TUMBLE", "INTERVAL '30' SECOND")
                    + " GROUP BY a, b, window_start, window_end EMIT CHANGES ON UPDATE",
            "SELECT a, b, s, FLOOR(ts TO MINUTE), COUNT(*) FROM t1 GROUP BY a, b, s, FLOOR(ts TO MINUTE)"
                    + " EMIT CHANGES ON UPDATE WITH LATENESS INTERVAL '1' MINUTE",
            "SELECT a, b, window_start, window_end, COUNT(*), MIN(s) FROM TABLE(SESSION(TABLE t1 PARTITION BY (a, b),"
                    + " DESCRIPTOR(ts), INTERVAL '20' SECOND)) GROUP BY a, b, window_start, window_end"
                    + " EMIT CHANGES ON UPDATE");

    private static final List<String> OF_MANY_WINDOWS = List.of(
            "SELECT a, s, window_end, COUNT(*), SUM(b) FROM "
                    + windows("HOP", "INTERVAL '10' SECOND, INTERVAL '40' SECOND")
                    + " GROUP BY a, s, window_start, window_end EMIT CHANGES ON UPDATE WITH LATENESS INTERVAL '20'"
                    + " SECOND",
            "SELECT s, b, window_end, COUNT(*) FROM "
                    + windows("CUMULATE", "INTERVAL '10' SECOND, INTERVAL '60' SECOND")
                    + " GROUP BY s, b, window_start, window_end EMIT CHANGES EVERY INTERVAL '3' MINUTE");

    private static final String COLUMNS = "SELECT l.a, l.b, l.s, l.ts, r.b, r.s, r.ts FROM t1 l ";

    private static final List<String> NEAREST = List.of(
            COLUMNS + "ASOF JOIN t2 r MATCH_CONDITION l.ts >= r.ts ON l.a = r.a",
            COLUMNS + "LEFT ASOF JOIN t2 r MATCH_CONDITION l.ts > r.ts ON l.a = r.a AND l.s = r.s",
            COLUMNS + "LEFT ASOF JOIN t2 r MATCH_CONDITION l.ts <= r.ts ON l.b = r.b",
            COLUMNS + "ASOF JOIN t2 r MATCH_CONDITION l.ts < r.ts ON l.a = r.a AND l.b = r.b",
            COLUMNS + "LEFT JOIN t2 FOR SYSTEM_TIME AS OF l.ts AS r ON l.a = r.a AND r.b >= 2",
            "SELECT a, window_end, COUNT(*), SUM(b) FROM TABLE(TUMBLE((SELECT l.ts, l.a, r.b FROM t1 l ASOF JOIN t2 r"
                    + " MATCH_CONDITION l.ts >= r.ts ON l.a = r.a), DESCRIPTOR(ts), INTERVAL '10' SECOND))"
                    + " GROUP BY a, window_start, window_end");

    @TempDir
    Path directory;

    private RunsAside runs;

    @BeforeEach
    void countAnew() {
        runs = new RunsAside(directory);
    }

    @Test
    void rowPatterns() {
        check(PATTERNS, MEMORY_OF_MATCHES);
    }

    @Test
    void windowsThatArePutOutBeforeTheirEnd() {
        check(CHANGES, MEMORY_OF_CHANGES);
        check(OF_MANY_WINDOWS, MEMORY_OF_MANY_WINDOWS);
    }

    @Test
    void joinsWithTheNearestRow() {
        check(NEAREST, MEMORY_OF_JOINS);
    }

    private void check(List<String> queries, long memory) {
        for (String sql : queries) {
            runs.check(sql, sql.hashCode(), memory);
            runs.checkLate(sql, sql.hashCode(), memory);
        }
        System.out.println(queries.getFirst().substring(0, 40) + " … and others: " + runs);
        assertThat(runs.aside()).isGreaterThan(runs.asked() * 3 / 4);
    }

    @Test
    void aRepeatedStepOfRowPatternsPutsTheSameOut() {
        repeat(PATTERNS, MEMORY_OF_MATCHES, 30);
    }

    @Test
    void aRepeatedStepOfWindowsPutsTheSameChangesOut() {
        repeat(CHANGES, MEMORY_OF_CHANGES, 30);
        countAnew();
        repeat(OF_MANY_WINDOWS, MEMORY_OF_MANY_WINDOWS, 15);
    }

    @Test
    void aRepeatedStepOfJoinsWithTheNearestRowPutsTheSameOut() {
        repeat(NEAREST, MEMORY_OF_JOINS, 60);
    }

    private void repeat(List<String> queries, long memory, int least) {
        int repeated = 0;
        for (int i = 0; i < 4 * queries.size(); i++) {
            Random random = new Random(i);
            Tables tables = i % 2 == 0 ? Tables.random(random, 300) : Tables.late(random, 300);
            repeated += runs.repeatedSteps(queries.get(i / 4), random, tables, memory, i % 4 < 2);
        }
        assertThat(repeated).isGreaterThan(least);
        assertThat(runs.aside()).isGreaterThan(2 * queries.size());
    }

    private static String windows(String function, String sizes) {
        return "TABLE(" + function + "(TABLE t1, DESCRIPTOR(ts), " + sizes + "))";
    }
}
