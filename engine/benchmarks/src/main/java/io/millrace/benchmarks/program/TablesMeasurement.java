package io.millrace.benchmarks.program;

import io.millrace.server.engine.Engine;
import io.millrace.server.postgres.PostgresGateway;
import io.millrace.server.postgres.PostgresSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Statements that change tables, each durable when it is answered, over pgjdbc. */
public final class TablesMeasurement implements Measurement {

    private static final int ROWS = 100_000;
    private static final int STATEMENTS = 1000;
    private static final int SESSIONS = 8;

    @Override
    public String name() {
        return "tables";
    }

    @Override
    public String what() {
        return "INSERT, UPDATE and DELETE by key in a table of 100,000 rows, each durable, with pgjdbc; peer:"
                + " PostgreSQL at $"
                + Peer.VARIABLE;
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Engine engine = Engine.open(directory.resolve("data"));
                PostgresGateway gateway =
                        new PostgresGateway(engine, PostgresSettings.defaults().withAddress("127.0.0.1", 0))) {
            int port = gateway.start().getPort();
            measure("Millrace", "jdbc:postgresql://127.0.0.1:" + port + "/millrace?user=millrace", figures);
        }
        String peer = Peer.url();
        if (peer != null) {
            measure("PostgreSQL", peer, figures);
        }
        return figures;
    }

    private static void measure(String subject, String url, List<Figure> figures) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS bench");
            statement.execute("CREATE TABLE bench (id INTEGER PRIMARY KEY, name VARCHAR(40), n BIGINT)");
            byte[] rows = copied();
            long started = System.nanoTime();
            Trades.copyIn(connection, "bench", "text", rows, 1);
            figures.add(figure(subject, "COPY of 100,000 rows into an empty table", ROWS, started));
            AtomicInteger next = new AtomicInteger(ROWS);
            one(connection, subject, "INSERT, one session", "INSERT INTO bench VALUES (?, 'new', 1)", next, figures);
            one(
                    connection,
                    subject,
                    "UPDATE by key, one session",
                    "UPDATE bench SET n = n + 1 WHERE id = ?",
                    null,
                    figures);
            one(connection, subject, "SELECT by key, one session", "SELECT n FROM bench WHERE id = ?", null, figures);
            many(url, subject, figures);
            many(connection, subject, next, figures);
            statement.execute("DROP TABLE bench");
        }
    }

    private static byte[] copied() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            rows.append(i).append("\tname of ").append(i).append('\t').append(i).append('\n');
        }
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Figure figure(String subject, String what, long count, long started) {
        return new Figure(subject + ", " + what, count * 1e9 / (System.nanoTime() - started), "/s");
    }

    /** Statements of one session one after the other; the second half counts. */
    private static void one(
            Connection connection,
            String subject,
            String what,
            String sql,
            @Nullable AtomicInteger next,
            List<Figure> figures)
            throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(sql)) {
            long started = 0;
            for (int i = 0; i < 2 * STATEMENTS; i++) {
                if (i == STATEMENTS) {
                    started = System.nanoTime();
                }
                prepared.setInt(1, next == null ? (i * 7919) % ROWS : next.getAndIncrement());
                prepared.execute();
            }
            figures.add(figure(subject, what, STATEMENTS, started));
        }
    }

    /** Updates of several sessions at once. */
    private static void many(String url, String subject, List<Figure> figures) throws Exception {
        try (ExecutorService sessions = Executors.newFixedThreadPool(SESSIONS)) {
            long started = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            for (int session = 0; session < SESSIONS; session++) {
                int first = session;
                all.add(sessions.submit(() -> {
                    try (Connection connection = DriverManager.getConnection(url);
                            PreparedStatement update =
                                    connection.prepareStatement("UPDATE bench SET n = n + 1 WHERE id = ?")) {
                        for (int i = 0; i < STATEMENTS; i++) {
                            update.setInt(1, (first + i * 7919) % ROWS);
                            update.execute();
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            figures.add(
                    figure(subject, "UPDATE by key, " + SESSIONS + " sessions", (long) SESSIONS * STATEMENTS, started));
        }
    }

    /** Many rows in a statement. */
    private static void many(Connection connection, String subject, AtomicInteger next, List<Figure> figures)
            throws SQLException {
        int perStatement = 1000;
        int statements = 50;
        String values = String.join(", ", Collections.nCopies(perStatement, "(?, 'new', 1)"));
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO bench VALUES " + values)) {
            long started = System.nanoTime();
            for (int i = 0; i < statements; i++) {
                for (int row = 1; row <= perStatement; row++) {
                    insert.setInt(row, next.getAndIncrement());
                }
                insert.execute();
            }
            figures.add(figure(subject, "rows by INSERT of 1000 each", (long) perStatement * statements, started));
        }
        try (Statement statement = connection.createStatement()) {
            long started = System.nanoTime();
            int changed = statement.executeUpdate("UPDATE bench SET n = n + 1 WHERE id < " + ROWS);
            figures.add(figure(subject, "rows by one UPDATE of all", changed, started));
        }
    }
}
