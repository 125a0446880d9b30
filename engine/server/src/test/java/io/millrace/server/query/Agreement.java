package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.Plan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Queries that are to answer as DuckDB does, all at once and in steps, however the steps are cut. Counts those that had
 * rows, so that a test does not compare nothing with nothing.
 */
final class Agreement {

    private final List<String> failures = new ArrayList<>();
    private int answers;
    private int filled;

    /** A comparison. */
    @FunctionalInterface
    interface Attempt {
        void compare() throws SQLException;
    }

    /** Goes on after a failure, which the report will show, so that one run shows all. */
    void attempt(String name, Attempt attempt) throws SQLException {
        try {
            attempt.compare();
        } catch (AssertionError | RuntimeException e) {
            failures.add(name + "\n" + e);
        }
    }

    /** Tries a query that both have in the same words, over tables of this seed; see {@link #attempt}. */
    void attempt(String sql, long seed) throws SQLException {
        attempt(sql, sql, seed);
    }

    /** Tries a query, against the one that asks DuckDB for the same. */
    void attempt(String sql, String duckSql, long seed) throws SQLException {
        String name = "seed " + seed + ": " + sql;
        attempt(name, () -> {
            Random random = new Random(seed);
            Tables tables = Tables.random(random, random.nextInt(6) == 0 ? 3 : 40);
            try (DuckTables duck = new DuckTables(tables)) {
                Map<String, Integer> expected = duck.answer(duckSql);
                assertThat(new QueryRuns(tables).bounded(sql))
                        .as("bounded, %s", name)
                        .isEqualTo(expected);
                inSteps(tables, sql, tables.arrivals().size(), false, random, expected, "at once, " + name);
                inSteps(tables, sql, 1, false, random, expected, "row by row, " + name);
                inSteps(tables, sql, 1 + random.nextInt(9), true, random, expected, "restarted, " + name);
                count(expected);
            }
        });
    }

    /** Compares what a query answers that goes on in steps of so many rows, over restarts or not. */
    static void inSteps(
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

    /** Checks a query that takes nothing back, against the one that asks DuckDB for the same. */
    void takesNothingBack(Tables tables, String sql, String duckSql, Random random, String name) throws SQLException {
        try (DuckTables duck = new DuckTables(tables)) {
            Map<String, Integer> expected = duck.answer(duckSql);
            QueryRuns runs = new QueryRuns(tables);
            assertThat(runs.bounded(sql)).as("bounded, %s", name).isEqualTo(expected);
            Plan plan = runs.plan(sql.replaceFirst("SELECT", "SELECT STREAM"));
            assertThat(Plan.updating(plan.root())).as("updating, %s", name).isFalse();
            assertThat(runs.streamed(sql, 1, false, random))
                    .as("row by row, %s", name)
                    .isEqualTo(expected);
            assertThat(runs.streamed(sql, 1 + random.nextInt(9), true, random))
                    .as("restarted, %s", name)
                    .isEqualTo(expected);
            assertThat(runs.rejected()).as(name).isEmpty();
            count(expected);
        }
    }

    void count(Map<String, Integer> answer) {
        answers++;
        filled += answer.isEmpty() ? 0 : 1;
    }

    void report(String what) {
        System.out.println(what + ": " + filled + " of " + answers + " answers had rows");
        assertThat(failures).isEmpty();
        assertThat(filled).isGreaterThan(answers / 2);
    }
}
