package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** OVER by time answers as DuckDB does, all at once and in steps, however these are cut, and takes nothing back. */
class OversAgreeTest {

    private static final int ROUNDS = 60;

    private static final List<String> PARTITIONS = List.of("", "PARTITION BY a ", "PARTITION BY a, s ");

    private static final List<String> NEIGHBOURS = List.of(
            "LEAD(b)",
            "LEAD(b, 2)",
            "LEAD(s, 3, 'none')",
            "LEAD(b IGNORE NULLS)",
            "LEAD(s, 2 IGNORE NULLS)",
            "LAG(b)",
            "LAG(b, 2 IGNORE NULLS)");

    private static final List<String> OF_FRAME = List.of(
            "SUM(b)",
            "COUNT(*)",
            "MIN(s)",
            "MAX(b)",
            "FIRST_VALUE(b)",
            "LAST_VALUE(s)",
            "LAST_VALUE(b IGNORE NULLS)",
            "NTH_VALUE(b, 2)",
            "COUNT(DISTINCT s)",
            "BIT_XOR(a)",
            "STRING_AGG(s, ',')",
            "ARRAY_AGG(b)",
            "MEDIAN(b)");

    /** Over all rows so far; others need the first rows for ever, and are refused. */
    private static final List<String> SO_FAR =
            List.of("SUM(b)", "MIN(s)", "LAST_VALUE(s)", "LAST_VALUE(b IGNORE NULLS)", "STRING_AGG(s, ',')");

    private static final List<String> FRAMES = List.of(
            "ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING",
            "ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING",
            "ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING",
            "ROWS 2 PRECEDING",
            "RANGE BETWEEN INTERVAL '3' SECOND PRECEDING AND INTERVAL '4' SECOND FOLLOWING",
            "RANGE INTERVAL '5' SECOND PRECEDING",
            "GROUPS 2 PRECEDING",
            "GROUPS BETWEEN 3 PRECEDING AND 1 PRECEDING",
            "GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING",
            "RANGE UNBOUNDED PRECEDING",
            "ROWS UNBOUNDED PRECEDING");

    private static final List<String> EXCLUDED =
            List.of("", "", "", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES");

    /** Orders of queries that end, which are any; those that count rows need total ones. */
    private static final String TOTAL = "b NULLS FIRST, a NULLS LAST, s NULLS LAST, ts NULLS LAST";

    private static final List<String> FRAMES_OF_ROWS = List.of(
            "ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING",
            "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
            "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
            "ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING",
            "ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING");

    private static final List<String> FRAMES_OF_KEYS = List.of(
            "GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
            "GROUPS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING",
            "GROUPS BETWEEN 2 FOLLOWING AND 3 FOLLOWING",
            "GROUPS CURRENT ROW",
            "RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING",
            "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
            "RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING");

    /** What does not hang on the order of rows with the same keys. */
    private static final List<String> UNORDERED = List.of(
            "SUM(b)",
            "COUNT(*)",
            "MIN(s)",
            "MAX(a)",
            "COUNT(DISTINCT s)",
            "MEDIAN(b)",
            "STRING_AGG(CAST(b AS VARCHAR), '-')",
            "ARRAY_AGG(b)",
            "FIRST_VALUE(b)",
            "LAST_VALUE(b IGNORE NULLS)");

    private final Agreement agreement = new Agreement();

    @Test
    void randomQueries() throws SQLException {
        long first = Long.getLong("seed", 1);
        for (long seed = first; seed < first + ROUNDS; seed++) {
            Random random = new Random(seed);
            check(query(random), random, seed);
        }
        agreement.report("queries");
    }

    /** Frames of queries that end, over any order, with ties where they count no rows. */
    @Test
    void randomFrames() throws SQLException {
        long first = Long.getLong("seed", 1);
        for (long seed = first; seed < first + 2 * ROUNDS; seed++) {
            Random random = new Random(seed);
            checkFrame(frame(random), random, seed);
        }
        agreement.report("frames");
    }

    private static String frame(Random random) {
        boolean rows = random.nextBoolean();
        String call = any(rows ? OF_FRAME : UNORDERED, random);
        return "SELECT a, b, s, ts, " + call + " OVER (" + any(PARTITIONS, random) + "ORDER BY "
                + (rows ? TOTAL : "b NULLS LAST") + " " + any(rows ? FRAMES_OF_ROWS : FRAMES_OF_KEYS, random)
                + any(EXCLUDED, random) + ") FROM t1";
    }

    private void checkFrame(String duckSql, Random random, long seed) throws SQLException {
        String sql = duckSql.replace(" IGNORE NULLS)", ") IGNORE NULLS");
        String name = "seed " + seed + ": " + sql;
        Tables tables = Tables.random(random, 100);
        agreement.attempt(name, () -> {
            try (DuckTables duck = new DuckTables(tables)) {
                Map<String, Integer> expected = duck.answer(duckSql);
                assertThat(new QueryRuns(tables).bounded(sql)).as(name).isEqualTo(expected);
                agreement.count(expected);
            }
        });
    }

    private static String query(Random random) {
        List<String> calls = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            String partition = any(PARTITIONS, random);
            String frame = any(FRAMES, random);
            boolean all = frame.contains("UNBOUNDED");
            calls.add(
                    random.nextInt(2) == 0
                            ? any(all ? SO_FAR : OF_FRAME, random) + " OVER (" + partition + "ORDER BY ts " + frame
                                    + any(EXCLUDED, random) + ")"
                            : any(NEIGHBOURS, random) + " OVER (" + partition + "ORDER BY ts)");
        }
        return "SELECT a, b, s, ts, " + String.join(", ", calls) + " FROM t1 WHERE ts IS NOT NULL";
    }

    private void check(String duckSql, Random random, long seed) throws SQLException {
        String sql = duckSql.replace(" IGNORE NULLS)", ") IGNORE NULLS");
        String name = "seed " + seed + ": " + sql;
        agreement.takesNothingBack(Tables.random(random, 100), sql, duckSql, random, name);
    }

    private static String any(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
