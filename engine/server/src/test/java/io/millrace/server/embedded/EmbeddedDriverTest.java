package io.millrace.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JDBC driver with an engine in its own process. */
@Timeout(60)
final class EmbeddedDriverTest {

    private static final String CREATE = "CREATE STREAM trades (ticker VARCHAR(8), price DOUBLE, at TIMESTAMP(3))";

    @TempDir
    Path directory;

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:millrace:embedded:" + directory.resolve("data"));
    }

    private static void insert(Connection connection, String ticker, double price) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO trades VALUES (?, ?, TIMESTAMP '2026-01-01 10:00:00')")) {
            insert.setString(1, ticker);
            insert.setDouble(2, price);
            insert.executeUpdate();
        }
    }

    @Test
    void streamShowsRowsAsTheyComeAndEndsWhenCancelled() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.createStatement().execute(CREATE);
            ResultSet rows = statement.executeQuery("SELECT STREAM ticker, price FROM trades");
            assertThat(rows.getMetaData().getColumnLabel(1)).isEqualTo("ticker");
            for (int i = 0; i < 3; i++) {
                insert(connection, "T" + i, i);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("TICKER")).isEqualTo("T" + i);
                assertThat(rows.getDouble(2)).isEqualTo(i);
            }
            CountDownLatch waiting = new CountDownLatch(1);
            CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(() -> {
                waiting.countDown();
                try {
                    rows.next();
                    return new AssertionError("a row came");
                } catch (SQLException e) {
                    return e;
                }
            });
            waiting.await();
            statement.cancel();
            assertThat(end.get())
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void closingEndsStreamsThatAreOpen() throws Exception {
        Connection connection = connect();
        connection.createStatement().execute(CREATE);
        insert(connection, "A", 1);
        for (int i = 0; i < 3; i++) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT STREAM * FROM trades")) {
                assertThat(rows.next()).isTrue();
            }
        }
        connection.createStatement().executeQuery("SELECT STREAM * FROM trades");
        connection.close();
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void connectionsShareAnEngineUntilTheLastIsClosed() throws Exception {
        Connection one = connect();
        try (Connection other = connect()) {
            one.createStatement().execute(CREATE);
            insert(one, "A", 1);
            one.close();
            try (ResultSet rows = other.createStatement().executeQuery("SELECT count(*) FROM trades")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(1);
            }
        }
        try (Connection again = connect();
                ResultSet tables = again.getMetaData().getTables(null, null, "trades", null)) {
            assertThat(tables.next()).isTrue();
            assertThat(tables.getString("TABLE_TYPE")).isEqualTo("TABLE");
        }
    }

    @Test
    void directoryOfAServerCannotBeOpenedBeside() throws Exception {
        try (Connection connection = connect()) {
            assertThat(connection.isValid(5)).isTrue();
            assertThatThrownBy(() -> io.millrace.server.engine.Engine.open(directory.resolve("data")))
                    .isInstanceOf(io.millrace.spi.error.MillraceException.class);
        }
    }
}
