package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HikariCP's pool, with our driver and with PostgreSQL's. */
@Timeout(60)
final class HikariCpTest {

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    private final ConnectPage.Section section = ConnectPage.section("HikariCP");

    @Test
    void aPooledConnectionAnswers() throws Exception {
        section.isRunBy(HikariCpTest.class);
        section.shows(Printed.by(() -> run(SERVER.url())));
    }

    private static void run(String url) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("millrace");
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT ticker, amount FROM turnover ORDER BY ticker")) {
            while (rows.next()) {
                System.out.println(rows.getString("ticker") + " " + rows.getBigDecimal("amount"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"millrace", "postgresql"})
    void oneConnectionServesManyBorrowersOneAfterAnother(String driver) throws Exception {
        try (HikariDataSource pool = new HikariDataSource(one(driver))) {
            for (int i = 0; i < 20; i++) {
                try (Connection connection = pool.getConnection();
                        Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM trades")) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getLong(1)).isEqualTo(6);
                    assertThat(connection.isValid(1)).isTrue();
                }
            }
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(1);
        }
    }

    @Test
    void anEndlessQueryThatIsLeftGivesItsConnectionBack() throws Exception {
        try (HikariDataSource pool = new HikariDataSource(one("millrace"))) {
            for (int i = 0; i < 3; i++) {
                try (Connection connection = pool.getConnection();
                        Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT STREAM ticker FROM trades")) {
                    assertThat(rows.next()).isTrue();
                }
            }
            assertThat(pool.getHikariPoolMXBean().getIdleConnections()).isEqualTo(1);
        }
    }

    private static HikariConfig one(String driver) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:" + driver + "://127.0.0.1:" + SERVER.port() + "/millrace");
        config.setUsername("millrace");
        config.setMaximumPoolSize(1);
        return config;
    }
}
