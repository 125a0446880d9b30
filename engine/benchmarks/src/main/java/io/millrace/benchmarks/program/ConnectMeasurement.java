package io.millrace.benchmarks.program;

import io.millrace.server.engine.Engine;
import io.millrace.server.postgres.PostgresGateway;
import io.millrace.server.postgres.PostgresSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody at a terminal waits for: to be connected, and to see the first row of a query that ends. Our driver and
 * pgjdbc with Millrace and, where {@value Peer#VARIABLE} names one, pgjdbc with a PostgreSQL of the same rows, in turns.
 */
public final class ConnectMeasurement implements Measurement {

    private static final String TABLE = "connected_trades";
    private static final int ROWS = 10_000;
    private static final String TURNS = "bench.turns";
    private static final int COUNTED = Integer.getInteger(TURNS, 500);
    private static final int WARM_UP = COUNTED / 2;
    private static final String QUERY =
            "SELECT ticker, COUNT(*) AS n, SUM(quantity) AS q FROM " + TABLE + " WHERE id < 1001000 GROUP BY ticker";

    @Override
    public String name() {
        return "connect";
    }

    @Override
    public String what() {
        return "to connect, and from a connection to the first row of a grouping of 1000 of " + ROWS + " rows and of"
                + " a first page, on a warm server; " + COUNTED + " times (-D" + TURNS + ") in turns after " + WARM_UP
                + "; peer: pgjdbc and PostgreSQL at $" + Peer.VARIABLE;
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        byte[] rows = Trades.copyText(ROWS, '\t');
        String peer = Peer.url();
        Map<String, String> urls = new LinkedHashMap<>();
        try (Engine engine = Engine.open(directory.resolve("data"));
                PostgresGateway gateway =
                        new PostgresGateway(engine, PostgresSettings.defaults().withAddress("127.0.0.1", 0))) {
            String server = "//127.0.0.1:" + gateway.start().getPort() + "/millrace?user=millrace";
            urls.put("our driver, Millrace", "jdbc:millrace:" + server);
            urls.put("pgjdbc, Millrace", "jdbc:postgresql:" + server);
            load("jdbc:postgresql:" + server, "STREAM", rows);
            if (peer != null) {
                urls.put("pgjdbc, PostgreSQL", peer);
                load(peer, "TABLE", rows);
            }
            return measure(urls);
        } finally {
            if (peer != null) {
                execute(peer, "DROP TABLE IF EXISTS " + TABLE);
            }
        }
    }

    private static void load(String url, String kind, byte[] rows) throws Exception {
        execute(url, Trades.create(kind, TABLE));
        try (Connection connection = DriverManager.getConnection(url)) {
            Trades.copyIn(connection, TABLE, "text", rows, 1);
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<Figure> measure(Map<String, String> urls) throws SQLException {
        Map<String, long[]> connecting = new LinkedHashMap<>();
        Map<String, long[]> grouping = new LinkedHashMap<>();
        Map<String, long[]> paging = new LinkedHashMap<>();
        for (int turn = -WARM_UP; turn < COUNTED; turn++) {
            for (Map.Entry<String, String> each : urls.entrySet()) {
                long started = System.nanoTime();
                try (Connection connection = DriverManager.getConnection(each.getValue())) {
                    note(connecting, each.getKey(), turn, System.nanoTime() - started);
                    // The statements that follow find a session that has run one.
                    firstRow(connection, "SELECT 1");
                    note(grouping, each.getKey(), turn, firstRow(connection, QUERY));
                    String page = "SELECT * FROM " + TABLE + " LIMIT 100";
                    note(paging, each.getKey(), turn, firstRow(connection, page));
                }
            }
        }
        List<Figure> figures = new ArrayList<>();
        figures("connect", connecting, figures);
        figures("first row of a grouping", grouping, figures);
        figures("first row of a page", paging, figures);
        return figures;
    }

    private static void note(Map<String, long[]> times, String subject, int turn, long nanos) {
        long[] all = times.computeIfAbsent(subject, name -> new long[COUNTED]);
        if (turn >= 0) {
            all[turn] = nanos;
        }
    }

    /** Returns how long the first row takes, from the text of the query on. */
    private static long firstRow(Connection connection, String sql) throws SQLException {
        long started = System.nanoTime();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next() || rows.getString(1).isEmpty()) {
                throw new IllegalStateException("no row for " + sql);
            }
            return System.nanoTime() - started;
        }
    }

    private static void figures(String what, Map<String, long[]> times, List<Figure> figures) {
        times.forEach((subject, nanos) -> {
            Arrays.sort(nanos);
            figures.add(new Figure(what + ": " + subject + ", median", nanos[COUNTED / 2] / 1e3, "us"));
            figures.add(new Figure(what + ": " + subject + ", 99 of 100", nanos[COUNTED * 99 / 100] / 1e3, "us"));
        });
    }
}
