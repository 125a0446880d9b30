package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.util.PSQLException;

/** Plain use of the gateway with pgjdbc. */
@Timeout(30)
final class PgjdbcTest extends GatewayFixture {

    private static final RowType TICK = RowType.of(
            Field.required("n", DataType.INTEGER), Field.nullable("name", new DataType.CharacterType(20, false)));

    private void teachThree() {
        engine.rows("SELECT * FROM ticks", TICK, List.of(1, "one"), List.of(2, "zwölf"), nulls(3));
    }

    private static List<?> nulls(int n) {
        return java.util.Arrays.asList(n, null);
    }

    @Test
    void selectReturnsItsRowsAndTheirTypes() throws SQLException {
        teachThree();
        try (Connection connection = connect("");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM ticks")) {
            assertThat(rows.getMetaData().getColumnName(2)).isEqualTo("name");
            assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("int4");
            assertThat(rows.getMetaData().getColumnTypeName(2)).isEqualTo("varchar");
            assertThat(rows.getMetaData().getPrecision(2)).isEqualTo(20);
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("name")).isEqualTo("zwölf");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(2)).isNull();
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void simpleQueryModeAnswersSeveralStatements() throws SQLException {
        teachThree();
        engine.command("CREATE STREAM s", "CREATE STREAM");
        try (Connection connection = connect("preferQueryMode=simple");
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("CREATE STREAM s; SELECT * FROM ticks; SHOW TimeZone"))
                    .isFalse();
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(count(statement.getResultSet())).isEqualTo(3);
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(statement.getResultSet().next()).isTrue();
            assertThat(engine.executed()).containsExactly("CREATE STREAM s", "SELECT * FROM ticks");
        }
    }

    @Test
    void insertReportsItsCount() throws SQLException {
        engine.teach(
                "INSERT INTO s VALUES ($1)",
                List.of(DataType.INTEGER),
                null,
                parameters -> FakeCursor.done("INSERT 0 " + parameters.size()));
        try (Connection connection = connect("");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO s VALUES (?)")) {
            insert.setInt(1, 7);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            insert.setInt(1, 8);
            insert.addBatch();
            insert.setInt(1, 9);
            insert.addBatch();
            assertThat(insert.executeBatch()).containsExactly(1, 1);
            assertThat(engine.hints().get(0)).isEqualTo(List.of(DataType.INTEGER));
        }
    }

    @Test
    void errorHasItsStateHintAndPosition() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT *\nFROM missing"))
                    .isInstanceOfSatisfying(PSQLException.class, e -> {
                        assertThat(e.getSQLState()).isEqualTo("42P01");
                        var message = Objects.requireNonNull(e.getServerErrorMessage());
                        assertThat(message.getMessage()).isEqualTo("stream \"missing\" does not exist");
                        assertThat(message.getHint()).isEqualTo("create it first");
                        assertThat(message.getPosition()).isEqualTo(15);
                        assertThat(message.getSeverity()).isEqualTo("ERROR");
                    });
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void failureAmidTheRowsIsAnErrorAndTheConnectionGoesOn() throws SQLException {
        engine.teach(
                "SELECT bad",
                List.of(),
                TICK,
                parameters -> FakeCursor.slow(TICK)
                        .emit(List.of(1, "a"))
                        .fail(new MillraceException(ErrorCode.DIVISION_BY_ZERO, "division by zero")));
        teachThree();
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT bad")).hasMessageContaining("division by zero");
            assertThat(count(statement.executeQuery("SELECT * FROM ticks"))).isEqualTo(3);
        }
    }

    @Test
    void mistakeOfOursIsAnInternalError() throws SQLException {
        engine.teach("SELECT bug", List.of(), TICK, parameters -> {
            throw new IllegalStateException("broken");
        });
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT bug"))
                    .isInstanceOfSatisfying(
                            PSQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("XX000"));
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void failedTransactionTakesNothingButItsEnd() throws SQLException {
        teachThree();
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM missing"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM ticks"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
            connection.rollback();
            assertThat(count(statement.executeQuery("SELECT * FROM ticks"))).isEqualTo(3);
            connection.commit();
        }
    }

    @Test
    void savepointRepairsAFailedTransaction() throws SQLException {
        teachThree();
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            var savepoint = connection.setSavepoint("here");
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM missing"))
                    .isInstanceOf(SQLException.class);
            connection.rollback(savepoint);
            assertThat(count(statement.executeQuery("SELECT * FROM ticks"))).isEqualTo(3);
            connection.releaseSavepoint(savepoint);
            connection.commit();
        }
    }

    @Test
    void rowComesAsOftenAsItsWeightSaysAndARetractionWarns() throws SQLException {
        RowBatch batch = RowBatch.create(TICK, 3);
        JavaValues.append(batch, List.of(1, "a"));
        JavaValues.append(batch, List.of(2, "b"));
        JavaValues.append(batch, List.of(3, "c"));
        batch.weights(new int[] {2, -1, 1});
        engine.teach(
                "SELECT weighted",
                List.of(),
                TICK,
                parameters -> FakeCursor.slow(TICK).emit(batch).end());
        try (Connection connection = connect("");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT weighted")) {
            StringBuilder names = new StringBuilder();
            while (rows.next()) {
                names.append(rows.getString(2));
            }
            assertThat(names).hasToString("aac");
            assertThat(statement.getWarnings().getMessage()).contains("takes rows back");
        }
    }

    @Test
    void settingsAreSetShownAndReset() throws SQLException {
        try (Connection connection = connect("assumeMinServerVersion=9.0&ApplicationName=probe");
                Statement statement = connection.createStatement()) {
            assertThat(show(statement, "application_name")).isEqualTo("probe");
            statement.execute("SET application_name TO 'other'");
            assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("other");
            statement.execute("SET TIME ZONE 'Europe/Berlin'");
            assertThat(show(statement, "TIME ZONE")).isEqualTo("Europe/Berlin");
            assertThat(engine.sessions().get(0).setting("timezone")).isEqualTo("Europe/Berlin");
            statement.execute("SET extra_float_digits = 2");
            statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
            assertThat(show(statement, "TRANSACTION ISOLATION LEVEL")).isEqualTo("read committed");
            assertThat(show(statement, "server_version_num")).isEqualTo("150000");
            assertThat(show(statement, "standard_conforming_strings")).isEqualTo("on");
            statement.execute("SET mill.wheel = 'turns'");
            assertThat(show(statement, "mill.wheel")).isEqualTo("turns");
            statement.execute("DISCARD ALL");
            assertThat(show(statement, "application_name")).isEqualTo("probe");
            assertThatThrownBy(() -> statement.execute("SET unheard_of = 1")).hasMessageContaining("unheard_of");
            assertThatThrownBy(() -> statement.execute("SET server_version = '9'"))
                    .hasMessageContaining("cannot be changed");
        }
    }

    private static String show(Statement statement, String name) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SHOW " + name)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void copyIsRefusedWithAHint() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("COPY s FROM STDIN"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
        }
    }

    @Test
    void isolationAndReadOnlyAreAcceptedAsPoolsSetThem() throws SQLException {
        try (Connection connection = connect("")) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            assertThat(connection.isValid(5)).isTrue();
            connection.commit();
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(15);
        }
    }

    @Test
    void emptyQueryIsAnswered() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("")).isFalse();
            assertThat(statement.execute("-- nothing")).isFalse();
        }
    }

    @Test
    void closingTheConnectionClosesTheSession() throws Exception {
        FakeCursor ticks = engine.endless("SELECT STREAM * FROM ticks", TICK);
        try (Connection connection = connect("")) {
            connection.setAutoCommit(false);
            Statement statement = connection.createStatement();
            statement.setFetchSize(10);
            ticks.emit(List.of(1, "a"));
            assertThat(statement.executeQuery("SELECT STREAM * FROM ticks").next())
                    .isTrue();
        }
        assertThat(ticks.awaitClose()).isTrue();
    }

    private static int count(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }
}
