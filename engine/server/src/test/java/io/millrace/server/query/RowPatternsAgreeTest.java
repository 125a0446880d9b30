package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.Plan;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * MATCH_RECOGNIZE finds what trying all ways in the order of preference finds: in a query that ends, and in one that goes on
 * however its rows come, late ones among them, stored and read back between steps, and with steps that are repeated; with
 * expressions that are compiled, and with those that are not.
 */
class RowPatternsAgreeTest {

    private static final int ROUNDS = Integer.getInteger("rounds", 100);
    private static final int MANY_ROUNDS = Integer.getInteger("rounds", 6_000);
    private static final String LATE = "it came after";

    private final List<String> failures = new ArrayList<>();
    private int answers;
    private int filled;
    private int endless;
    private int failing;
    private int repeated;
    private int ties;
    private int late;

    @Test
    void randomPatternsFindWhatTryingAllWaysFinds() {
        compareAll(Long.getLong("seed", 1), ROUNDS);
    }

    @Test
    @Tag("slow")
    void manyRandomPatternsFindWhatTryingAllWaysFinds() {
        compareAll(Long.getLong("seed", 1_000_000), MANY_ROUNDS);
    }

    private void compareAll(long first, int rounds) {
        for (long seed = first; seed < first + rounds; seed++) {
            RowPatternQuery query = new RandomRowPatterns(new Random(seed)).next();
            try {
                compare(query, seed);
            } catch (AssertionError | RuntimeException e) {
                failures.add("seed " + seed + ": " + query.sql() + "\n" + e);
            }
        }
        System.out.printf(
                "row patterns: %d of %d answers had rows; %d went on as well, %d of them over late rows, %d steps with"
                    + " rows were repeated; %d were of rows in no order by their keys alone; %d had matches without a"
                    + " row to go on at%n",
                filled, answers, endless, late, repeated, ties, failing);
        assertThat(failures).isEmpty();
        assertThat(filled).isGreaterThan(answers * 2 / 5);
        assertThat(endless).isGreaterThan(answers / 2);
        assertThat(repeated).isGreaterThan(answers / 5);
        assertThat(failing).isGreaterThan(answers / 50);
        assertThat(ties).isGreaterThan(answers / 5);
        assertThat(late).isGreaterThan(answers / 30);
    }

    private void compare(RowPatternQuery query, long seed) {
        // What the first numbers of neighbouring seeds say is much the same.
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        boolean mayBeLate = random.nextInt(5) == 0;
        Tables tables = mayBeLate
                ? Tables.late(random, 75)
                : random.nextBoolean() ? Tables.random(random, 75) : Tables.inSeconds(random, 75);
        // Rows of the same place in the order stay as they come, and of late ones it is to be known which they are.
        boolean inOrder = mayBeLate || query.ties();
        PlainMatcher.Answer expected = expected(query, tables, Set.of());
        if (expected == null) {
            return;
        }
        String sql = query.sql();
        answers++;
        filled += expected.rows().isEmpty() ? 0 : 1;
        failing += expected.failures() > 0 ? 1 : 0;
        ties += query.ties() ? 1 : 0;
        QueryRuns runs = runs(tables, inOrder, seed);
        if (expected.failures() == 0) {
            assertThat(runs.bounded(sql)).as("bounded").isEqualTo(expected.rows());
        } else if (query.wantedKey() == null) {
            assertThatThrownBy(() -> runs.bounded(sql))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("AFTER MATCH SKIP TO");
        }
        if (query.maySearchForEver()) {
            endless++;
            check(query, tables, inOrder, seed, 1, false, random, "row by row");
            check(query, tables, inOrder, seed + 1, 1000, false, random, "at once");
            int ofStep = 1 + random.nextInt(9);
            late += check(query, tables, inOrder, seed + 2, ofStep, true, random, "restarted") ? 1 : 0;
            repeated += new RepeatedSteps(tables, new QueryRuns(tables), new QueryRuns(tables), sql)
                    .run(1 + random.nextInt(9), random);
        }
    }

    private static QueryRuns runs(Tables tables, boolean inOrder, long seed) {
        QueryRuns runs = inOrder ? new QueryRuns(tables).inOrder() : new QueryRuns(tables);
        return seed % 4 == 0 ? runs.compiled() : runs;
    }

    /** @param without places of rows that came too late */
    private static PlainMatcher.@Nullable Answer expected(RowPatternQuery query, Tables tables, Set<Integer> without) {
        List<List<@Nullable Object>> all = tables.rows("t1");
        List<List<@Nullable Object>> rows = IntStream.range(0, all.size())
                .filter(place -> !without.contains(place))
                .mapToObj(all::get)
                .filter(row -> row.getLast() != null)
                .toList();
        return PlainMatcher.answer(query, rows);
    }

    /** Returns whether rows were late. */
    private static boolean check(
            RowPatternQuery query,
            Tables tables,
            boolean inOrder,
            long seed,
            int rowsPerStep,
            boolean restarts,
            Random random,
            String name) {
        QueryRuns runs = runs(tables, inOrder, seed);
        String sql = query.sql();
        Plan plan = runs.plan(QueryRuns.endless(sql));
        assertThat(Plan.updating(plan.root())).as("updating").isFalse();
        var streamed = runs.streamed(sql, rowsPerStep, restarts, random);
        Set<String> late =
                runs.rejected().stream().filter(row -> row.contains(LATE)).collect(Collectors.toSet());
        assertThat(late).as("late rows, %s", name).allMatch(row -> inOrder);
        Set<Integer> places = late.stream()
                .map(row -> Integer.valueOf(row.substring(2, row.indexOf(' '))))
                .collect(Collectors.toSet());
        PlainMatcher.Answer expected = expected(query, tables, places);
        if (expected == null) {
            return false;
        }
        assertThat(streamed).as(name).isEqualTo(expected.rows());
        // Of a key that is not asked for, rows need not be matched.
        if (query.wantedKey() == null) {
            assertThat(runs.rejected()).as("rejected, %s", name).hasSize(expected.failures() + late.size());
        }
        return !late.isEmpty();
    }
}
