package io.millrace.examples;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Random;

/**
 * Stream processing inside a program of your own, by JDBC alone: no server is started, no port is opened.
 *
 * <p>Temperatures go into a stream, a pump keeps the mean of the last minute beside each, and an endless query gives the
 * results as they come.
 */
public final class MovingAverages {

    private static final int READINGS = 300;

    private MovingAverages() {}

    /** Runs on the data directory named, and prints the results. */
    public static void main(String[] arguments) throws SQLException {
        run("jdbc:millrace:embedded:" + (arguments.length > 0 ? arguments[0] : "./data"), System.out);
    }

    static void run(String url, PrintStream out) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            define(connection);
            put(connection);
            print(connection, out);
        }
    }

    private static void define(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM IF NOT EXISTS readings (sensor VARCHAR, celsius DOUBLE, at TIMESTAMP,"
                    + " WATERMARK FOR at AS at)");
            statement.execute("CREATE STREAM IF NOT EXISTS means (sensor VARCHAR, celsius DOUBLE, mean DOUBLE)");
            statement.execute("CREATE PUMP IF NOT EXISTS means_pump AS INSERT INTO means"
                    + " SELECT STREAM sensor, celsius, AVG(celsius) OVER (PARTITION BY sensor ORDER BY at"
                    + " RANGE INTERVAL '1' MINUTE PRECEDING) FROM readings");
        }
    }

    /** A batch is sent as one statement and waits for the disk once. */
    private static void put(Connection connection) throws SQLException {
        Random random = new Random(1);
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO readings VALUES (?, ?, ?)")) {
            for (int i = 0; i < READINGS; i++) {
                insert.setString(1, "roof-" + i % 3);
                insert.setDouble(2, Math.round(200 + 50 * Math.sin(i / 40.0) + random.nextInt(20)) / 10.0);
                insert.setTimestamp(3, Timestamp.from(start.plusSeconds(i)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void print(Connection connection, PrintStream out) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT STREAM sensor, celsius, mean FROM means LIMIT 10")) {
            while (rows.next()) {
                out.printf(
                        "%s %.1f °C, mean of the last minute %.2f °C%n",
                        rows.getString(1), rows.getDouble(2), rows.getDouble(3));
            }
        }
    }
}
