package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each call of JDBC does with answers that end and with those that do not. */
@Timeout(60)
final class DriverCallsTest extends DriverFixture {

    private static final String ENDLESS = "SELECT STREAM n FROM s";

    @BeforeEach
    void create() throws SQLException {
        gateway.run("CREATE STREAM s (n INTEGER)", "INSERT INTO s VALUES (1), (2), (3)");
    }

    /** Reads three rows, and waits for the fourth in another thread. */
    private static CompletableFuture<Throwable> waiting(ResultSet rows) throws SQLException {
        for (int i = 0; i < 3; i++) {
            assertThat(rows.next()).isTrue();
        }
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new AssertionError("it gave " + rows.next());
            } catch (SQLException e) {
                return e;
            }
        });
    }

    private static Throwable end(CompletableFuture<Throwable> waiting) throws Exception {
        return waiting.get(30, TimeUnit.SECONDS);
    }

    @Test
    void mostRowsAreCountedByTheServerAndEndTheAnswer() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.setMaxRows(2);
            assertThat(texts(statement.executeQuery(ENDLESS))).containsExactly("1", "2");
            statement.setLargeMaxRows(1);
            assertThat(texts(statement.executeQuery(ENDLESS))).containsExactly("1");
        }
    }

    @Test
    void fetchSizeIsNothingToWaitFor() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(1000);
            ResultSet rows = statement.executeQuery(ENDLESS);
            for (int i = 0; i < 3; i++) {
                assertThat(rows.next()).isTrue();
            }
            gateway.run("INSERT INTO s VALUES (4)");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(4);
        }
    }

    @Test
    void cancelMayComeTwiceAndSparesTheStatement() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            CompletableFuture<Throwable> waiting = waiting(statement.executeQuery(ENDLESS));
            statement.cancel();
            statement.cancel();
            assertThat(state(end(waiting))).isEqualTo("57014");
            assertThat(texts(statement.executeQuery("SELECT COUNT(*) FROM s"))).containsExactly("3");
        }
    }

    @Test
    @SuppressWarnings("try") // closing is what is tried
    void closingTheResultOrItsStatementWakesWhoeverWaits() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(ENDLESS);
            CompletableFuture<Throwable> waiting = waiting(rows);
            rows.close();
            assertThat(end(waiting)).isInstanceOf(SQLException.class);
            waiting = waiting(statement.executeQuery(ENDLESS));
            statement.close();
            assertThat(end(waiting)).isInstanceOf(SQLException.class);
            assertThat(connection.isValid(10)).isTrue();
        }
    }

    @Test
    void closingTheConnectionWakesWhoeverWaits() throws Exception {
        Connection connection = connect();
        CompletableFuture<Throwable> waiting =
                waiting(connection.createStatement().executeQuery(ENDLESS));
        connection.close();
        assertThat(end(waiting)).isInstanceOf(SQLException.class);
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void abortWakesWhoeverWaits() throws Exception {
        Connection connection = connect();
        CompletableFuture<Throwable> waiting =
                waiting(connection.createStatement().executeQuery(ENDLESS));
        connection.abort(Runnable::run);
        assertThat(end(waiting)).isInstanceOf(SQLException.class);
        assertThat(connection.isValid(1)).isFalse();
    }

    @Test
    void scrollingAndUpdatingAreNotThereAndSaidSo() throws SQLException {
        try (Connection connection = connect();
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            assertThat(connection.getWarnings().getSQLState()).isEqualTo("01S02");
            ResultSet rows = statement.executeQuery("SELECT n FROM s");
            assertThat(rows.getType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
            assertThat(rows.getConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
            assertThat(texts(rows)).hasSize(3);
        }
    }

    @Test
    void endlessAnswerInsideAnotherQueryIsRefusedAtOnce() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "SELECT COUNT(*) FROM (" + ENDLESS + ") AS t",
                    "WITH t AS (" + ENDLESS + ") SELECT COUNT(*) AS n FROM t")) {
                assertThatThrownBy(() -> statement.executeQuery(sql))
                        .hasMessageContaining("write SELECT STREAM at the top");
            }
        }
    }

    @Test
    void transactionsAreTakenQuietlyAndSavepointsRefused() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("INSERT INTO s VALUES (4)");
            connection.rollback();
            connection.commit();
            assertThat(texts(connection.createStatement().executeQuery("SELECT COUNT(*) FROM s")))
                    .containsExactly("4");
            assertThatThrownBy(connection::setSavepoint).isInstanceOf(SQLFeatureNotSupportedException.class);
            assertThat(connection.getMetaData().supportsTransactions()).isFalse();
        }
    }

    @Test
    void failuresHaveTheirClassAndState() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELEC 1"))
                    .isInstanceOf(SQLSyntaxErrorException.class)
                    .extracting(DriverFixture::state)
                    .isEqualTo("42601");
            assertThatThrownBy(() -> statement.execute("SELECT * FROM nowhere"))
                    .isInstanceOf(SQLSyntaxErrorException.class)
                    .extracting(DriverFixture::state)
                    .isEqualTo("42P01");
            assertThatThrownBy(() -> texts(statement.executeQuery("VALUES (CAST('x' AS INTEGER))")))
                    .isInstanceOf(SQLDataException.class)
                    .extracting(DriverFixture::state)
                    .isEqualTo("22P02");
            assertThatThrownBy(() -> statement.execute("{call nothing()}")).isInstanceOf(SQLSyntaxErrorException.class);
            assertThatThrownBy(() -> connection.prepareCall("{call nothing()}"))
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
        }
    }

    @Test
    void everyObjectIsItsOwnWrapper() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("SELECT n FROM s");
                ResultSet rows = statement.executeQuery()) {
            for (Wrapper wrapper : List.of(
                    connection,
                    statement,
                    rows,
                    rows.getMetaData(),
                    statement.getParameterMetaData(),
                    connection.getMetaData())) {
                assertThat((Object) wrapper.unwrap(Wrapper.class)).isSameAs(wrapper);
                assertThat(wrapper.isWrapperFor(String.class)).isFalse();
                assertThatThrownBy(() -> wrapper.unwrap(String.class)).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void escapesOfJdbcAreUnderstoodByTheServer() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(texts(statement.executeQuery("SELECT {d '2026-01-31'}, {t '10:00:00'},"
                            + " {ts '2026-01-31 10:00:00.5'}, {fn UCASE('a')}, {fn CONCAT('a', {fn LCASE('B')})}"
                            + " FROM s {limit 1}")))
                    .containsExactly("2026-01-31|10:00:00|2026-01-31 10:00:00.5|A|ab");
            assertThat(texts(
                            statement.executeQuery("SELECT a.n FROM {oj s AS a LEFT OUTER JOIN s AS b ON a.n = b.n + 1}"
                                    + " WHERE b.n IS NULL")))
                    .containsExactly("1");
        }
    }
}
