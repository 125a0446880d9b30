package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PIVOT and UNPIVOT answer as DuckDB does, whose own words for them differ a little. */
class PivotAgainstDuckDbTest {

    private static final int ROWS = 100;
    private static final int QUERIES = 60;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private EngineBesideDuckDb both;

    @BeforeEach
    void open() throws SQLException {
        both = new EngineBesideDuckDb(directory.resolve("data"), "k VARCHAR, g BIGINT, a BIGINT, b BIGINT");
        both.insert(Stream.generate(this::row).limit(ROWS).toList());
    }

    @AfterEach
    void close() throws SQLException {
        both.close();
    }

    private String row() {
        return "(" + orNull("'k" + random.nextInt(3) + "'", "VARCHAR") + ", " + number() + ", " + number() + ", "
                + number() + ")";
    }

    private String number() {
        return orNull("" + random.nextInt(4), "BIGINT");
    }

    private String orNull(String value, String type) {
        return random.nextInt(6) == 0 ? "CAST(NULL AS " + type + ")" : value;
    }

    @Test
    void pivots() throws SQLException {
        int rows = 0;
        for (int i = 0; i < QUERIES; i++) {
            String columns = pick("k, g, a", "k, g, a, b", "k, a");
            String calls = pick("SUM(a) AS s", "COUNT(*) AS n, MAX(a) AS m", "MIN(a) AS l, SUM(a) AS s, COUNT(a) AS c");
            String values = pick("'k0', 'k1'", "'k2'", "'k0', 'k1', 'k2', 'none'");
            String named = values.replaceAll("'(\\w+)'", "'$1' AS $1");
            String from = "FROM (SELECT " + columns + " FROM r WHERE g IS NOT NULL)";
            String pivot = " PIVOT (" + calls + " FOR k IN (";
            rows += same(
                    "SELECT * " + from + pivot + named + "))", "SELECT * " + from + " AS p" + pivot + values + "))");
        }
        assertThat(rows).isGreaterThan(QUERIES);
    }

    @Test
    void unpivots() throws SQLException {
        int rows = 0;
        for (int i = 0; i < QUERIES; i++) {
            String columns = pick("a, b", "b, a", "g, a, b", "a");
            String nulls = pick("", " INCLUDE NULLS", " EXCLUDE NULLS");
            String from = " FROM (SELECT k, g, a, b FROM r" + pick("", " WHERE g > 1") + ")";
            String kept = columns.contains("g") ? "k" : "k, g";
            String query = " UNPIVOT" + nulls + " (v FOR n IN (" + columns + "))";
            String ours = "SELECT " + kept + ", n, v" + from + query;
            String theirs = "SELECT " + kept + ", n, v" + from + " AS p" + query.replace(" EXCLUDE NULLS", "");
            rows += same(ours, theirs);
        }
        assertThat(rows).isGreaterThan(QUERIES);
    }

    private int same(String query, String toDuck) throws SQLException {
        List<String> expected = both.expected(toDuck);
        expected.sort(null);
        List<String> actual = new ArrayList<>(both.engine().rows(query));
        actual.sort(null);
        assertThat(actual).as("seed %s: %s", seed, query).containsExactlyElementsOf(expected);
        return expected.size();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
