package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Joins with the nearest in time answer as DuckDB's do, however their rows come, and forget what is not needed any more. */
class AsOfJoinsAgreeTest {

    private static final int ROUNDS = 40;
    private static final List<String> COMPARISONS = List.of(">=", ">", "<=", "<");
    private static final List<String> KEYS = List.of("l.a = r.a", "l.a = r.a AND l.s = r.s", "l.s = r.s");
    private static final String COLUMNS = "SELECT l.a, l.b, l.s, l.ts, r.b, r.s, r.ts FROM t1 l ";

    private final Agreement agreement = new Agreement();

    @Test
    void asOfJoins() throws SQLException {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            String compared = any(COMPARISONS, random);
            String on = any(KEYS, random);
            String left = random.nextBoolean() ? "LEFT " : "";
            String duck = COLUMNS + "ASOF " + left + "JOIN t2 r ON " + on + " AND l.ts " + compared + " r.ts";
            String sql = random.nextInt(3) == 0
                    ? duck
                    : COLUMNS + left + "ASOF JOIN t2 r MATCH_CONDITION l.ts " + compared + " r.ts ON " + on;
            check(sql, duck, random, "seed " + seed + ": " + sql);
        }
        agreement.report("queries");
    }

    @Test
    void theRightMayComeFirstInTheCondition() throws SQLException {
        String sql = COLUMNS + "ASOF JOIN t2 r MATCH_CONDITION (r.ts <= l.ts) ON l.a = r.a";
        String duck = COLUMNS + "ASOF JOIN t2 r ON l.a = r.a AND l.ts >= r.ts";
        for (long seed = 1; seed <= 5; seed++) {
            check(sql, duck, new Random(seed), "seed " + seed);
        }
        agreement.report("queries");
    }

    @Test
    void whatIsAskedAfterwardsDoesNotChangeWhichIsTheNearest() throws SQLException {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            String left = random.nextBoolean() ? "LEFT " : "";
            String where = random.nextBoolean() ? " WHERE r.b > 1 AND l.b = r.b" : " WHERE r.s = 's1'";
            String sql = COLUMNS + left + "ASOF JOIN t2 r MATCH_CONDITION l.ts >= r.ts ON l.a = r.a" + where;
            String duck = COLUMNS + "ASOF " + left + "JOIN t2 r ON l.a = r.a AND l.ts >= r.ts" + where;
            check(sql, duck, random, "seed " + seed + ": " + sql);
        }
        agreement.report("queries");
    }

    @Test
    void streamsAsOfATime() throws SQLException {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            boolean left = random.nextBoolean();
            String sql = COLUMNS + (left ? "LEFT " : "")
                    + "JOIN t2 FOR SYSTEM_TIME AS OF l.ts AS r ON l.a = r.a AND r.b >= 2";
            String picked = "(SELECT l.a AS la, l.b AS lb, l.s AS ls, l.ts AS lts, r.b AS rb, r.s AS rs, r.ts AS rts"
                    + " FROM t1 l ASOF LEFT JOIN t2 r ON l.a = r.a AND l.ts >= r.ts)";
            String duck = left
                    ? "SELECT la, lb, ls, lts, CASE WHEN rb >= 2 THEN rb END, CASE WHEN rb >= 2 THEN rs END,"
                            + " CASE WHEN rb >= 2 THEN rts END FROM " + picked
                    : "SELECT * FROM " + picked + " WHERE rb >= 2";
            check(sql, duck, random, "seed " + seed + ": " + sql);
        }
        agreement.report("queries");
    }

    @Test
    void windowsOverThemClose() throws SQLException {
        for (long seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            String sql =
                    "SELECT window_end, COUNT(*), SUM(b) FROM TABLE(TUMBLE((SELECT l.ts, r.b FROM t1 l ASOF JOIN t2"
                            + " r MATCH_CONDITION l.ts >= r.ts ON l.a = r.a), DESCRIPTOR(ts), INTERVAL '10' SECOND))"
                            + " GROUP BY window_start, window_end";
            String duck = "SELECT e, COUNT(*), SUM(b) FROM (SELECT time_bucket(INTERVAL '10' SECOND, l.ts) + INTERVAL"
                    + " '10' SECOND AS e, r.b FROM t1 l ASOF JOIN t2 r ON l.a = r.a AND l.ts >= r.ts) GROUP BY e";
            check(sql, duck, random, "seed " + seed);
        }
        agreement.report("queries");
    }

    @Test
    void stateDoesNotGrowWithTheRows() {
        for (String compared : COMPARISONS) {
            String sql = COLUMNS + "ASOF JOIN t2 r MATCH_CONDITION l.ts " + compared + " r.ts ON l.a = r.a";
            int few = new QueryRuns(Tables.random(new Random(1), 400)).stateBytes(sql, 5, new Random(1));
            int many = new QueryRuns(Tables.random(new Random(1), 4000)).stateBytes(sql, 5, new Random(1));
            assertThat(many).as(sql).isLessThan(2 * few);
        }
    }

    private void check(String sql, String duckSql, Random random, String name) throws SQLException {
        agreement.takesNothingBack(Tables.random(random, 60), sql, duckSql, random, name);
    }

    private static String any(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
