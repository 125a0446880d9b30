package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commits each second for minutes ({@code -Dminutes=4}) leave a table with few files, and files of Parquet each second a
 * folder of a minute with those of its seconds.
 */
@Tag("slow")
class IcebergFreshnessTest {

    private static final String TABLE = "market.trades";
    private static final int ROWS_PER_INSERT = 1000;

    /** One class of file sizes, or what comes while one compaction runs, holds fewer than this. */
    private static final int FILES_MAX = 60;

    /** Each of two shards has one a second, and those that a minute ends or begins in between. */
    private static final int FILES_OF_A_MINUTE_MAX = 2 * 62;

    @TempDir
    Path directory;

    private long rows;
    private int filesMax;

    @Test
    void filesStayFew() throws Exception {
        IcebergTables tables = new IcebergTables(directory.resolve("lake"));
        Duration time = Duration.ofMinutes(Long.getLong("minutes", 4));
        try (ServerProcess server = ServerProcess.start(directory.resolve("data"));
                Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            define(statement);
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                for (int i = 0; i < 20; i++) {
                    insert(statement);
                    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                }
                look(tables);
            }
            awaitDelivered(statement);
        }
        assertThat(PostgresServer.rows(
                        "jdbc:duckdb:",
                        "SELECT COUNT(*), COUNT(DISTINCT id) FROM read_parquet('" + directory.resolve("minutes")
                                + "/**/*.parquet')"))
                .containsExactly(rows + "|" + rows);
        List<Long> minutes = filesOfMinutes();
        assertThat(tables.rows(TABLE, "COUNT(*), COUNT(DISTINCT id)", "1")).containsExactly(rows + "|" + rows);
        Map<String, Long> commits = tables.summaries(TABLE).stream()
                .collect(Collectors.groupingBy(summary -> summary.get("operation"), Collectors.counting()));
        System.out.println(rows + " rows, at most " + filesMax + " files, commits kept " + commits
                + ", files of Parquet in folders of minutes " + minutes);
        assertThat(minutes).allMatch(files -> files <= FILES_OF_A_MINUTE_MAX);
        assertThat(filesMax).isLessThan(FILES_MAX);
    }

    private void define(Statement statement) throws SQLException {
        statement.execute(
                "CREATE STREAM trades (id BIGINT, ticker VARCHAR, price DOUBLE, at TIMESTAMP) WITH (shards = 2,"
                        + " partition_key = 'ticker')");
        statement.execute("CREATE DELIVERY d FROM trades TO 'iceberg:" + TABLE + "' WITH (warehouse = '"
                + directory.resolve("lake").toUri() + "', partition_by = 'day(at)', roll_interval = '1 s')");
        statement.execute("CREATE DELIVERY m FROM trades TO '"
                + directory.resolve("minutes").toUri()
                + "' WITH (format = 'parquet', prefix = '!{timestamp:HH-mm}/', roll_interval = '1 s')");
    }

    private List<Long> filesOfMinutes() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("minutes"))) {
            return files
                    .filter(file -> file.toString().endsWith(".parquet"))
                    .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()))
                    .values()
                    .stream()
                    .toList();
        }
    }

    private void insert(Statement statement) throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO trades VALUES ");
        for (int i = 0; i < ROWS_PER_INSERT; i++) {
            sql.append(i > 0 ? "," : "")
                    .append("(" + rows++ + ", 'T" + i % 100 + "', " + i * 0.25)
                    .append(", TIMESTAMP '2026-01-31 09:00:00')");
        }
        statement.execute(sql.toString());
    }

    /** The table is there when the first commit is. */
    private void look(IcebergTables tables) {
        try {
            filesMax = Math.max(filesMax, tables.files(TABLE).size());
        } catch (Exception e) {
            assertThat(filesMax).as("the table was there before: %s", e).isZero();
        }
    }

    private void awaitDelivered(Statement statement) throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        long delivered = 0;
        while (delivered < rows && System.nanoTime() < deadline) {
            delivered = rows;
            try (ResultSet deliveries = statement.executeQuery("SHOW DELIVERIES")) {
                while (deliveries.next()) {
                    delivered = Math.min(delivered, deliveries.getLong("rows"));
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        assertThat(delivered).isEqualTo(rows);
    }
}
