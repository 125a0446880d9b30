package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Joins that forget old rows answer as those that keep all, and as DuckDB does: outer ones put rows without a partner
 * out once, when none can come any more.
 */
class TimedJoinsAgreeTest {

    private static final int ROUNDS = 20;
    private static final List<String> KINDS = List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");

    private static final List<String> NEAR = List.of(
            "r.ts BETWEEN l.ts - INTERVAL '3' SECOND AND l.ts + INTERVAL '7' SECOND",
            "l.ts >= r.ts AND l.ts < r.ts + INTERVAL '10' SECOND",
            "r.ts - INTERVAL '2' SECOND <= l.ts AND l.ts - INTERVAL '4' SECOND <= r.ts",
            "r.ts > l.ts + INTERVAL '2' SECOND AND r.ts <= l.ts + INTERVAL '12' SECOND",
            "r.ts = l.ts");

    private static final List<String> ALSO =
            List.of("", "l.a = r.a AND ", "l.a = r.a AND l.s = r.s AND ", "l.a = r.a AND l.b < r.b AND ");

    private final Agreement agreement = new Agreement();

    @Test
    void intervalJoins() throws SQLException {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            String on = any(ALSO, random) + any(NEAR, random);
            String sql = "SELECT l.a, l.b, l.ts, r.a, r.b, r.ts FROM t1 l " + any(KINDS, random) + " t2 r ON " + on;
            check(sql, sql, random, "seed " + seed + ": " + sql);
        }
        agreement.report("queries");
    }

    @Test
    void semiAndAntiIntervalJoins() throws SQLException {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            String on = any(ALSO, random) + any(NEAR, random);
            String sql = "SELECT l.a, l.b, l.ts FROM t1 l WHERE " + (random.nextBoolean() ? "" : "NOT ")
                    + "EXISTS (SELECT 1 FROM t2 r WHERE " + on + ")";
            check(sql, sql, random, "seed " + seed + ": " + sql);
        }
        agreement.report("queries");
    }

    @Test
    void windowJoins() throws SQLException {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            String join = "SELECT l.a, l.b, l.window_end, r.a, r.b, r.window_end FROM %s l " + any(KINDS, random)
                    + " %s r ON " + any(ALSO, random)
                    + "l.window_start = r.window_start AND l.window_end = r.window_end";
            String sql = join.formatted(tumble("t1"), tumble("t2"));
            check(sql, join.formatted(bucket("t1"), bucket("t2")), random, "seed " + seed + ": " + sql);
        }
        agreement.report("queries");
    }

    @Test
    void windowsOverJoinsClose() throws SQLException {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            String on = "l.a = r.a AND " + any(NEAR, random);
            String joined = "(SELECT l.ts, r.b FROM t1 l JOIN t2 r ON " + on + ")";
            String sql = "SELECT window_end, COUNT(*), SUM(b) FROM TABLE(TUMBLE(" + joined
                    + ", DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end";
            String duck =
                    "SELECT e, COUNT(*), SUM(b) FROM (SELECT time_bucket(INTERVAL '10' SECOND, ts) + INTERVAL '10'"
                            + " SECOND AS e, b FROM " + joined + ") GROUP BY e";
            check(sql, duck, random, "seed " + seed + ": " + sql);
        }
        agreement.report("queries");
    }

    @Test
    void stateDoesNotGrowWithTheRows() {
        for (String sql : List.of(
                "SELECT l.a, r.b FROM t1 l LEFT JOIN t2 r ON l.a = r.a AND " + NEAR.get(0),
                "SELECT l.s, r.s FROM t1 l FULL JOIN t2 r ON " + NEAR.get(1),
                "SELECT l.a, r.b FROM " + tumble("t1") + " l JOIN " + tumble("t2")
                        + " r ON l.s = r.s AND l.window_end = r.window_end")) {
            int few = new QueryRuns(Tables.random(new Random(1), 400)).stateBytes(sql, 5, new Random(1));
            int many = new QueryRuns(Tables.random(new Random(1), 4000)).stateBytes(sql, 5, new Random(1));
            assertThat(many).as(sql).isLessThan(2 * few);
        }
        String kept = "SELECT l.a, r.b FROM t1 l JOIN t2 r ON l.a = r.a AND l.b = r.b";
        int few = new QueryRuns(Tables.random(new Random(1), 400)).stateBytes(kept, 5, new Random(1));
        int many = new QueryRuns(Tables.random(new Random(1), 4000)).stateBytes(kept, 5, new Random(1));
        assertThat(many).as("without a limit on time").isGreaterThan(4 * few);
    }

    private static String tumble(String table) {
        return "TABLE(TUMBLE((SELECT * FROM " + table
                + " WHERE ts IS NOT NULL), DESCRIPTOR(ts), INTERVAL '10' SECOND))";
    }

    private static String bucket(String table) {
        return "(SELECT *, time_bucket(INTERVAL '10' SECOND, ts) AS window_start, time_bucket(INTERVAL '10' SECOND, ts)"
                + " + INTERVAL '10' SECOND AS window_end FROM " + table + " WHERE ts IS NOT NULL)";
    }

    private void check(String sql, String duckSql, Random random, String name) throws SQLException {
        agreement.takesNothingBack(Tables.random(random, 40), sql, duckSql, random, name);
    }

    private static String any(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
