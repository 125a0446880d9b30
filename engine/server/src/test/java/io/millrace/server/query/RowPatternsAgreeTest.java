package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.Plan;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * MATCH_RECOGNIZE finds what trying all ways in the order of preference finds: in a query that ends, and in one that goes on
 * however its rows come, stored and read back between steps, and with steps that are repeated.
 */
class RowPatternsAgreeTest {

    private static final int ROUNDS = Integer.getInteger("rounds", 400);

    private final List<String> failures = new ArrayList<>();
    private int answers;
    private int filled;
    private int endless;
    private int failing;
    private int repeated;

    @Test
    void randomPatternsFindWhatTryingAllWaysFinds() {
        long first = Long.getLong("seed", 1);
        for (long seed = first; seed < first + ROUNDS; seed++) {
            RowPatternQuery query = new RandomRowPatterns(new Random(seed)).next();
            try {
                compare(query, seed);
            } catch (AssertionError | RuntimeException e) {
                failures.add("seed " + seed + ": " + query.sql() + "\n" + e);
            }
        }
        System.out.printf(
                "row patterns: %d of %d answers had rows; %d went on as well, %d steps with rows were repeated;"
                        + " %d had matches without a row to go on at%n",
                filled, answers, endless, repeated, failing);
        assertThat(failures).isEmpty();
        assertThat(filled).isGreaterThan(answers / 2);
        assertThat(endless).isGreaterThan(answers / 2);
        assertThat(repeated).isGreaterThan(answers / 4);
        assertThat(failing).isGreaterThan(answers / 50);
    }

    private void compare(RowPatternQuery query, long seed) {
        Random random = new Random(seed);
        Tables tables = random.nextBoolean() ? Tables.random(random, 75) : Tables.inSeconds(random, 75);
        List<List<@Nullable Object>> rows =
                tables.rows("t1").stream().filter(row -> row.getLast() != null).toList();
        PlainMatcher.Answer expected = PlainMatcher.answer(query, rows);
        if (expected == null) {
            return;
        }
        String sql = query.sql();
        answers++;
        filled += expected.rows().isEmpty() ? 0 : 1;
        failing += expected.failures() > 0 ? 1 : 0;
        if (expected.failures() == 0) {
            assertThat(new QueryRuns(tables).bounded(sql)).as("bounded").isEqualTo(expected.rows());
        } else {
            assertThatThrownBy(() -> new QueryRuns(tables).bounded(sql))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("AFTER MATCH SKIP TO");
        }
        if (query.maySearchForEver()) {
            endless++;
            check(tables, sql, 1, false, random, expected, "row by row");
            check(tables, sql, 1000, false, random, expected, "at once");
            check(tables, sql, 1 + random.nextInt(9), true, random, expected, "restarted");
            repeated += new RepeatedSteps(tables, new QueryRuns(tables), new QueryRuns(tables), sql)
                    .run(1 + random.nextInt(9), random);
        }
    }

    private static void check(
            Tables tables,
            String sql,
            int rowsPerStep,
            boolean restarts,
            Random random,
            PlainMatcher.Answer expected,
            String name) {
        QueryRuns runs = new QueryRuns(tables);
        Plan plan = runs.plan(sql.replaceFirst("SELECT", "SELECT STREAM"));
        assertThat(Plan.updating(plan.root())).as("updating").isFalse();
        assertThat(runs.streamed(sql, rowsPerStep, restarts, random)).as(name).isEqualTo(expected.rows());
        assertThat(runs.rejected()).as("rejected, %s", name).hasSize(expected.failures());
    }
}
