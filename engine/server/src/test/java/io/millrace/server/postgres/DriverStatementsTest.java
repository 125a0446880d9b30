package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts of several statements, and batches, by our driver. */
@Timeout(60)
final class DriverStatementsTest extends DriverFixture {

    @Test
    void eachStatementOfATextHasItsOutcomeInOrder() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute("CREATE STREAM s (n INTEGER, t VARCHAR); -- a ; here\n"
                    + "INSERT INTO s VALUES (1, ';'), (2, 'it''s');"
                    + "SELECT n, t FROM s ORDER BY n; SHOW TimeZone; SELECT COUNT(*) FROM s;;");
            assertThat(rows).isFalse();
            assertThat(statement.getUpdateCount()).isZero();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(2);
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            ResultSet first = statement.getResultSet();
            assertThat(first.next()).isTrue();
            assertThat(first.getString("t")).isEqualTo(";");
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(first.isClosed()).isTrue();
            assertThat(texts(statement.getResultSet())).containsExactly("UTC");
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(texts(statement.getResultSet())).containsExactly("2");
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
    }

    @Test
    void rowsMayBeKeptWhenGoingOn() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT 1; SELECT 2; SELECT 3")).isTrue();
            ResultSet first = statement.getResultSet();
            assertThat(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)).isTrue();
            ResultSet second = statement.getResultSet();
            assertThat(texts(first)).containsExactly("1");
            assertThat(texts(second)).containsExactly("2");
            assertThat(statement.getMoreResults(Statement.CLOSE_ALL_RESULTS)).isTrue();
            assertThat(first.isClosed()).isTrue();
            assertThat(texts(statement.getResultSet())).containsExactly("3");
        }
    }

    @Test
    void failureOfALaterStatementIsToldAndTheEarlierHaveRun() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("CREATE STREAM s (n INTEGER); SELECT 1; SELECT nothing FROM s"))
                    .hasMessageContaining("no column named 'nothing'");
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            assertThat(texts(statement.executeQuery("SELECT COUNT(*) FROM s"))).containsExactly("0");
        }
    }

    @Test
    void cursorIsReadByFetchesInOneText() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DECLARE c CURSOR FOR VALUES (1), (2), (3); FETCH 2 FROM c; FETCH 2 FROM c; CLOSE c");
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(texts(statement.getResultSet())).containsExactly("1", "2");
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(texts(statement.getResultSet())).containsExactly("3");
            assertThat(statement.getMoreResults()).isFalse();
        }
    }

    @Test
    void queryBehindSettingsIsFoundByExecuteQuery() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery("SET TIME ZONE 'Asia/Tokyo'; SHOW TimeZone");
            assertThat(texts(rows)).containsExactly("Asia/Tokyo");
        }
    }

    @Test
    void cancelWakesTheReaderOfAnyOfSeveralAnswers() throws Exception {
        gateway.run("CREATE STREAM s (n INTEGER)");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1; SELECT STREAM n FROM s");
            assertThat(statement.getMoreResults()).isTrue();
            ResultSet endless = statement.getResultSet();
            CompletableFuture<Throwable> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return new AssertionError("a row: " + endless.next());
                } catch (SQLException e) {
                    return e;
                }
            });
            statement.cancel();
            assertThat(state(waiting.get(20, TimeUnit.SECONDS))).isEqualTo("57014");
        }
    }

    @Test
    void batchOfDifferentStatementsCountsEach() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.addBatch("CREATE STREAM s (n INTEGER)");
            for (int i = 0; i < 600; i++) {
                statement.addBatch("INSERT INTO s VALUES (" + i + ")" + (i % 2 == 0 ? "" : ", (-1)"));
            }
            int[] counts = statement.executeBatch();
            assertThat(counts).hasSize(601);
            assertThat(counts).startsWith(0, 1, 2, 1, 2);
            assertThat(statement.executeBatch()).isEmpty();
            assertThat(texts(statement.executeQuery("SELECT COUNT(*), MAX(n) FROM s")))
                    .containsExactly("900|599");
        }
    }

    @Test
    void batchEndsAtTheFirstThatFailsAndSaysWhichWereDone() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM s (n INTEGER)");
            for (String sql : new String[] {"(1)", "(2), (3)", "('x')", "(4)"}) {
                statement.addBatch("INSERT INTO s VALUES " + sql);
            }
            assertThatThrownBy(statement::executeLargeBatch).isInstanceOfSatisfying(BatchUpdateException.class, e -> {
                assertThat(e.getLargeUpdateCounts()).containsExactly(1, 2);
                assertThat(e.getMessage()).contains("statement 3 of the batch failed");
                assertThat(e.getSQLState()).startsWith("22");
            });
            assertThat(texts(statement.executeQuery("SELECT n FROM s ORDER BY n")))
                    .containsExactly("1", "2", "3");
        }
    }

    @Test
    void batchWithAQueryIsRefusedAtTheQuery() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM s (n INTEGER)");
            statement.addBatch("INSERT INTO s VALUES (1)");
            statement.addBatch("SELECT n FROM s");
            statement.addBatch("INSERT INTO s VALUES (2)");
            assertThatThrownBy(statement::executeBatch)
                    .isInstanceOfSatisfying(
                            BatchUpdateException.class,
                            e -> assertThat(e.getUpdateCounts()).containsExactly(1));
            assertThat(texts(statement.executeQuery("SELECT n FROM s"))).containsExactly("1");
        }
    }

    @Test
    void preparedBatchThatIsNoRowOfValuesGoesTogether() throws SQLException {
        gateway.run("CREATE STREAM s (n INTEGER)", "CREATE STREAM t (n INTEGER)", "INSERT INTO s VALUES (1), (2), (3)");
        try (Connection connection = connect();
                PreparedStatement copy =
                        connection.prepareStatement("INSERT INTO t SELECT n * 10 FROM s WHERE n >= ?")) {
            for (int i = 1; i <= 3; i++) {
                copy.setInt(1, i);
                copy.addBatch();
            }
            copy.setNull(1, Types.INTEGER);
            copy.addBatch();
            assertThat(copy.executeLargeBatch()).containsExactly(3, 2, 1, 0);
            assertThat(texts(connection.createStatement().executeQuery("SELECT COUNT(*), SUM(n) FROM t")))
                    .containsExactly("6|140");
        }
    }
}
