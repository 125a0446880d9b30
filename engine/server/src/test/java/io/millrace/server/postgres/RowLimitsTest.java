package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paging: LIMIT, OFFSET and FETCH whose numbers are parameters, as each client sends them. */
@Timeout(60)
final class RowLimitsTest {

    private static final String PAGE = "SELECT n FROM numbers ORDER BY n LIMIT ? OFFSET ?";
    private static final String OURS = "millrace";
    private static final String PGJDBC = "postgresql";
    private static final String PGJDBC_SIMPLE = "postgresql simple";

    private EngineGateway gateway;

    @BeforeEach
    void open(@TempDir Path directory) throws SQLException {
        gateway = EngineGateway.open(directory);
        gateway.run("CREATE STREAM numbers (n INTEGER)", "INSERT INTO numbers VALUES (3), (1), (5), (2), (4)");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private Connection connect(String client) throws SQLException {
        return switch (client) {
            case OURS ->
                DriverManager.getConnection(
                        "jdbc:millrace://127.0.0.1:" + gateway.address().getPort() + "/millrace");
            case PGJDBC -> gateway.connect("");
            default -> gateway.connect("preferQueryMode=simple");
        };
    }

    private List<Integer> numbers(String client, String sql, @Nullable Object... parameters) throws SQLException {
        try (Connection connection = connect(client);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] == null) {
                    statement.setNull(i + 1, Types.BIGINT);
                } else {
                    statement.setObject(i + 1, parameters[i]);
                }
            }
            try (ResultSet rows = statement.executeQuery()) {
                return ints(rows);
            }
        }
    }

    private static List<Integer> ints(ResultSet rows) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        while (rows.next()) {
            numbers.add(rows.getInt(1));
        }
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(strings = {OURS, PGJDBC, PGJDBC_SIMPLE})
    void pageIsWhatTheParametersSay(String client) throws SQLException {
        assertThat(numbers(client, PAGE, 2, 1)).containsExactly(2, 3);
        assertThat(numbers(client, PAGE, 2L, (short) 4)).containsExactly(5);
        assertThat(numbers(client, PAGE, 0, 0)).isEmpty();
        assertThat(numbers(client, PAGE, Long.MAX_VALUE, 3L)).containsExactly(4, 5);
        assertThat(numbers(client, "SELECT n FROM numbers ORDER BY n DESC OFFSET ? ROWS FETCH NEXT ? ROWS ONLY", 1, 2))
                .containsExactly(4, 3);
        assertThat(numbers(client, "SELECT n FROM numbers LIMIT ?", 3)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {OURS, PGJDBC, PGJDBC_SIMPLE})
    void nullIsNoLimit(String client) throws SQLException {
        assertThat(numbers(client, PAGE, null, 3)).containsExactly(4, 5);
        assertThat(numbers(client, PAGE, 1, null)).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {OURS, PGJDBC, PGJDBC_SIMPLE})
    void negativeNumberIsRefusedByItsClause(String client) {
        assertThatThrownBy(() -> numbers(client, PAGE, -1, 0))
                .hasMessageContaining("LIMIT must not be negative")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("2201W");
        assertThatThrownBy(() -> numbers(client, PAGE, 1, -2))
                .hasMessageContaining("OFFSET must not be negative")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("2201X");
    }

    /** There it is known row by row only. */
    @ParameterizedTest
    @ValueSource(strings = {OURS, PGJDBC})
    void negativeNumberIsRefusedInLateral(String client) throws SQLException {
        String rows =
                "SELECT m.n FROM numbers AS t, LATERAL (SELECT n FROM numbers WHERE n = t.n ORDER BY n LIMIT ? OFFSET"
                        + " ?) AS m";
        assertThat(numbers(client, rows, 1, 0)).hasSize(5);
        assertThatThrownBy(() -> numbers(client, rows, -1, 0)).hasMessageContaining("LIMIT must not be negative");
        assertThatThrownBy(() -> numbers(client, rows, 1, -1)).hasMessageContaining("OFFSET must not be negative");
    }

    @Test
    void preparedStatementsPageAgainAndAgain() throws SQLException {
        try (Connection connection = connect(PGJDBC);
                PreparedStatement statement = connection.prepareStatement(PAGE)) {
            List<Integer> all = new ArrayList<>();
            // More often than pgjdbc runs a statement before it keeps it on the server, and goes over to binary.
            for (int page = 0; page < 10; page++) {
                statement.setInt(1, 1);
                statement.setInt(2, page);
                try (ResultSet rows = statement.executeQuery()) {
                    all.addAll(ints(rows));
                }
            }
            assertThat(all).containsExactly(1, 2, 3, 4, 5);
        }
    }

    @Test
    void parametersAreDescribedAsWholeNumbers() throws SQLException {
        try (Connection connection = connect(OURS);
                PreparedStatement statement = connection.prepareStatement(PAGE)) {
            assertThat(statement.getParameterMetaData().getParameterType(1)).isEqualTo(Types.BIGINT);
            assertThat(statement.getParameterMetaData().getParameterType(2)).isEqualTo(Types.BIGINT);
        }
    }

    @Test
    void preparedInSqlWithAndWithoutTypes() throws SQLException {
        try (Connection connection = connect(PGJDBC_SIMPLE);
                Statement statement = connection.createStatement()) {
            statement.execute("PREPARE page AS SELECT n FROM numbers ORDER BY n LIMIT $1 OFFSET $2");
            assertThat(ints(statement.executeQuery("EXECUTE page(2, 3)"))).containsExactly(4, 5);
            assertThat(ints(statement.executeQuery("EXECUTE page(NULL, 4)"))).containsExactly(5);
            statement.execute("PREPARE typed(int, bigint) AS SELECT n FROM numbers ORDER BY n LIMIT $1 OFFSET $2");
            assertThat(ints(statement.executeQuery("EXECUTE typed(1, 1)"))).containsExactly(2);
        }
    }

    @Test
    void textIsNoNumberOfRows() {
        assertThatThrownBy(() -> numbers(PGJDBC, "SELECT n FROM numbers LIMIT ?", "3"))
                .hasMessageContaining("argument of LIMIT must be type bigint, not type VARCHAR")
                .hasMessageContaining("Position: 29")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42804");
    }

    @Test
    void endlessQueryStopsAtTheLimitOfItsParameter() throws SQLException {
        assertThat(numbers(OURS, "SELECT STREAM n FROM numbers LIMIT ?", 2)).containsExactly(3, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {OURS, PGJDBC, PGJDBC_SIMPLE})
    void catalogQueriesPageAsWell(String client) throws SQLException {
        String sql = "SELECT attnum FROM pg_catalog.pg_attribute WHERE attrelid = 'numbers'::regclass AND attnum > 0"
                + " ORDER BY attnum LIMIT ?";
        assertThat(numbers(client, sql, 1)).containsExactly(1);
        assertThatThrownBy(() -> numbers(client, sql, -1))
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("2201W");
    }
}
