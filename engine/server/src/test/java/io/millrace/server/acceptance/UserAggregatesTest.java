package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.function.FunctionJar;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aggregate functions that users make in Java, as a client sees them. */
class UserAggregatesTest {

    /** Average by weight; it takes rows back. */
    private static final String WEIGHTED = """
        package com.example;
        import io.millrace.spi.function.AggregateFunction;
        import java.io.*;
        import org.jspecify.annotations.Nullable;
        public final class Weighted implements AggregateFunction<Weighted.Sum> {
            public static final class Sum { double total; double weight; }
            public Sum create() { return new Sum(); }
            public void add(Sum sum, double value, double weight) {
                if (weight < 0) { throw new IllegalArgumentException("weight " + weight); }
                sum.total += value * weight;
                sum.weight += weight;
            }
            public void retract(Sum sum, double value, double weight) {
                sum.total -= value * weight;
                sum.weight -= weight;
            }
            public @Nullable Double result(Sum sum) { return sum.weight == 0 ? null : sum.total / sum.weight; }
            public void merge(Sum sum, Sum other) { sum.total += other.total; sum.weight += other.weight; }
            public void save(Sum sum, DataOutput out) throws IOException {
                out.writeDouble(sum.total);
                out.writeDouble(sum.weight);
            }
            public Sum load(DataInput in) throws IOException {
                Sum sum = new Sum();
                sum.total = in.readDouble();
                sum.weight = in.readDouble();
                return sum;
            }
        }
        """;

    /** The longest text; it takes no rows back. */
    private static final String LONGEST = """
        package com.example;
        import io.millrace.spi.function.AggregateFunction;
        import java.io.*;
        public final class Longest implements AggregateFunction<int[]> {
            public int[] create() { return new int[1]; }
            public void add(int[] longest, String text) { longest[0] = Math.max(longest[0], text.length()); }
            public int result(int[] longest) { return longest[0]; }
            public void merge(int[] longest, int[] other) { longest[0] = Math.max(longest[0], other[0]); }
            public void save(int[] longest, DataOutput out) throws IOException { out.writeInt(longest[0]); }
            public int[] load(DataInput in) throws IOException { return new int[] {in.readInt()}; }
        }
        """;

    @TempDir
    private Path directory;

    private EngineFixture engine;
    private Path jar;

    @BeforeEach
    void open() {
        jar = FunctionJar.of(directory.resolve("functions.jar"), WEIGHTED, LONGEST);
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run(
                "CREATE FUNCTION weighted AS 'com.example.Weighted' USING JAR '" + jar + "'",
                "CREATE FUNCTION longest AS 'com.example.Longest' USING JAR '" + jar + "'",
                "CREATE STREAM s (at TIMESTAMP, k VARCHAR, price DECIMAL(10, 2), amount INTEGER, WATERMARK FOR at AS"
                        + " at)");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void insert() {
        engine.run("INSERT INTO s VALUES"
                + " (TIMESTAMP '2026-01-01 00:00:01', 'a', 10, 1), (TIMESTAMP '2026-01-01 00:00:02', 'a', 20, 3),"
                + " (TIMESTAMP '2026-01-01 00:00:12', 'bcd', 5, 2), (TIMESTAMP '2026-01-01 00:00:13', 'a', 30, NULL),"
                + " (TIMESTAMP '2026-01-01 00:00:14', 'a', 20, 3)");
    }

    @Test
    void anAggregateIsCalledWithGroupsFilterAndDistinct() {
        insert();
        assertThat(engine.rows("SELECT k, weighted(price, amount), longest(k) FROM s GROUP BY k ORDER BY k"))
                .containsExactly("a|18.571428571428573|1", "bcd|5.0|3");
        assertThat(engine.rows("SELECT weighted(DISTINCT price, amount), weighted(price, 1) FILTER (WHERE amount > 1)"
                        + " FROM s WHERE k = 'a'"))
                .containsExactly("17.5|20.0");
        assertThat(engine.rows("SELECT longest(k), weighted(price, amount) FROM s WHERE k = 'none'"))
                .containsExactly("0|null");
        assertThat(engine.rows("SELECT k FROM s GROUP BY ROLLUP (k) HAVING WEIGHTED(price, amount) > 6 ORDER BY k"))
                .containsExactly("a", "null");
        assertThat(engine.rows("SELECT (SELECT longest(k) FROM s) AS n")).containsExactly("3");
    }

    @Test
    void anAggregateIsCalledInWindowsOfEveryKindAndWithOver() {
        insert();
        String sessions = "SELECT k, weighted(price, amount) FROM TABLE(SESSION(TABLE s PARTITION BY k, DESCRIPTOR(at),"
                + " INTERVAL '5' SECOND)) GROUP BY k, window_start, window_end ORDER BY k, window_start";
        assertThat(engine.rows(sessions)).containsExactly("a|17.5", "a|20.0", "bcd|5.0");
        assertThat(engine.rows("SELECT longest(k) FROM TABLE(HOP(TABLE s, DESCRIPTOR(at), INTERVAL '5' SECOND,"
                        + " INTERVAL '20' SECOND)) GROUP BY window_start, window_end ORDER BY window_start"))
                .containsExactly("1", "1", "3", "3", "3", "3");
        assertThat(engine.rows("SELECT weighted(price, amount) OVER (PARTITION BY k ORDER BY at"
                        + " ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM s WHERE k = 'a' ORDER BY at"))
                .containsExactly("10.0", "17.5", "20.0", "20.0");
        assertThat(engine.rows("SELECT * FROM s MATCH_RECOGNIZE (PARTITION BY k ORDER BY at"
                        + " MEASURES weighted(A.price, A.amount) AS w PATTERN (A A) DEFINE A AS TRUE) ORDER BY w"))
                .containsExactly("a|17.5", "a|20.0");
    }

    @Test
    void aPumpGoesOnWithWhatItsGroupsHeldAfterARestart() {
        engine.run(
                "CREATE STREAM out (k VARCHAR, w DOUBLE, n INTEGER)",
                "CREATE PUMP p AS INSERT INTO out SELECT STREAM k, weighted(price, amount), longest(k) FROM"
                        + " TABLE(TUMBLE(TABLE s, DESCRIPTOR(at), INTERVAL '1' MINUTE))"
                        + " GROUP BY k, window_start, window_end",
                "CREATE MATERIALIZED VIEW v AS SELECT k, weighted(price, amount) AS w FROM s GROUP BY k");
        insert();
        engine.awaitRows("SELECT k FROM v", 2);
        engine.restart();
        engine.run("INSERT INTO s VALUES (TIMESTAMP '2026-01-01 00:00:40', 'a', 100, 7),"
                + " (TIMESTAMP '2026-01-01 00:02:00', 'z', 1, 1)");
        assertThat(engine.awaitRows("SELECT k, w, n FROM out ORDER BY k", 2))
                .containsExactly("a|59.285714285714285|1", "bcd|5.0|3");
        assertThat(engine.awaitRows("SELECT k, w FROM v ORDER BY k", 3))
                .containsExactly("a|59.285714285714285", "bcd|5.0", "z|1.0");
    }

    @Test
    void rowsThatChangeAreTakenBackOrRefused() {
        String changing = "FROM (SELECT k, SUM(amount) AS n FROM s GROUP BY k) AS q";
        engine.run("CREATE MATERIALIZED VIEW v AS SELECT weighted(n, 1) AS w " + changing);
        insert();
        engine.await("SELECT w FROM v", rows -> rows.equals(java.util.List.of("4.5")));
        MillraceException refused =
                engine.failure("CREATE MATERIALIZED VIEW x AS SELECT longest(k) AS n " + changing + " WHERE n > 1");
        assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(refused.describe()).contains("'longest' has no method retract, and rows that it is given change");
        assertThat(refused.hint()).contains("add the method to its class");
        assertThat(engine.rows("SELECT longest(k) " + changing)).containsExactly("3");
    }

    @Test
    void aFunctionThatFailsMakesItsGroupAnErrorThatNamesIt() {
        engine.run(
                "CREATE STREAM out (k VARCHAR, w DOUBLE)",
                "CREATE PUMP p AS INSERT INTO out SELECT STREAM k, weighted(price, amount) FROM"
                        + " TABLE(TUMBLE(TABLE s, DESCRIPTOR(at), INTERVAL '1' MINUTE))"
                        + " GROUP BY k, window_start, window_end");
        insert();
        engine.run("INSERT INTO s VALUES (TIMESTAMP '2026-01-01 00:00:40', 'a', 100, -7)");
        engine.restart();
        engine.run("INSERT INTO s VALUES (TIMESTAMP '2026-01-01 00:02:00', 'z', 1, 1)");
        assertThat(engine.awaitRows("SELECT ERROR_NAME, MESSAGE FROM error_stream", 1))
                .containsExactly("FUNCTION_FAILED|function 'weighted' failed: java.lang.IllegalArgumentException:"
                        + " weight -7.0");
        assertThat(engine.awaitRows("SELECT k, w FROM out", 1)).containsExactly("bcd|5.0");
    }

    @Test
    void theCatalogSaysThatItAggregates() {
        assertThat(engine.rows("SELECT proname, prokind FROM pg_proc WHERE proname IN ('weighted', 'longest')"
                        + " ORDER BY proname"))
                .containsExactly("longest|a", "weighted|a");
        assertThat(engine.rows("SHOW FUNCTIONS")).contains("weighted|(value DOUBLE, weight DOUBLE)|user");
        engine.run("CREATE MATERIALIZED VIEW v AS SELECT longest(k) AS n FROM s");
        assertThat(engine.failure("DROP FUNCTION longest").getMessage()).contains("used by materialized view v");
    }

    @Test
    void whatItCannotDoIsToldWithAWayOut() {
        assertThat(engine.failure("SELECT weighted(k, amount) FROM s").code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(engine.failure("SELECT (SELECT longest(k) FROM s AS b WHERE b.k = a.k) FROM s AS a")
                        .describe())
                .contains("'longest' in a subquery that refers outward");
        Path broken = FunctionJar.of(
                directory.resolve("broken.jar"),
                LONGEST.replace("public void add(int[] longest", "public void add(long[] longest")
                        .replace("longest[0] = Math.max(longest[0], text.length());", ""));
        assertThat(engine.failure("CREATE FUNCTION b AS 'com.example.Longest' USING JAR '" + broken + "'")
                        .describe())
                .contains("add does not take int[] first");
    }
}
