package io.millrace.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers without an end, from a server that does what the test says. */
@Timeout(60)
final class EndlessResultTest {

    private static final String STREAM = "SELECT STREAM a FROM s";

    private static Connection connect(ScriptedServer server, String properties) throws SQLException {
        return DriverManager.getConnection(server.url(properties), new Properties());
    }

    /** Describes the answer, and ends it when it is cancelled. */
    private static void endWhenCancelled(ScriptedServer[] server, ScriptedServer.Session session) throws Exception {
        assertThat(server[0].cancelled.take()).isEqualTo(session.number);
        session.failed("57014", "cancelled");
        session.ready();
    }

    @Test
    void queryReturnsBeforeTheFirstRow() throws Exception {
        CountDownLatch returned = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((sql, session) -> {
                    session.columns();
                    returned.await();
                    session.row("x");
                    session.complete("SELECT 1");
                });
                Connection connection = connect(server, "")) {
            ResultSet rows = connection.createStatement().executeQuery(STREAM);
            assertThat(rows.getMetaData().getColumnLabel(1)).isEqualTo("a");
            returned.countDown();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("x");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void closeCancelsAndDropsWhatWasUnderWay() throws Exception {
        ScriptedServer[] server = new ScriptedServer[1];
        server[0] = new ScriptedServer((sql, session) -> {
            session.columns();
            if (sql.equals(STREAM)) {
                for (int i = 0; i < 100; i++) {
                    session.row("x" + i);
                }
                endWhenCancelled(server, session);
            } else {
                session.row(sql);
                session.complete("SELECT 1");
            }
        });
        try (ScriptedServer running = server[0];
                Connection connection = connect(running, "")) {
            ResultSet stream = connection.createStatement().executeQuery(STREAM);
            assertThat(stream.next()).isTrue();
            stream.close();
            ResultSet after = connection.createStatement().executeQuery("SELECT 'after'");
            assertThat(after.next()).isTrue();
            assertThat(after.getString(1)).isEqualTo("SELECT 'after'");
        }
    }

    @Test
    void otherStatementsGoOnBesideAndHaveTheSettings() throws Exception {
        ScriptedServer[] server = new ScriptedServer[1];
        server[0] = new ScriptedServer((sql, session) -> {
            if (sql.startsWith("SET")) {
                session.message('n', new byte[0]);
                session.complete("SET");
                return;
            }
            session.columns();
            if (sql.equals(STREAM)) {
                endWhenCancelled(server, session);
            } else {
                session.row(Integer.toString(session.number));
                session.complete("SELECT 1");
            }
        });
        try (ScriptedServer running = server[0];
                Connection connection = connect(running, "")) {
            connection.createStatement().execute("SET x = 1");
            connection.createStatement().executeQuery(STREAM);
            ResultSet beside = connection.createStatement().executeQuery("SELECT 1");
            assertThat(beside.next()).isTrue();
            assertThat(beside.getInt(1)).isEqualTo(2);
            assertThat(running.statements).containsExactly("SET x = 1", STREAM, "SET x = 1", "SELECT 1");
        }
    }

    @Test
    void cancelWakesTheReaderAndSparesTheConnection() throws Exception {
        ScriptedServer[] server = new ScriptedServer[1];
        server[0] = new ScriptedServer((sql, session) -> {
            session.columns();
            endWhenCancelled(server, session);
        });
        try (ScriptedServer running = server[0];
                Connection connection = connect(running, "");
                Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(STREAM);
            CompletableFuture<Void> cancel = CompletableFuture.runAsync(() -> {
                try {
                    statement.cancel();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThatThrownBy(rows::next)
                    .hasMessage("cancelled (hint: look)")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("57014");
            cancel.get(10, TimeUnit.SECONDS);
            assertThat(connection.isClosed()).isFalse();
        }
    }

    @Test
    void idleTimeoutLeavesTheResultUsable() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((sql, session) -> {
                    session.columns();
                    session.alive();
                    go.await();
                    session.row("late");
                    session.complete("SELECT 1");
                });
                Connection connection = connect(server, "?idleTimeoutMillis=100")) {
            ResultSet rows = connection.createStatement().executeQuery(STREAM);
            assertThatThrownBy(rows::next).isInstanceOf(SQLTimeoutException.class);
            go.countDown();
            boolean came = false;
            while (!came) {
                try {
                    came = rows.next();
                } catch (SQLTimeoutException e) {
                    // Not yet.
                }
            }
            assertThat(rows.getString(1)).isEqualTo("late");
        }
    }

    @Test
    void queryTimeoutOfAStreamEndsWithItsDescription() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((sql, session) -> {
                    session.columns();
                    go.await();
                    session.row("x");
                    session.complete("SELECT 1");
                });
                Connection connection = connect(server, "");
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            ResultSet rows = statement.executeQuery(STREAM);
            assertThat(server.cancelled.poll(1500, TimeUnit.MILLISECONDS)).isNull();
            go.countDown();
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void lastWordsOfAServerAreHeard() throws Exception {
        try (ScriptedServer server = new ScriptedServer((sql, session) -> {
                    session.failed("57P01", "terminating connection");
                    throw new java.io.IOException("gone");
                });
                Connection connection = connect(server, "")) {
            assertThatThrownBy(() -> connection.createStatement().execute("SELECT 1"))
                    .isInstanceOf(java.sql.SQLTransientConnectionException.class)
                    .hasMessageContaining("terminating connection");
            assertThat(connection.isClosed()).isTrue();
        }
    }
}
