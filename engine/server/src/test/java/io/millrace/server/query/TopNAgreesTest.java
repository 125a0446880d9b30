package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The first rows of partitions are those that DuckDB names, all at once and in steps, however the steps are cut. */
class TopNAgreesTest {

    private static final int ROUNDS = 60;

    private final List<String> failures = new ArrayList<>();
    private int answers;
    private int filled;

    @Test
    void eachFormAnswersAsDuckDbDoes() throws SQLException {
        for (String sql : TopNQueries.each()) {
            check(sql, sql.hashCode());
        }
        report("forms");
    }

    @Test
    void randomQueriesAnswerAsDuckDbDoes() throws SQLException {
        long first = Long.getLong("seed", 1);
        for (long seed = first; seed < first + ROUNDS; seed++) {
            check(new TopNQueries(new Random(seed)).next(), seed);
        }
        report("random queries");
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
