package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that come little by little, or never end, read with pgjdbc. */
@Timeout(30)
final class PgjdbcStreamTest extends GatewayFixture {

    private static final String STREAM = "SELECT STREAM n FROM ticks";
    private static final RowType TICK = RowType.of(Field.required("n", DataType.INTEGER));

    private Statement cursorStatement(Connection connection, int fetchSize) throws SQLException {
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement();
        statement.setFetchSize(fetchSize);
        return statement;
    }

    @Test
    void cursorModeGetsEachRowAsItComes() throws SQLException {
        FakeCursor ticks = engine.endless(STREAM, TICK);
        try (Connection connection = connect("");
                Statement statement = cursorStatement(connection, 1000)) {
            ticks.emit(List.of(0));
            ResultSet rows = statement.executeQuery(STREAM);
            for (int i = 0; i < 50; i++) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(i);
                ticks.emit(List.of(i + 1));
            }
        }
    }

    @Test
    void cursorModeReadsAnAnswerThatEnds() throws SQLException {
        FakeCursor ticks = engine.endless(STREAM, TICK);
        for (int i = 0; i < 25; i++) {
            ticks.emit(List.of(i));
        }
        ticks.end();
        try (Connection connection = connect("");
                Statement statement = cursorStatement(connection, 10)) {
            assertThat(count(statement.executeQuery(STREAM))).isEqualTo(25);
        }
        assertThat(ticks.closed()).isTrue();
    }

    @Test
    void finiteAnswerIsFetchedInFullPages() throws SQLException {
        RowBatch batch = RowBatch.create(TICK, 25);
        for (int i = 0; i < 25; i++) {
            ((IntColumn) batch.column(0)).set(i, i);
        }
        batch.size(25);
        engine.teach(
                "SELECT n",
                List.of(),
                TICK,
                parameters -> FakeCursor.slow(TICK).emit(batch).end());
        try (Connection connection = connect("");
                Statement statement = cursorStatement(connection, 10)) {
            assertThat(count(statement.executeQuery("SELECT n"))).isEqualTo(25);
        }
    }

    @Test
    void maxRowsEndsAnEndlessAnswerInEveryMode() throws SQLException {
        for (String mode : List.of("", "prepareThreshold=-1")) {
            FakeCursor ticks = engine.endless(STREAM, TICK);
            CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 5; i++) {
                    ticks.emit(List.of(i));
                }
            });
            try (Connection connection = connect(mode);
                    Statement statement = connection.createStatement()) {
                statement.setMaxRows(3);
                assertThat(count(statement.executeQuery(STREAM))).isEqualTo(3);
                assertThat(connection.isValid(5)).isTrue();
                assertThat(ticks.closed()).isTrue();
            }
        }
    }

    @Test
    void maxRowsHoldsInCursorModeToo() throws SQLException {
        FakeCursor ticks = engine.endless(STREAM, TICK);
        for (int i = 0; i < 5; i++) {
            ticks.emit(List.of(i));
        }
        try (Connection connection = connect("");
                Statement statement = cursorStatement(connection, 1000)) {
            statement.setMaxRows(3);
            assertThat(count(statement.executeQuery(STREAM))).isEqualTo(3);
        }
    }

    @Test
    void cancelEndsAWaitingQueryAndTheConnectionGoesOn() throws Exception {
        FakeCursor ticks = engine.endless(STREAM, TICK);
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Void> cancel = CompletableFuture.runAsync(() -> {
                try {
                    assertThat(ticks.awaitPoll()).isTrue();
                    statement.cancel();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThatThrownBy(() -> statement.executeQuery(STREAM))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            cancel.get();
            assertThat(connection.isValid(5)).isTrue();
            assertThat(ticks.awaitClose()).isTrue();
        }
    }

    @Test
    void queryTimeoutEndsAnEndlessQuery() throws Exception {
        FakeCursor ticks = engine.endless(STREAM, TICK);
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.executeQuery(STREAM))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            assertThat(ticks.awaitCancel()).isTrue();
        }
    }

    @Test
    void statementTimeoutEndsASlowQueryThatIsNotEndless() throws Exception {
        engine.teach("SELECT slow", List.of(), TICK, parameters -> FakeCursor.slow(TICK));
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '50ms'");
            assertThatThrownBy(() -> statement.executeQuery("SELECT slow"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
        }
    }

    @Test
    void abortedConnectionDropsItsQuery() throws Exception {
        FakeCursor ticks = engine.endless(STREAM, TICK);
        Connection connection = connect("");
        Statement statement = connection.createStatement();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(
                () -> assertThatThrownBy(() -> statement.executeQuery(STREAM)).isInstanceOf(SQLException.class));
        assertThat(ticks.awaitPoll()).isTrue();
        connection.abort(Runnable::run);
        reading.get();
        assertThat(ticks.awaitCancel()).isTrue();
        assertThat(ticks.awaitClose()).isTrue();
    }

    @Test
    void closingTheGatewayEndsAnEndlessQueryWithAClearError() throws Exception {
        FakeCursor ticks = engine.endless(STREAM, TICK);
        Connection connection = connect("");
        Statement statement = connection.createStatement();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(
                () -> assertThatThrownBy(() -> statement.executeQuery(STREAM)).isInstanceOf(SQLException.class));
        assertThat(ticks.awaitPoll()).isTrue();
        gateway().close();
        reading.get();
        assertThat(ticks.awaitClose()).isTrue();
        assertThat(engine.sessions().get(0).closed()).isTrue();
    }

    @Test
    void declaredCursorGivesWhatIsThere() throws SQLException {
        FakeCursor ticks = engine.endless(STREAM, TICK);
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("DECLARE c NO SCROLL CURSOR FOR " + STREAM);
            ticks.emit(List.of(1)).emit(List.of(2)).emit(List.of(3));
            assertThat(count(statement.executeQuery("FETCH 2 FROM c"))).isEqualTo(2);
            assertThat(count(statement.executeQuery("FETCH FORWARD 100 FROM c")))
                    .isEqualTo(1);
            assertThat(count(statement.executeQuery("FETCH 5 FROM c WITH (timeout = '20ms')")))
                    .isZero();
            ticks.emit(List.of(4)).emit(List.of(5));
            assertThat(statement.executeUpdate("MOVE NEXT FROM c")).isEqualTo(1);
            ResultSet rows = statement.executeQuery("FETCH NEXT FROM c");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(5);
            statement.execute("CLOSE c");
            assertThat(ticks.closed()).isTrue();
            assertThatThrownBy(() -> statement.executeQuery("FETCH 1 FROM c"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("34000"));
        }
    }

    @Test
    void cursorEndsWithItsTransactionUnlessItIsHeld() throws SQLException {
        FakeCursor ticks = engine.endless(STREAM, TICK);
        FakeCursor held = engine.endless("SELECT STREAM held", TICK);
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("DECLARE c CURSOR FOR " + STREAM);
            statement.execute("DECLARE h CURSOR WITH HOLD FOR SELECT STREAM held");
            connection.commit();
            assertThat(ticks.closed()).isTrue();
            assertThat(held.closed()).isFalse();
            statement.execute("CLOSE ALL");
            assertThat(held.closed()).isTrue();
        }
    }

    private static int count(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }
}
