package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.StringReader;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Tables with other people's clients and our driver: update counts, prepared statements, keys, COPY. */
@Timeout(120)
final class TablesWithClientsTest {

    private static final String PGJDBC = "jdbc:postgresql://127.0.0.1:%d/millrace?user=millrace";
    private static final String PGJDBC_SIMPLE = PGJDBC + "&preferQueryMode=simple";
    private static final String OURS = "jdbc:millrace://127.0.0.1:%d/millrace?user=millrace";

    @TempDir
    Path directory;

    private EngineGateway gateway;

    @BeforeEach
    void open() throws SQLException {
        gateway = EngineGateway.open(directory);
        gateway.run(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) DEFAULT 'x', n BIGINT)",
                "CREATE TABLE pair (a VARCHAR, b INTEGER, v DOUBLE, PRIMARY KEY (b, a))",
                "CREATE TABLE bag (a VARCHAR)");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url.formatted(gateway.address().getPort()));
    }

    @ParameterizedTest
    @ValueSource(strings = {PGJDBC, PGJDBC_SIMPLE, OURS})
    void updateCountsAreThoseOfRows(String url) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?)");
                PreparedStatement update =
                        connection.prepareStatement("UPDATE t SET n = n + ?, name = ? WHERE id >= ?");
                PreparedStatement delete = connection.prepareStatement("DELETE FROM t WHERE id = ?")) {
            for (int i = 0; i < 5; i++) {
                insert.setInt(1, i);
                insert.setString(2, "n" + i);
                insert.setLong(3, 10L * i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1, 1, 1);
            update.setInt(1, 7);
            update.setString(2, "changed");
            update.setInt(3, 3);
            assertThat(update.executeUpdate()).isEqualTo(2);
            update.setInt(3, 4);
            update.addBatch();
            update.setInt(3, 100);
            update.addBatch();
            assertThat(update.executeBatch()).containsExactly(1, 0);
            delete.setInt(1, 0);
            assertThat(delete.executeUpdate()).isEqualTo(1);
            assertThat(delete.executeUpdate()).isZero();
            assertThat(statement.executeUpdate("UPDATE t SET name = NULL WHERE n < 25"))
                    .isEqualTo(2);
            assertThat(rows(statement.executeQuery("SELECT id, name, n FROM t ORDER BY id")))
                    .containsExactly("1|null|10", "2|null|20", "3|changed|37", "4|changed|54");
            assertThat(statement.executeUpdate("TRUNCATE t")).isZero();
        }
    }

    private static List<String> rows(ResultSet rows) throws SQLException {
        List<String> texts = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(String.valueOf(rows.getString(i)));
            }
            texts.add(String.join("|", row));
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {PGJDBC, OURS})
    void aKeyThatIsThereIsAnErrorOfTheRightKind(String url) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t (id) VALUES (?)")) {
            statement.execute("INSERT INTO t (id) VALUES (1)");
            insert.setInt(1, 1);
            SQLException failure = catchThrowableOfType(SQLException.class, insert::executeUpdate);
            assertThat(failure.getSQLState()).isEqualTo("23505");
            assertThat(failure.getMessage()).contains("(id) = (1)");
            insert.addBatch();
            failure = catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
            assertThat(failure.getSQLState()).isEqualTo("23505");
            failure = catchThrowableOfType(
                    SQLException.class, () -> statement.execute("INSERT INTO t (id, n) VALUES (NULL, 1)"));
            assertThat(failure.getSQLState()).isEqualTo("23502");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PGJDBC, PGJDBC_SIMPLE, OURS})
    void rowsAreReturned(String url) throws SQLException {
        try (Connection connection = connect(url);
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO t (id, n) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET n = t.n + EXCLUDED.n"
                                + " RETURNING id, name, n")) {
            insert.setInt(1, 5);
            insert.setLong(2, 50);
            assertThat(rows(insert.executeQuery())).containsExactly("5|x|50");
            insert.setLong(2, 3);
            assertThat(rows(insert.executeQuery())).containsExactly("5|x|53");
        }
    }

    @Test
    void generatedKeysAreTheColumnsOfTheRow() throws SQLException {
        try (Connection connection = connect(PGJDBC);
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO t (id) VALUES (3)", new String[] {"name"})) {
            assertThat(insert.executeUpdate()).isEqualTo(1);
            assertThat(rows(insert.getGeneratedKeys())).containsExactly("x");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PGJDBC, OURS})
    void aRollbackSaysThatNothingWasUndone(String url) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("INSERT INTO t (id) VALUES (1)");
            statement.execute("ROLLBACK");
            SQLWarning warning = statement.getWarnings();
            assertThat(warning == null ? "" : warning.getMessage()).contains("undone nothing");
            assertThat(rows(statement.executeQuery("SELECT id FROM t"))).containsExactly("1");
            statement.execute("BEGIN");
            statement.executeQuery("SELECT id FROM t").close();
            statement.execute("ROLLBACK");
            assertThat(statement.getWarnings() == null).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PGJDBC, OURS})
    void keysAreInTheMetadata(String url) throws SQLException {
        try (Connection connection = connect(url)) {
            var metadata = connection.getMetaData();
            assertThat(column(metadata.getPrimaryKeys(null, null, "t"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"))
                    .containsExactly("id|1|t_pkey");
            assertThat(column(metadata.getPrimaryKeys(null, "public", "pair"), "COLUMN_NAME", "KEY_SEQ"))
                    .containsExactlyInAnyOrder("a|2", "b|1");
            assertThat(column(metadata.getPrimaryKeys(null, null, "bag"), "COLUMN_NAME"))
                    .isEmpty();
            assertThat(column(
                            metadata.getIndexInfo(null, null, "pair", true, false),
                            "INDEX_NAME",
                            "ORDINAL_POSITION",
                            "COLUMN_NAME"))
                    .containsExactly("pair_pkey|1|b", "pair_pkey|2|a");
            assertThat(column(metadata.getBestRowIdentifier(null, null, "t", 2, true), "COLUMN_NAME"))
                    .containsExactly("id");
            assertThat(column(metadata.getTables(null, null, "%", new String[] {"TABLE"}), "TABLE_NAME", "TABLE_TYPE"))
                    .contains("t|TABLE", "pair|TABLE", "bag|TABLE")
                    .doesNotContain("t_pkey|TABLE");
        }
    }

    private static List<String> column(ResultSet rows, String... columns) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (String column : columns) {
                row.add(String.valueOf(rows.getString(column)));
            }
            texts.add(String.join("|", row));
        }
        return texts;
    }

    @Test
    void copyTakesAllOrNothing() throws Exception {
        try (Connection connection = connect(PGJDBC);
                Statement statement = connection.createStatement()) {
            var copies = connection.unwrap(PGConnection.class).getCopyAPI();
            assertThat(copies.copyIn("COPY t (id, n) FROM STDIN", new StringReader("1\t10\n2\t\\N\n")))
                    .isEqualTo(2);
            SQLException failure = catchThrowableOfType(
                    SQLException.class,
                    () -> copies.copyIn("COPY t FROM STDIN WITH (FORMAT csv)", new StringReader("3,c,1\n2,b,2\n")));
            assertThat(failure.getSQLState()).isEqualTo("23505");
            failure = catchThrowableOfType(
                    SQLException.class,
                    () -> copies.copyIn("COPY t FROM STDIN WITH (FORMAT csv)", new StringReader("4,d,1\nfive,e,2\n")));
            assertThat(failure.getSQLState()).isEqualTo("22P02");
            assertThat(rows(statement.executeQuery("SELECT * FROM t ORDER BY id")))
                    .containsExactly("1|x|10", "2|x|null");
        }
    }

    @Test
    void psqlDescribesATable() throws Exception {
        assertThat(Psql.run(gateway.address(), "\\d t\n").lines().map(String::stripTrailing))
                .anyMatch(line -> line.strip().equals("Table \"public.t\""))
                .anyMatch(line -> line.matches(" id +\\| integer +\\| +\\| not null \\|"))
                .anyMatch(line -> line.matches(" name +\\| character varying\\(20\\) +\\| +\\| +\\| 'x'"))
                .anyMatch(line -> line.matches(" n +\\| bigint +\\| +\\| +\\|"))
                .contains("Indexes:", "    \"t_pkey\" PRIMARY KEY, btree (id)");
    }

    @Test
    void theInformationSchemaKnowsKeysAndDefaults() throws SQLException {
        assertThat(gateway.rows("SELECT constraint_name, constraint_type FROM information_schema.table_constraints"
                        + " WHERE table_name = 'pair'"))
                .containsExactly("pair_pkey|PRIMARY KEY");
        assertThat(gateway.rows("SELECT column_name, ordinal_position FROM information_schema.key_column_usage"
                        + " WHERE table_name = 'pair' ORDER BY ordinal_position"))
                .containsExactly("b|1", "a|2");
        assertThat(gateway.rows("SELECT column_name, column_default, is_nullable FROM information_schema.columns"
                        + " WHERE table_name = 't' ORDER BY ordinal_position"))
                .containsExactly("id|null|NO", "name|'x'|YES", "n|null|YES");
        assertThat(gateway.rows("SELECT table_type FROM information_schema.tables WHERE table_name = 't'"))
                .containsExactly("BASE TABLE");
        assertThat(gateway.rows("SELECT conkey, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid ="
                        + " 'pair'::regclass"))
                .containsExactly("{2,1}|PRIMARY KEY (b, a)");
        assertThat(gateway.rows("SELECT indexdef FROM pg_indexes WHERE tablename = 't'"))
                .containsExactly("CREATE UNIQUE INDEX t_pkey ON public.t USING btree (id)");
    }
}
