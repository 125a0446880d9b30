package io.millrace.clients;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PostgreSQL's own JDBC driver. */
@Timeout(60)
final class PgjdbcTest {

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    private final ConnectPage.Section section = ConnectPage.section("PostgreSQL's JDBC driver");

    @Test
    void rowsOfAnEndlessQueryComeAsTheyAre() throws Exception {
        section.isRunBy(PgjdbcTest.class);
        section.shows(Printed.by(() -> run(SERVER.pgjdbcUrl())));
    }

    private static void run(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "millrace", "");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(100);
            statement.setMaxRows(3);
            ResultSet rows = statement.executeQuery("SELECT STREAM ticker, price FROM trades");
            while (rows.next()) {
                System.out.println(rows.getString("ticker") + " " + rows.getBigDecimal("price"));
            }
        }
    }
}
