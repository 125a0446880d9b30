package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An Iceberg table that grows and is compacted, a pump that follows its snapshots, and a server that is killed over and
 * over: each row is copied exactly once.
 */
@Timeout(1800)
class WatchedIcebergCrashTest {

    private static final int THOUSAND = 1000;

    /** So many rows a snapshot appends: a dozen steps, so that kills fall between them. */
    private static final int ROWS_PER_SNAPSHOT = 200 * THOUSAND;

    private static final Duration WAIT_MAX = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private static final String BEGUN = "begun ";

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private long rows;
    private Optional<Path> ledger = Optional.empty();

    @Test
    @Tag("slow")
    void survivesTwoKills() throws Exception {
        follow(2);
    }

    @Test
    @Tag("slow")
    void survivesFiftyKills() throws Exception {
        follow(50);
    }

    /** Goes on until so many kills came when a part of a snapshot was copied; others come after its end. */
    private void follow(int kills) throws Exception {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path data = directory.resolve("data");
        int killed = 0;
        int midway = 0;
        ServerProcess server = ServerProcess.start(data);
        try {
            deliver(server);
            watch(server);
            long copyNanos = timeOfFirst(server);
            while (midway < kills) {
                long begun = begun();
                insert(server);
                await(() -> begun() != begun);
                LockSupport.parkNanos(random.nextLong(copyNanos / 2));
                server.kill();
                killed++;
                midway += ledger().getLast().startsWith(BEGUN) ? 1 : 0;
                server = ServerProcess.start(data);
                awaitCopied(server);
            }
            System.out.println(killed + " kills, " + midway + " while a snapshot was copied");
            awaitCompaction();
            // What follows a compaction is read once; what it put together is not read again.
            insert(server);
            awaitCopied(server);
            check(server);
            assertThat(server.stop()).isZero();
        } finally {
            server.close();
        }
    }

    /** Waits until all is copied that was there first, and returns how long that took. */
    private long timeOfFirst(ServerProcess server) throws Exception {
        await(() -> begun() > 0);
        long started = System.nanoTime();
        awaitCopied(server);
        return System.nanoTime() - started;
    }

    private long begun() throws IOException {
        return ledger().stream().filter(line -> line.startsWith(BEGUN)).count();
    }

    /** Returns which snapshots were begun and done. */
    private List<String> ledger() throws IOException {
        if (ledger.isEmpty()) {
            ledger = findLedger();
        }
        return ledger.isEmpty() ? List.of() : Files.readAllLines(ledger.get());
    }

    /** State comes and goes while it is looked through; then there is another look. */
    private Optional<Path> findLedger() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data/state"))) {
            return files.filter(path -> path.endsWith("files")).findAny();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Path lake() {
        return directory.resolve("lake");
    }

    /** Fills a table of several partitions. */
    private void deliver(ServerProcess server) throws Exception {
        String numbers =
                IntStream.range(0, THOUSAND).mapToObj(n -> "(" + n + ")").collect(Collectors.joining(", "));
        execute(
                server,
                "CREATE TABLE thousand (n BIGINT)",
                "INSERT INTO thousand VALUES " + numbers,
                "CREATE STREAM trades (id BIGINT, k BIGINT) WITH (shards = 2, partition_key = 'k')",
                "CREATE DELIVERY d FROM trades TO 'iceberg:market.trades' WITH (warehouse = '"
                        + lake().toUri() + "', partition_by = 'bucket(2, k)', roll_interval = '1 s',"
                        + " compaction_files = 3, upkeep_interval = '100 ms')");
        insert(server);
        await(() -> delivered(server) >= rows);
    }

    private void watch(ServerProcess server) throws SQLException {
        execute(
                server,
                "CREATE EXTERNAL TABLE arriving FROM 'iceberg:market.trades' WITH (warehouse = '" + lake().toUri()
                        + "', watch_interval = '50 ms')",
                "CREATE STREAM copied (id BIGINT, k BIGINT) WITH (shards = 2, partition_key = 'k')",
                "CREATE PUMP p AS INSERT INTO copied SELECT STREAM id, k FROM arriving");
    }

    private void insert(ServerProcess server) throws SQLException {
        execute(
                server,
                "INSERT INTO trades SELECT " + rows + " + " + THOUSAND + " * a.n + b.n, MOD(b.n, 10)"
                        + " FROM thousand AS a CROSS JOIN thousand AS b WHERE a.n < " + ROWS_PER_SNAPSHOT / THOUSAND);
        rows += ROWS_PER_SNAPSHOT;
    }

    private static long delivered(ServerProcess server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet deliveries = statement.executeQuery("SHOW DELIVERIES")) {
            assertThat(deliveries.next()).isTrue();
            return deliveries.getLong("rows");
        }
    }

    private void awaitCopied(ServerProcess server) throws Exception {
        await(() -> Long.parseLong(PostgresServer.rows(server.jdbcUrl(), "SELECT COUNT(*) FROM copied")
                        .getFirst())
                >= rows);
    }

    /** Looks often enough that a kill can follow soon, and gives up where it takes for ever. */
    private static void await(Callable<Boolean> happened) throws Exception {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        while (!happened.call()) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("waited for " + WAIT_MAX);
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Waits for a snapshot that has the rows of others in other files. */
    private void awaitCompaction() throws Exception {
        IcebergTables tables = new IcebergTables(lake());
        await(() -> tables.summaries("market.trades").stream()
                .anyMatch(summary -> "replace".equals(summary.get("operation"))));
    }

    private void check(ServerProcess server) throws SQLException {
        assertThat(PostgresServer.rows(server.jdbcUrl(), "SELECT COUNT(*), COUNT(DISTINCT id), SUM(id) FROM copied"))
                .as("seed %s", seed)
                .containsExactly(rows + "|" + rows + "|" + rows * (rows - 1) / 2);
        assertThat(PostgresServer.rows(server.jdbcUrl(), "SELECT COUNT(*) FROM error_stream"))
                .containsExactly("0");
    }

    private static void execute(ServerProcess server, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
