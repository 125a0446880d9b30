package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Aggregate functions answer as DuckDB does, on rows with few different values so that keys meet: asked at once, kept up
 * to date by a view as rows come, and over groups whose rows change.
 */
class AggregatesAgainstDuckDbTest {

    private static final int BATCHES = 5;
    private static final int ROWS = 40;
    private static final int ROUNDS = 12;

    /** What changes whenever a row comes: the last row of each key. */
    private static final String CHANGING =
            "(SELECT id % 17 AS k1, MAX(id) AS id, ARG_MAX(k, id) AS k, ARG_MAX(a, id) AS a, ARG_MAX(b, id) AS b,"
                    + " ARG_MAX(d, id) AS d, ARG_MAX(ok, id) AS ok FROM r GROUP BY id % 17) q";

    /** Each as we say it, and as DuckDB does where that is another way. */
    private static final String[][] CALLS = {
        {"STRING_AGG(k, ',' ORDER BY id)"},
        {"STRING_AGG(k, '' ORDER BY a DESC NULLS LAST, id)"},
        {"STRING_AGG(DISTINCT k, '-' ORDER BY k)"},
        {"LISTAGG(k, '+') WITHIN GROUP (ORDER BY id DESC)", "STRING_AGG(k, '+' ORDER BY id DESC)"},
        {"CARDINALITY(ARRAY_AGG(a))", "LEN(ARRAY_AGG(a))"},
        {
            "CAST(ARRAY_AGG(id ORDER BY d DESC NULLS LAST, id)[1] AS BIGINT)",
            "ARRAY_AGG(id ORDER BY d DESC NULLS LAST, id)[1]"
        },
        {"ARG_MIN(id, d * 1000 + id)"},
        {"ARG_MAX(k, a * 1000 + id)"},
        {"MIN_BY(a, id)"},
        {"COUNT_IF(ok)", "COUNT(CASE WHEN ok THEN 1 END)"},
        {"COUNT_IF(a > 0)", "COUNT(CASE WHEN a > 0 THEN 1 END)"},
        {"BIT_AND(a)"},
        {"BIT_OR(b)"},
        {"BIT_XOR(a)"},
        {"BIT_XOR(DISTINCT a)"},
        {"COVAR_POP(a, b)"},
        {"COVAR_SAMP(d, a)"},
        {"CORR(a, d)"},
        {"REGR_COUNT(a, d)"},
        {"REGR_SLOPE(d, a)"},
        {"REGR_INTERCEPT(d, b)"},
        {"REGR_R2(a, b)"},
        {"REGR_AVGX(a, d)"},
        {"REGR_SXY(a, d)"},
        {"SKEWNESS(d)"},
        {"KURTOSIS(a)"},
        {"MEDIAN(d)"},
        {"MEDIAN(a)"},
        {"PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY a)"},
        {"PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY d DESC)"},
        {"PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY b)"},
        {"PERCENTILE_DISC(0.3) WITHIN GROUP (ORDER BY k)"},
        {"APPROX_COUNT_DISTINCT(k)", "COUNT(DISTINCT k)"},
        {"APPROX_PERCENTILE(a, 0.5)", "QUANTILE_DISC(a, 0.5)"},
        {"SUM(a)"},
        {"COUNT(DISTINCT b)"},
    };

    private static final List<String> FILTERABLE = List.of("", "", " FILTER (WHERE ok)", " FILTER (WHERE b > 0)");

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private EngineBesideDuckDb both;
    private int next;

    @BeforeEach
    void open() throws SQLException {
        both = new EngineBesideDuckDb(
                directory.resolve("data"), "id BIGINT, k VARCHAR, a BIGINT, b INTEGER, d DOUBLE, ok BOOLEAN");
    }

    @AfterEach
    void close() throws SQLException {
        both.close();
    }

    private void insert() throws SQLException {
        both.insert(IntStream.range(next, next + ROWS).mapToObj(this::row).toList());
        next += ROWS;
    }

    private String row(int id) {
        return "(" + id + ", " + orNull("'k" + random.nextInt(3) + "'", "VARCHAR") + ", "
                + orNull("" + random.nextInt(-4, 5), "BIGINT") + ", " + orNull("" + random.nextInt(3), "INTEGER") + ", "
                + orNull(random.nextInt(20) / 4.0 + "e0", "DOUBLE") + ", "
                + orNull("" + random.nextBoolean(), "BOOLEAN")
                + ")";
    }

    private String orNull(String value, String type) {
        return random.nextInt(6) == 0 ? "CAST(NULL AS " + type + ")" : value;
    }

    private record Query(String ours, String ducks) {}

    private Query query(String from) {
        List<String> ours = new ArrayList<>();
        List<String> ducks = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            String[] call = CALLS[random.nextInt(CALLS.length)];
            String filter = call[0].startsWith("C") && call[0].contains("AGG(")
                    ? ""
                    : FILTERABLE.get(random.nextInt(FILTERABLE.size()));
            ours.add(call[0] + filter + " AS c" + i);
            ducks.add(call[call.length - 1] + filter + " AS c" + i);
        }
        String key = random.nextBoolean() ? "k" : "b";
        String rest = " FROM " + from + " GROUP BY " + key;
        return new Query(
                "SELECT " + key + " AS k0, " + String.join(", ", ours) + rest,
                "SELECT " + key + " AS k0, " + String.join(", ", ducks) + rest);
    }

    @Test
    void askedAtOnce() throws SQLException {
        insert();
        for (int i = 0; i < 60; i++) {
            Query query = query("r");
            assertThat(sorted(both.engine().rows(query.ours)))
                    .as("seed %s: %s", seed, query.ours)
                    .containsExactlyElementsOf(expected(query.ducks));
        }
    }

    @Test
    void keptByViews() throws SQLException {
        List<Query> queries = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            queries.add(query(i % 2 == 0 ? "r" : CHANGING));
            both.engine()
                    .run("CREATE MATERIALIZED VIEW v" + i + " AS "
                            + queries.getLast()
                                    .ours
                                    .replace("SELECT ", "SELECT STREAM ")
                                    .replaceFirst("\\(SELECT STREAM", "(SELECT"));
        }
        for (int batch = 0; batch < BATCHES; batch++) {
            insert();
            for (int i = 0; i < ROUNDS; i++) {
                List<String> expected = expected(queries.get(i).ducks);
                String view = "SELECT * FROM v" + i;
                try {
                    both.engine().await(view, rows -> sorted(rows).equals(expected));
                } catch (AssertionError e) {
                    assertThat(sorted(both.engine().rows(view)))
                            .as("seed %s: %s", seed, queries.get(i).ours)
                            .containsExactlyElementsOf(expected);
                }
            }
        }
    }

    private List<String> expected(String query) throws SQLException {
        return sorted(both.expected(query));
    }

    /** Returns rows in one order, with numbers of floating point cut to the digits that do not hang on the order of sums. */
    private static List<String> sorted(List<String> rows) {
        return rows.stream()
                .map(row -> Arrays.stream(row.split("\\|", -1))
                        .map(AggregatesAgainstDuckDbTest::rounded)
                        .collect(Collectors.joining("|")))
                .sorted()
                .toList();
    }

    private static String rounded(String cell) {
        if (cell.equals("NaN")) {
            return "null";
        }
        if (cell.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            // A little more, so that what lies between two roundings is rounded the same way.
            double number = Double.parseDouble(cell) * (1 + 1e-10);
            return String.format("%.6f", number).replace("-0.000000", "0.000000");
        }
        return cell;
    }
}
