package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.MillraceServer;
import io.millrace.server.ServerSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page's program that goes on over a restart of its server. */
@Timeout(120)
final class ResumedAnswerTest {

    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();

    @TempDir
    private Path directory;

    @Test
    void answerGoesOnWhereTheServerWasStopped() throws Exception {
        ConnectPage.section("Over lost connections").isRunBy(ResumedAnswerTest.class);
        MillraceServer server = start(0);
        int port = server.pgPort();
        String url = "jdbc:millrace://127.0.0.1:" + port + "/millrace";
        execute(url, ConnectPage.section("Rows to look at").block("sql"));
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> follow(url));
        for (String row : new String[] {"INIT 125.00", "MILL 33.90", "MILL 34.10", "INIT 125.50"}) {
            assertThat(handled.poll(60, TimeUnit.SECONDS)).isEqualTo(row);
        }
        server.close();
        try (MillraceServer again = start(port)) {
            assertThat(again.pgPort()).isEqualTo(port);
            execute(url, "INSERT INTO trades (ticker, price) VALUES ('NEXT', 31.00), ('LESS', 29.00), ('LAST', 32.00)");
            assertThat(handled.poll(60, TimeUnit.SECONDS)).isEqualTo("NEXT 31.00");
            assertThat(handled.poll(60, TimeUnit.SECONDS)).isEqualTo("LAST 32.00");
            reader.get(60, TimeUnit.SECONDS);
            assertThat(handled).isEmpty();
        }
    }

    private MillraceServer start(int port) throws Exception {
        return MillraceServer.start(ServerSettings.of(Map.of(
                "data",
                directory.resolve("data").toString(),
                "aws-port",
                "0",
                "pg-port",
                String.valueOf(port),
                "http-port",
                "0")));
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void follow(String url) {
        try (Connection connection = DriverManager.getConnection(url + "?resume=true&resumeTimeoutMillis=30000");
                Statement statement = connection.createStatement()) {
            statement.setMaxRows(6);
            ResultSet rows = statement.executeQuery("SELECT STREAM ticker, price FROM trades WHERE price > 30");
            while (rows.next()) {
                handle(rows.getString("ticker"), rows.getBigDecimal("price"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(String ticker, BigDecimal price) {
        handled.add(ticker + " " + price);
    }
}
