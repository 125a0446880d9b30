package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code CREATE DELIVERY … TO 'jdbc:…'}: rows into a table, here of DuckDB, which is in the process. */
class TableDeliveryTest {

    private static final String OPTIONS = "table = 'target', roll_interval = '20 ms'";

    @TempDir
    Path directory;

    private EngineFixture engine;
    private Connection database;
    private String url;

    @BeforeEach
    void open() throws SQLException {
        url = "jdbc:duckdb:" + directory.resolve("lake.duckdb");
        // Kept open, since the last connection to go would close the database.
        database = DriverManager.getConnection(url);
        execute("CREATE TABLE target (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, tags VARCHAR)");
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run("CREATE STREAM s (id INTEGER, name VARCHAR, tags VARCHAR ARRAY)");
    }

    @AfterEach
    void close() throws SQLException {
        engine.close();
        database.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> target() throws SQLException {
        return PostgresServer.rows(url, "SELECT id, name, tags FROM target ORDER BY id");
    }

    private void deliver(String options) {
        engine.run("CREATE DELIVERY d FROM s TO '" + url + "' WITH (" + options + ")");
    }

    private void awaitDelivered(int rows) {
        engine.await(
                "SHOW DELIVERIES", all -> all.getFirst().matches(".*\\|exactly-once\\|\\d+\\|" + rows + "\\|0\\|.*"));
    }

    @Test
    void aDatabaseThatIsNotThereIsNoFaultOfTheDisk() {
        assertThat(engine.failure("CREATE DELIVERY d FROM s TO 'jdbc:postgresql://127.0.0.1:1/x' WITH (table = 't')")
                        .hint())
                .contains("can be reached");
    }

    @Test
    void rowsAreThereOnceOverRestarts() throws SQLException {
        deliver(OPTIONS);
        engine.run("INSERT INTO s VALUES (1, 'one', ARRAY['a', 'b c'])");
        awaitDelivered(1);
        engine.restart();
        engine.run("INSERT INTO s VALUES (2, 'two', NULL)");
        awaitDelivered(2);
        assertThat(target()).containsExactly("1|one|{a,\"b c\"}", "2|two|null");
    }

    @Test
    void rowsThatTheTableRefusesGoToTheBackupAndTheErrorStream() throws Exception {
        Path backup = directory.resolve("backup");
        deliver(OPTIONS + ", backup = '" + backup.toUri() + "'");
        engine.run("INSERT INTO s VALUES (1, 'one', NULL), (1, 'again', NULL), (2, 'two', NULL)");
        assertThat(engine.awaitRows("SELECT MESSAGE FROM error_stream", 1))
                .singleElement()
                .asString()
                .containsIgnoringCase("constraint");
        engine.await("SHOW DELIVERIES", all -> all.getFirst().contains("|exactly-once|"));
        assertThat(target()).containsExactly("1|one|null", "2|two|null");
        assertThat(engine.rows("SELECT DATA_TEXT FROM error_stream").getFirst()).contains("\"name\":\"again\"");
        List<Path> failed = TestFiles.files(backup.resolve("failed"));
        assertThat(Files.readString(failed.getFirst())).contains("\"lastErrorCode\":\"INVALID_VALUE\"");
    }

    @Test
    void aQueryIsUpserted() throws SQLException {
        engine.run("CREATE DELIVERY d AS SELECT STREAM id / 10 AS id, name, tags FROM s TO '" + url
                + "' WITH (mode = 'upsert', key = 'id', " + OPTIONS + ")");
        engine.run(
                "INSERT INTO s VALUES (11, 'one', NULL), (12, 'two', NULL)",
                "INSERT INTO s VALUES (13, 'three', NULL)");
        awaitDelivered(3);
        assertThat(target()).containsExactly("1|three|null");
    }

    private void awaitTarget(String... rows) {
        engine.await("SHOW DELIVERIES", all -> {
            try {
                return target().equals(List.of(rows));
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aViewIsFollowedWithWhatGoesOfIt() {
        engine.run(
                "CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR, price INTEGER)",
                "INSERT INTO items VALUES (1, 'one', 10), (2, 'two', 20), (3, 'three', 30)",
                "CREATE MATERIALIZED VIEW dear AS SELECT id, name, CAST(price AS VARCHAR) AS tags FROM items"
                        + " WHERE price > 15",
                "CREATE DELIVERY d AS SELECT STREAM id, name, tags FROM dear EMIT CHANGES TO '" + url
                        + "' WITH (mode = 'upsert', key = 'id', " + OPTIONS + ")");
        awaitTarget("2|two|20", "3|three|30");
        engine.restart();
        engine.run(
                "UPDATE items SET price = 16 WHERE id <> 2",
                "DELETE FROM items WHERE id = 2",
                "UPDATE items SET id = 7 WHERE id = 3");
        awaitTarget("1|one|16", "7|three|16");
    }

    @Test
    void whatCannotWorkIsToldAtOnce() throws SQLException {
        assertThat(engine.failure("CREATE DELIVERY d FROM s TO '" + url + "' WITH (\"table\" = 'nowhere')"))
                .hasMessageContaining("nowhere");
        execute("ALTER TABLE target DROP COLUMN tags");
        assertThat(engine.failure("CREATE DELIVERY d FROM s TO '" + url + "' WITH (" + OPTIONS + ")"))
                .hasMessageContaining("no column 'tags'");
        assertThat(engine.failure("CREATE DELIVERY d FROM s TO '" + url + "' WITH (format = 'csv', " + OPTIONS + ")"))
                .hasMessageContaining("takes rows with their types");
        assertThat(engine.failure("CREATE DELIVERY d FROM s TO 'jdbc:nothing:x' WITH (" + OPTIONS + ")"))
                .hasMessageContaining("no driver");
    }
}
