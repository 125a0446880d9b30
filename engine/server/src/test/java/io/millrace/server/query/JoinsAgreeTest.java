package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Joins and subqueries answer as DuckDB does, all at once and in steps, however the steps are cut. */
class JoinsAgreeTest {

    private static final int ROUNDS = 60;

    private final List<String> failures = new ArrayList<>();
    private int answers;
    private int filled;

    @Test
    void eachFormAnswersAsDuckDbDoes() throws SQLException {
        for (String sql : JoinQueries.each()) {
            check(sql, sql.hashCode());
        }
        report("forms");
    }

    @Test
    void randomQueriesAnswerAsDuckDbDoes() throws SQLException {
        long first = Long.getLong("seed", 1);
        for (long seed = first; seed < first + ROUNDS; seed++) {
            check(new JoinQueries(new Random(seed)).next(), seed);
        }
        report("random queries");
    }

    /** Groups that are there when they have an odd number of rows: keys by the hundred lose all rows and get some again. */
    @Test
    void keysThatComeAndGoAnswerAsDuckDbDoes() throws SQLException {
        String odd = "(SELECT %s, COUNT(*) AS n FROM %s GROUP BY %s HAVING MOD(COUNT(*), 2) = 1)";
        for (String keys : List.of("a", "s", "a, s", "b, a")) {
            for (String kind : List.of("JOIN", "LEFT JOIN", "FULL JOIN")) {
                String on = Arrays.stream(keys.split(", "))
                        .map(key -> "l." + key + " = r." + key)
                        .collect(Collectors.joining(" AND "));
                String sql =
                        "SELECT l.n AS ln, r.n AS rn, l." + keys.charAt(0) + " FROM " + odd.formatted(keys, "t1", keys)
                                + " l " + kind + " " + odd.formatted(keys, "t2", keys) + " r ON " + on;
                comeAndGo(sql, sql.hashCode());
            }
        }
        comeAndGo(
                "SELECT l.a, l.b, r.b, l.ts FROM t1 l JOIN t2 r ON l.a = r.a"
                        + " AND l.ts BETWEEN r.ts - INTERVAL '20' SECOND AND r.ts + INTERVAL '20' SECOND",
                1);
        report("keys that come and go");
    }

    private void comeAndGo(String sql, long seed) throws SQLException {
        Random random = new Random(seed);
        Tables tables = Tables.random(random, 1200, 150, 12, 150);
        try (DuckTables duck = new DuckTables(tables)) {
            Map<String, Integer> expected = duck.answer(sql);
            check(tables, sql, 1 + random.nextInt(40), false, random, expected, "in steps, " + sql);
            check(tables, sql, 20 + random.nextInt(40), true, random, expected, "restarted, " + sql);
            answers++;
            filled += expected.isEmpty() ? 0 : 1;
        } catch (AssertionError | RuntimeException e) {
            failures.add(sql + "\n" + e);
        }
    }

    /** Goes on after a failure, so that one run shows all. */
    private void check(String sql, long seed) throws SQLException {
        try {
            compare(sql, seed);
        } catch (AssertionError | RuntimeException e) {
            failures.add("seed " + seed + ": " + sql + "\n" + e);
        }
    }

    private void compare(String sql, long seed) throws SQLException {
        Random random = new Random(seed);
        Tables tables = Tables.random(random, random.nextInt(6) == 0 ? 3 : 40);
        String name = "seed " + seed + ": " + sql;
        try (DuckTables duck = new DuckTables(tables)) {
            Map<String, Integer> expected = duck.answer(sql);
            assertThat(new QueryRuns(tables).bounded(sql))
                    .as("bounded, %s", name)
                    .isEqualTo(expected);
            check(tables, sql, tables.arrivals().size(), false, random, expected, "at once, " + name);
            check(tables, sql, 1, false, random, expected, "row by row, " + name);
            check(tables, sql, 1 + random.nextInt(9), true, random, expected, "restarted, " + name);
            answers++;
            filled += expected.isEmpty() ? 0 : 1;
        }
    }

    private static void check(
            Tables tables,
            String sql,
            int rowsPerStep,
            boolean restarts,
            Random random,
            Map<String, Integer> expected,
            String name) {
        QueryRuns runs = new QueryRuns(tables);
        assertThat(runs.streamed(sql, rowsPerStep, restarts, random)).as(name).isEqualTo(expected);
        assertThat(runs.rejected()).as(name).isEmpty();
    }

    private void report(String what) {
        System.out.println(what + ": " + filled + " of " + answers + " answers had rows");
        assertThat(failures).isEmpty();
        assertThat(filled).isGreaterThan(answers / 2);
    }
}
