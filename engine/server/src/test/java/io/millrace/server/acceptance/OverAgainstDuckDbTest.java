package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OVER answers as DuckDB does, on rows with few different values so that keys meet. */
class OverAgainstDuckDbTest {

    private static final int ROWS = 120;
    private static final int QUERIES = 150;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private EngineBesideDuckDb both;

    @BeforeEach
    void open() throws SQLException {
        both = new EngineBesideDuckDb(
                directory.resolve("data"), "id BIGINT, k VARCHAR, a BIGINT, b INTEGER, d DOUBLE, t TIMESTAMP");
        both.insert(IntStream.range(0, ROWS).mapToObj(this::row).toList());
    }

    @AfterEach
    void close() throws SQLException {
        both.close();
    }

    private String row(int id) {
        return "(" + id + ", " + orNull("'k" + random.nextInt(3) + "'") + ", " + orNull("" + random.nextInt(-4, 5))
                + ", "
                + orNull("" + random.nextInt(3)) + ", " + orNull(random.nextInt(20) / 4.0 + "e0")
                + ", TIMESTAMP '2026-01-01 00:00:" + String.format("%02d", random.nextInt(60)) + "')";
    }

    private String orNull(String value) {
        return random.nextInt(6) == 0
                ? "CAST(NULL AS " + (value.startsWith("'") ? "VARCHAR" : value.contains("e") ? "DOUBLE" : "BIGINT")
                        + ")"
                : value;
    }

    @Test
    void randomQueries() throws SQLException {
        int different = 0;
        for (int i = 0; i < QUERIES; i++) {
            String query = query();
            List<String> expected = sorted(both.expected(query));
            assertThat(sorted(both.engine().rows(query)))
                    .as("seed %s: %s", seed, query)
                    .containsExactlyElementsOf(expected);
            different += (int) expected.stream().distinct().count();
        }
        System.out.println(QUERIES + " queries with OVER, " + different + " different rows");
        assertThat(different).isGreaterThan(QUERIES);
    }

    private String query() {
        List<String> calls = new ArrayList<>();
        String partition = pick("", "PARTITION BY k ", "PARTITION BY b ", "PARTITION BY k, b ");
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            calls.add(call(partition) + " AS c" + i);
        }
        return "SELECT id, " + String.join(", ", calls) + " FROM r" + pick("", " WHERE a > 0", " WHERE k = 'k1'");
    }

    private String call(String partition) {
        // All orders end with the unique id where ties would leave the answer open.
        String total = pick("a, id", "t, id", "d DESC NULLS LAST, id DESC", "k NULLS FIRST, id");
        return switch (random.nextInt(6)) {
            case 0 ->
                pick("RANK()", "DENSE_RANK()", "PERCENT_RANK()", "CUME_DIST()")
                        + over(partition, pick("a", "d DESC NULLS FIRST", "b, t"), "");
            case 1 -> pick("ROW_NUMBER()", "NTILE(3)", "NTILE(7)") + over(partition, total, "");
            case 2 ->
                pick("LAG(a)", "LEAD(a)", "LAG(a, 2)", "LEAD(b, 3, 7)", "LAG(k, 1, 'none')", "LAG(a, 0)")
                        + over(partition, total, "");
            case 3 -> pick("FIRST_VALUE(a)", "LAST_VALUE(k)", "NTH_VALUE(a, 2)") + over(partition, total, rows());
            case 4 -> aggregate() + over(partition, total, rows());
            default -> aggregate() + over(partition, "t", range());
        };
    }

    private String aggregate() {
        return pick(
                "COUNT(*)",
                "COUNT(a)",
                "SUM(a)",
                "SUM(a + b)",
                "MIN(k)",
                "MAX(a)",
                "MIN(d)",
                "SUM(d)",
                "AVG(d)",
                "BIT_XOR(a)",
                "BIT_AND(b)",
                "ARG_MIN(k, id)",
                "ARG_MAX(a, id)",
                "REGR_COUNT(a, d)",
                "COUNT(DISTINCT a)",
                "SUM(DISTINCT b)");
    }

    private static String over(String partition, String order, String frame) {
        return " OVER (" + partition + "ORDER BY " + order + frame + ")";
    }

    private String rows() {
        return pick(
                "",
                " ROWS UNBOUNDED PRECEDING",
                " ROWS 2 PRECEDING",
                " ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING",
                " ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING",
                " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                " ROWS BETWEEN 2 FOLLOWING AND 4 FOLLOWING",
                " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING");
    }

    private String range() {
        return pick(
                "",
                " RANGE INTERVAL '5' SECOND PRECEDING",
                " RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND INTERVAL '3' SECOND PRECEDING",
                " RANGE BETWEEN INTERVAL '2' SECOND PRECEDING AND INTERVAL '4' SECOND FOLLOWING",
                " RANGE BETWEEN CURRENT ROW AND INTERVAL '6' SECOND FOLLOWING",
                " RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING");
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }
}
