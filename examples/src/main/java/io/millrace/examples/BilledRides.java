package io.millrace.examples;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Reference data by JDBC: prices per car lie in a table that the program keeps up to date, rides come as a stream, and a
 * pump bills each ride at the price of its moment.
 */
public final class BilledRides {

    private static final String UPSERT = "INSERT INTO car_prices VALUES (?, ?, ?)"
            + " ON CONFLICT (car) DO UPDATE SET owner = EXCLUDED.owner, per_km = EXCLUDED.per_km";

    private BilledRides() {}

    /** Runs on the data directory named, and prints the bills. */
    public static void main(String[] arguments) throws SQLException {
        run("jdbc:millrace:embedded:" + (arguments.length > 0 ? arguments[0] : "./data"), System.out);
    }

    static void run(String url, PrintStream out) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            define(connection);
            try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
                price(upsert, 1, "Ada", "0.50");
                price(upsert, 2, "Bob", "0.60");
            }
            ride(connection, 1, 10);
            print(connection, 1, out);
            int changed = raise(connection, 1, "0.30");
            out.println(changed + " price raised");
            ride(connection, 1, 10);
            ride(connection, 2, 5);
            print(connection, 3, out);
        }
    }

    private static void define(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS car_prices"
                    + " (car INTEGER PRIMARY KEY, owner VARCHAR NOT NULL, per_km DECIMAL(6, 2) NOT NULL)");
            statement.execute("CREATE STREAM IF NOT EXISTS car_rides (car INTEGER, km INTEGER)");
            statement.execute("CREATE STREAM IF NOT EXISTS car_bills (owner VARCHAR, amount DECIMAL(10, 2))");
            statement.execute("CREATE PUMP IF NOT EXISTS bill_rides AS INSERT INTO car_bills"
                    + " SELECT STREAM p.owner, r.km * p.per_km FROM car_rides r JOIN car_prices p ON r.car = p.car");
        }
    }

    /** Adds a car, or changes it where it is there: the program need not know which. */
    private static void price(PreparedStatement upsert, int car, String owner, String perKm) throws SQLException {
        upsert.setInt(1, car);
        upsert.setString(2, owner);
        upsert.setBigDecimal(3, new BigDecimal(perKm));
        upsert.executeUpdate();
    }

    private static int raise(Connection connection, int car, String by) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE car_prices SET per_km = per_km + ? WHERE car = ?")) {
            update.setBigDecimal(1, new BigDecimal(by));
            update.setInt(2, car);
            return update.executeUpdate();
        }
    }

    private static void ride(Connection connection, int car, int km) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO car_rides VALUES (?, ?)")) {
            insert.setInt(1, car);
            insert.setInt(2, km);
            insert.executeUpdate();
        }
    }

    private static void print(Connection connection, int bills, PrintStream out) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT STREAM owner, amount FROM car_bills LIMIT " + bills)) {
            while (rows.next()) {
                out.println(rows.getString(1) + " pays " + rows.getBigDecimal(2));
            }
        }
    }
}
