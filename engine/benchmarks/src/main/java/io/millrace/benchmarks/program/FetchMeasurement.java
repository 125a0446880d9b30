package io.millrace.benchmarks.program;

import io.millrace.server.engine.Engine;
import io.millrace.server.postgres.PostgresGateway;
import io.millrace.server.postgres.PostgresSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows fetched over JDBC, every cell looked at: our driver from Millrace and, where {@value Peer#VARIABLE} names one,
 * pgjdbc from a PostgreSQL that holds the same rows. They take turns.
 */
public final class FetchMeasurement implements Measurement {

    private static final String ROWS = "bench.rows";
    private static final int ROWS_PER_PART = 100_000;
    private static final int PARTS = Integer.getInteger(ROWS, 10_000_000) / ROWS_PER_PART;
    private static final int ROUNDS = 3;
    private static final int FETCH_SIZE = 10_000;
    private static final String CPU = ", client and server";
    private static final String TABLE = "fetched_trades";

    @Override
    public String name() {
        return "fetch";
    }

    @Override
    public String what() {
        return "SELECT of ten million rows (-D" + ROWS
                + ") of seven columns, about 95 bytes, each cell read by getLong,"
                + " getString, ...; peer: pgjdbc and PostgreSQL at $" + Peer.VARIABLE + ", fetch size " + FETCH_SIZE;
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        byte[] part = Trades.copyText(ROWS_PER_PART, '\t');
        String peer = Peer.url();
        Map<String, double[]> rates = new LinkedHashMap<>();
        try (Engine engine = Engine.open(directory.resolve("data"));
                PostgresGateway gateway =
                        new PostgresGateway(engine, PostgresSettings.defaults().withAddress("127.0.0.1", 0))) {
            String server = "//127.0.0.1:" + gateway.start().getPort() + "/millrace?user=millrace";
            load("jdbc:postgresql:" + server, "STREAM", part);
            if (peer != null) {
                load(peer, "TABLE", part);
            }
            for (int round = 0; round <= ROUNDS; round++) {
                measure("Millrace", "jdbc:millrace:" + server, round, rates);
                if (peer != null) {
                    measure("PostgreSQL", peer, round, rates);
                    // From the first execution on, as it would be by itself from the fifth.
                    measure("PostgreSQL, binary", peer + "&prepareThreshold=-1", round, rates);
                }
            }
        } finally {
            if (peer != null) {
                execute(peer, "DROP TABLE IF EXISTS " + TABLE);
            }
        }
        return figures(rates);
    }

    private static void load(String url, String kind, byte[] part) throws Exception {
        execute(url, Trades.create(kind, TABLE));
        try (Connection connection = DriverManager.getConnection(url)) {
            Trades.copyIn(connection, TABLE, "text", part, PARTS);
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first round warms up. */
    private static void measure(String subject, String url, int round, Map<String, double[]> rates) throws Exception {
        try (Connection connection = DriverManager.getConnection(url)) {
            CpuClock clock = CpuClock.of(connection);
            // Without it pgjdbc would gather all rows in memory.
            connection.setAutoCommit(false);
            long cpuStarted = clock.nanos();
            long started = System.nanoTime();
            long rows = fetch(connection);
            double rate = rows * 1e3 / (System.nanoTime() - started);
            double cpuRate = rows * 1e3 / (clock.nanos() - cpuStarted);
            if (rows != (long) PARTS * ROWS_PER_PART) {
                throw new IllegalStateException(subject + " gave " + rows + " rows");
            }
            if (round > 0) {
                rates.computeIfAbsent(subject, name -> new double[ROUNDS])[round - 1] = rate;
                rates.computeIfAbsent(subject + CPU, name -> new double[ROUNDS])[round - 1] = cpuRate;
            }
        }
    }

    private static long fetch(Connection connection) throws SQLException {
        String columns = "id, ticker, price, quantity, venue, traded_at, note";
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + columns + " FROM " + TABLE)) {
            statement.setFetchSize(FETCH_SIZE);
            long rows = 0;
            long seen = 0;
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    seen += result.getLong(1) + result.getString(2).length();
                    seen += (long) result.getDouble(3) + result.getInt(4);
                    seen += result.getString(5).length()
                            + result.getTimestamp(6).getNanos();
                    seen += result.getString(7).length();
                    rows++;
                }
            }
            if (seen == 0) {
                throw new IllegalStateException("the rows are empty");
            }
            return rows;
        }
    }

    private static List<Figure> figures(Map<String, double[]> rates) {
        List<Figure> figures = new ArrayList<>();
        rates.forEach((subject, all) -> {
            Arrays.sort(all);
            String unit = subject.endsWith(CPU) ? "M rows/CPU s" : "M rows/s";
            figures.add(new Figure(subject, all[ROUNDS / 2], unit));
        });
        return figures;
    }
}
