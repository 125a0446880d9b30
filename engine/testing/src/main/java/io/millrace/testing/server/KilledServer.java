package io.millrace.testing.server;

import io.millrace.testing.connector.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A server that is killed at random moments while rows go into its stream {@code events}, which deliveries read: {@code id}
 * counts from 0, and {@code k} is one of some keys, {@code k0}, {@code k1} …. From one thread.
 */
public final class KilledServer implements AutoCloseable {

    private static final int ROWS_PER_INSERT = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path data;
    private final int keys;
    private final Random random;
    private ServerProcess process;
    private int rows;

    /**
     * Starts a server with its stream.
     *
     * @param data the server's directory
     * @param seed of the moments
     * @param keys how many there are
     */
    public KilledServer(Path data, long seed, int keys) throws IOException, SQLException {
        System.out.println("seed " + seed);
        this.data = data;
        this.keys = keys;
        this.random = new Random(seed);
        this.process = ServerProcess.start(data);
        execute("CREATE STREAM events (id BIGINT, k VARCHAR) WITH (shards = 2, partition_key = 'k')");
    }

    /** Returns the seed that {@code -Dseed} sets, or another each time. */
    public static long seed() {
        return Long.getLong("seed", System.nanoTime());
    }

    public void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(process.jdbcUrl());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the rows of a query, cells with bars between them. */
    public List<String> rows(String sql) throws SQLException {
        return PostgresServer.rows(process.jdbcUrl(), sql);
    }

    /** Returns how many rows the stream has taken. */
    public int rows() {
        return rows;
    }

    /** Puts rows in. */
    public void insert() throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO events VALUES ");
        for (int i = 0; i < ROWS_PER_INSERT; i++) {
            sql.append(i > 0 ? "," : "").append("(" + (rows + i) + ", 'k" + i % keys + "')");
        }
        execute(sql.toString());
        rows += ROWS_PER_INSERT;
    }

    /** Puts rows in for a random time. */
    public void insertFor(Duration shortest, Duration longest) throws SQLException {
        long until = System.nanoTime() + random.nextLong(shortest.toNanos(), longest.toNanos());
        insertUntil(() -> System.nanoTime() >= until);
    }

    private void insertUntil(BooleanSupplier so) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("what is waited for has not come: " + rows("SHOW DELIVERIES"));
            }
            insert();
        }
    }

    /** Puts rows in for a random time, and kills the server. */
    public void killAfter(Duration shortest, Duration longest) throws SQLException, InterruptedException {
        insertFor(shortest, longest);
        process.kill();
    }

    /**
     * Puts rows in until something is so, and kills the server at once.
     *
     * @throws AssertionError where it is not so in five minutes
     */
    public void killOnce(BooleanSupplier so) throws SQLException, InterruptedException {
        insertUntil(so);
        process.kill();
    }

    /** Starts it again after a kill. */
    public void restart() throws IOException {
        process = ServerProcess.start(data);
    }

    /** Kills and starts it so many times, after random times. */
    public void survive(int kills, Duration shortest, Duration longest)
            throws IOException, SQLException, InterruptedException {
        for (int kill = 0; kill < kills; kill++) {
            killAfter(shortest, longest);
            restart();
        }
    }

    /**
     * Puts more rows in, and waits until all that there are have been delivered.
     *
     * @param deliveries how many there are
     * @param guarantee theirs; those of {@code exactly-once} count each row once
     */
    public void awaitDelivered(int deliveries, String guarantee) throws SQLException {
        insert();
        String counted = guarantee.equals("exactly-once") ? String.valueOf(rows) : "\\d+";
        await(deliveries, ".*\\|running\\|" + guarantee + "\\|\\d+\\|" + counted + "\\|0\\|0\\|.*");
    }

    /** Puts more rows in, and waits until each of so many deliveries has delivered or refused all that there are. */
    public void awaitDeliveredOrRefused(int deliveries) throws SQLException {
        insert();
        await(deliveries, ".*\\|running\\|exactly-once\\|\\d+\\|\\d+\\|0\\|.*");
    }

    private void await(int deliveries, String shown) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> last = List.of();
        while (System.nanoTime() < deadline) {
            last = rows("SHOW DELIVERIES");
            if (last.size() == deliveries && last.stream().allMatch(row -> row.matches(shown))) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new AssertionError("not delivered: " + last);
    }

    /** Ends it as {@code kill} does, and returns its exit code. */
    public int stop() throws InterruptedException {
        return process.stop();
    }

    @Override
    public void close() {
        process.close();
    }
}
