package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements make of tables what DuckDB makes of them, and fail where they fail there; views over them are what their
 * queries answer after each step; a restart changes nothing.
 */
class TablesAgainstDuckDbTest {

    private static final int ROUNDS = 160;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void statementsDoTheSame() throws Exception {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                EngineFixture engine = EngineFixture.open(directory)) {
            for (String table : List.of(
                    "CREATE TABLE t (k INTEGER PRIMARY KEY, name VARCHAR DEFAULT 'new', n BIGINT)",
                    "CREATE TABLE u (a INTEGER, b VARCHAR, x INTEGER NOT NULL, PRIMARY KEY (a, b))",
                    "CREATE TABLE bag (k INTEGER, v VARCHAR)")) {
                engine.run(table);
                run(duck, table);
            }
            engine.run(
                    "CREATE MATERIALIZED VIEW per_name AS SELECT name, count(*) AS c, sum(n) AS s, min(k) AS m FROM t"
                            + " GROUP BY name",
                    "CREATE MATERIALIZED VIEW pairs AS SELECT t.k, t.name, u.b, u.x FROM t LEFT JOIN u ON t.k = u.a",
                    "CREATE MATERIALIZED VIEW kept AS SELECT k, v FROM bag WHERE k NOT IN (SELECT k FROM t)");
            for (int round = 0; round < ROUNDS; round++) {
                String statement = statement();
                assertThat(failure(engine, statement))
                        .as("seed %s: %s", seed, statement)
                        .isEqualTo(run(duck, statement));
                if (round % 8 == 0) {
                    compare(engine, duck, statement);
                }
                if (round % 40 == 20) {
                    engine.restart();
                }
            }
            compare(engine, duck, "the end");
        }
    }

    private void compare(EngineFixture engine, Connection duck, String after) throws SQLException {
        for (String query : List.of(
                "SELECT k, name, n FROM t ORDER BY 1",
                "SELECT a, b, x FROM u ORDER BY 1, 2",
                "SELECT n FROM t WHERE k = 3 AND n >= 0",
                "SELECT x FROM u WHERE a = 3 AND b = 'b'",
                "SELECT k, v FROM bag ORDER BY k NULLS LAST, v NULLS LAST",
                "SELECT u.b, count(*), sum(t.n) FROM t JOIN u ON t.k = u.a GROUP BY u.b ORDER BY 1")) {
            assertThat(engine.rows(query))
                    .as("seed %s, after %s: %s", seed, after, query)
                    .isEqualTo(rows(duck, query));
        }
        follows(engine, "per_name", rows(duck, "SELECT name, count(*), sum(n), min(k) FROM t GROUP BY name"));
        follows(engine, "pairs", rows(duck, "SELECT t.k, t.name, u.b, u.x FROM t LEFT JOIN u ON t.k = u.a"));
        follows(engine, "kept", rows(duck, "SELECT k, v FROM bag WHERE k NOT IN (SELECT k FROM t)"));
    }

    private static void follows(EngineFixture engine, String view, List<String> expected) {
        List<String> sorted = expected.stream().sorted().toList();
        engine.await(
                "SELECT * FROM " + view, rows -> rows.stream().sorted().toList().equals(sorted));
    }

    private String statement() {
        return switch (random.nextInt(18)) {
            case 0, 1 -> "INSERT INTO t VALUES " + list(() -> "(" + key() + ", " + name() + ", " + number() + ")");
            case 2 -> "INSERT INTO t (k, n) VALUES " + list(() -> "(" + key() + ", " + number() + ")");
            case 3 -> "INSERT INTO u VALUES " + list(() -> "(" + key() + ", " + text() + ", " + number() + ")");
            case 4 -> "INSERT INTO bag VALUES " + list(() -> "(" + key() + ", " + name() + ")");
            case 5 ->
                "INSERT INTO t VALUES (" + key() + ", " + name() + ", " + number() + ")"
                        + " ON CONFLICT (k) DO UPDATE SET n = EXCLUDED.n, name = t.name";
            case 6 ->
                "INSERT INTO u VALUES (" + key() + ", " + text() + ", 1)"
                        + " ON CONFLICT (a, b) DO UPDATE SET x = u.x + EXCLUDED.x WHERE u.x < 100";
            case 7 ->
                "INSERT INTO t VALUES " + list(() -> "(" + key() + ", " + name() + ", 0)") + " ON CONFLICT DO NOTHING";
            case 8 -> "UPDATE t SET n = coalesce(n, 0) + 1 WHERE k < " + key();
            case 9 -> "UPDATE t SET name = " + name() + " WHERE k = " + key();
            case 10 -> "UPDATE u SET x = x * 2 WHERE a IN (SELECT k FROM t WHERE n > " + random.nextInt(50) + ")";
            case 11 -> "UPDATE bag SET v = " + name() + " WHERE k = " + key();
            case 12 -> "DELETE FROM t WHERE k = " + key() + " OR n < " + random.nextInt(10);
            case 13 -> "DELETE FROM u WHERE b = " + text();
            case 14 -> "DELETE FROM bag WHERE k > " + (8 + random.nextInt(8));
            case 15 -> "UPDATE u SET x = x + 1 WHERE " + text() + " = b AND a = " + key();
            case 16 -> "DELETE FROM u WHERE a = " + key() + " AND x > 20 AND b = " + text();
            default -> "INSERT INTO bag SELECT k, name FROM t WHERE k % 3 = " + random.nextInt(3);
        };
    }

    private int key() {
        return random.nextInt(16);
    }

    private String name() {
        return random.nextInt(5) == 0 ? "NULL" : text();
    }

    private String text() {
        return "'" + (char) ('a' + random.nextInt(5)) + "'";
    }

    private String number() {
        return random.nextInt(8) == 0 ? "NULL" : String.valueOf(random.nextInt(100));
    }

    private String list(java.util.function.Supplier<String> row) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> row.get())
                .collect(Collectors.joining(", "));
    }

    private static boolean failure(EngineFixture engine, String statement) {
        MillraceException failure = engine.failure(statement);
        if (failure != null && !failure.code().sqlState().startsWith("23")) {
            throw failure;
        }
        return failure != null;
    }

    /** Returns whether it failed. */
    private static boolean run(Connection duck, String statement) {
        try (Statement run = duck.createStatement()) {
            run.execute(statement);
            return false;
        } catch (SQLException e) {
            return true;
        }
    }

    private static List<String> rows(Connection duck, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = duck.createStatement();
                ResultSet results = statement.executeQuery(query)) {
            int columns = results.getMetaData().getColumnCount();
            while (results.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(results.getString(i));
                }
                rows.add(row.stream().map(String::valueOf).collect(Collectors.joining("|")));
            }
        }
        return rows;
    }
}
