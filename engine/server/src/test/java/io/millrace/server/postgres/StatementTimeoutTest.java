package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** {@code statement_timeout} ends what works for long before it has a row to give. */
@Timeout(120)
class StatementTimeoutTest {

    /** Looks at 10^12 pairs, and has its one row when it is through. */
    private static final String LONG =
            "SELECT COUNT(*) FROM numbers a, numbers b, numbers c, numbers d WHERE a.n + b.n + c.n + d.n < 0";

    @TempDir
    Path directory;

    private EngineGateway gateway;

    @BeforeEach
    void open() throws SQLException {
        gateway = EngineGateway.open(directory);
        gateway.run(
                "CREATE TABLE numbers (n INTEGER PRIMARY KEY)",
                "INSERT INTO numbers VALUES "
                        + IntStream.range(0, 1000).mapToObj(n -> "(" + n + ")").collect(Collectors.joining(",")));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private static void assertEnds(org.assertj.core.api.ThrowableAssert.ThrowingCallable statement) {
        assertThatThrownBy(statement)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"))
                .hasMessageContaining("canceling statement due to statement timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {LONG, "EXPLAIN ANALYZE " + LONG, LONG + " HAVING COUNT(*) > 5"})
    void endsAQueryThatHasNoRowYet(String sql) throws SQLException {
        for (String mode : new String[] {"simple", "extended"}) {
            try (Connection connection = gateway.connect("preferQueryMode=" + mode);
                    Statement statement = connection.createStatement()) {
                statement.execute("SET statement_timeout = '200ms'");
                assertEnds(() -> statement.executeQuery(sql));
                // The next one has all the time again.
                assertThat(statement
                                .executeQuery("SELECT COUNT(*) FROM numbers")
                                .next())
                        .isTrue();
            }
        }
    }

    @Test
    void endsACopy() throws SQLException {
        try (Connection connection = gateway.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '200ms'");
            assertEnds(() -> connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + LONG + ") TO STDOUT", new StringWriter()));
        }
    }

    @Test
    void leavesAloneWhatIsInTime() throws SQLException {
        try (Connection connection = gateway.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '20s'");
            for (int i = 0; i < 50; i++) {
                assertThat(statement
                                .executeQuery("SELECT COUNT(*) FROM numbers")
                                .next())
                        .isTrue();
            }
        }
    }
}
