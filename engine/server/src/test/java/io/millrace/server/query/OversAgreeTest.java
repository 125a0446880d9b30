package io.millrace.server.query;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
            "COUNT(DISTINCT s)");

    private static final List<String> FRAMES = List.of(
            "ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING",
            "ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING",
            "ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING",
            "ROWS 2 PRECEDING",
            "RANGE BETWEEN INTERVAL '3' SECOND PRECEDING AND INTERVAL '4' SECOND FOLLOWING",
            "RANGE INTERVAL '5' SECOND PRECEDING");

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

    private static String query(Random random) {
        List<String> calls = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            String partition = any(PARTITIONS, random);
            calls.add(
                    random.nextInt(3) == 0
                            ? any(OF_FRAME, random) + " OVER (" + partition + "ORDER BY ts " + any(FRAMES, random) + ")"
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
