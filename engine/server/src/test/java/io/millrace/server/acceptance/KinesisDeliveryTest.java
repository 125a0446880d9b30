package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.MillraceServer;
import io.millrace.server.ServerSettings;
import io.millrace.testing.connector.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code CREATE DELIVERY … TO 'kinesis://…'}: rows of one Millrace into a stream of another, over the AWS door. */
class KinesisDeliveryTest {

    @TempDir
    Path directory;

    private MillraceServer from;
    private MillraceServer to;

    @BeforeEach
    void start() {
        from = start("from");
        to = start("to");
    }

    private MillraceServer start(String name) {
        return MillraceServer.start(ServerSettings.of(
                Map.of("data", directory.resolve(name).toString(), "aws-port", "0", "pg-port", "0", "http-port", "0")));
    }

    @AfterEach
    void stop() {
        from.close();
        to.close();
    }

    private static String url(MillraceServer server) {
        return "jdbc:postgresql://127.0.0.1:" + server.pgPort() + "/millrace?user=millrace";
    }

    private static void execute(MillraceServer server, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(server));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> await(MillraceServer server, String query, int rows) throws SQLException {
        long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        List<String> read = PostgresServer.rows(url(server), query);
        while (read.size() < rows && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            read = PostgresServer.rows(url(server), query);
        }
        return read;
    }

    @Test
    void rowsArriveInAnotherStreamUnderTheirKey() throws SQLException {
        execute(to, "CREATE STREAM trades (id INTEGER, ticker VARCHAR)");
        execute(
                from,
                "CREATE STREAM trades (id INTEGER, ticker VARCHAR)",
                "CREATE DELIVERY d FROM trades TO 'kinesis://trades' WITH (key = 'ticker', endpoint ="
                        + " 'http://127.0.0.1:"
                        + to.awsPort()
                        + "', access_key_id = 'me', secret_access_key = 'sesame', roll_interval = '20 ms')",
                "INSERT INTO trades VALUES (1, 'ACME'), (2, 'INIT')");
        assertThat(await(to, "SELECT id, ticker, PARTITION_KEY FROM trades ORDER BY id", 2))
                .containsExactly("1|ACME|ACME", "2|INIT|INIT");
        assertThat(PostgresServer.rows(url(from), "SHOW CREATE DELIVERY d").getFirst())
                .contains("secret_access_key = '(hidden)'");
        assertThat(PostgresServer.rows(url(from), "SHOW DELIVERIES").getFirst()).contains("|at-least-once|");
    }
}
