package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.server.ServerProcess;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** A server whose heap holds a small part of the rows groups, joins and sorts them, several queries at once. */
@Tag("slow")
@Timeout(600)
class MoreRowsThanMemoryTest {

    private static final int ROWS = 6_000_000;

    /** No factor of the number of rows, so that each key comes once, and none near the one before. */
    private static final int STEP = 7919;

    @TempDir
    Path directory;

    private ServerProcess server;

    @Test
    void groupsJoinsAndSortsThem() throws Exception {
        Path files = Files.createDirectories(directory.resolve("files"));
        duckdb("COPY (SELECT (i * " + STEP + ") % " + ROWS + " AS k, i AS v, 'text ' || (i % 1000) AS s FROM range("
                + ROWS + ") r(i)) TO '" + files.resolve("rows.parquet") + "' (FORMAT parquet, ROW_GROUP_SIZE 100000)");
        Path settings = directory.resolve("settings");
        Files.writeString(settings, "query-memory = 24 MB\n");
        server = ServerProcess.start(directory.resolve("data"), "-Xmx160m", settings);
        try {
            String rows = "'" + files.resolve("rows.parquet").toUri() + "'";
            List<CompletableFuture<Void>> all = new ArrayList<>();
            all.add(CompletableFuture.runAsync(() -> answers(
                    "SELECT COUNT(*), SUM(n), MAX(n), SUM(k) FROM (SELECT k, COUNT(*) AS n, MIN(s) AS s FROM " + rows
                            + " GROUP BY k)",
                    ROWS + "|" + ROWS + "|1|" + sum())));
            all.add(CompletableFuture.runAsync(() -> answers(
                    "SELECT COUNT(*), SUM(a.v), SUM(b.k) FROM " + rows + " a JOIN " + rows + " b ON a.v = b.k",
                    ROWS + "|" + sum() + "|" + sum())));
            all.add(CompletableFuture.runAsync(() -> comesInOrder("SELECT k, v, s FROM " + rows + " ORDER BY k")));
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
            try (Stream<Path> left = Files.list(directory.resolve("data/spill"))) {
                assertThat(left).isEmpty();
            }
        } finally {
            server.close();
        }
    }

    private static long sum() {
        return (long) ROWS * (ROWS - 1) / 2;
    }

    private static void duckdb(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET memory_limit = '1GB'");
            statement.execute(sql);
        }
    }

    private void answers(String sql, String expected) {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                cells.add(rows.getString(i));
            }
            assertThat(String.join("|", cells)).as(sql).isEqualTo(expected);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private void comesInOrder(String sql) {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            InOrder order = new InOrder();
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (" + sql + ") TO STDOUT", order);
            assertThat(order.rows).isEqualTo(ROWS);
        } catch (SQLException | java.io.IOException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Takes the lines of a COPY and looks whether each is the one that comes next. */
    private static final class InOrder extends Writer {

        private final StringBuilder line = new StringBuilder();
        private int rows;

        @Override
        public void write(char[] letters, int from, int length) {
            for (int i = from; i < from + length; i++) {
                if (letters[i] == '\n') {
                    next(line.toString());
                    line.setLength(0);
                } else {
                    line.append(letters[i]);
                }
            }
        }

        private void next(String row) {
            String[] cells = row.split("\t", -1);
            long v = Long.parseLong(cells[1]);
            boolean right =
                    Long.parseLong(cells[0]) == rows && v * STEP % ROWS == rows && cells[2].equals("text " + v % 1000);
            if (!right) {
                throw new AssertionError("row " + rows + " is " + row);
            }
            rows++;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
