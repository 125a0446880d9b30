package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.spi.ShownUrl;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of PostgreSQL in queries that end. */
class DatabaseTablesTest {

    private static PostgresServer server;

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(PostgresServer.installed()).as("PostgreSQL is installed").isTrue();
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        server.connect().close();
        server.execute(
                "DROP SCHEMA IF EXISTS shop CASCADE",
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.users (id int PRIMARY KEY, name text, born date, \"Score\" numeric(6, 2), active"
                        + " bool)",
                "INSERT INTO shop.users VALUES (1, 'Ada', '1815-12-10', 9.50, true), (2, 'Bob', NULL, 7.25, false),"
                        + " (3, 'Cem', '1990-01-01', NULL, true), (4, NULL, '2000-02-29', 1.00, NULL)");
        engine = EngineFixture.open(directory);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void create() {
        engine.run("CREATE EXTERNAL TABLE users FROM '" + server.url() + "' WITH (table = 'shop.users')");
    }

    @Test
    void itIsATableLikeOthers() throws Exception {
        create();
        assertThat(engine.rows("SELECT * FROM users ORDER BY id"))
                .containsExactly(
                        "1|Ada|1815-12-10|9.50|true",
                        "2|Bob|null|7.25|false",
                        "3|Cem|1990-01-01|null|true",
                        "4|null|2000-02-29|1.00|null");
        engine.restart();
        server.execute("INSERT INTO shop.users VALUES (5, 'Dan', NULL, 2, true)");
        assertThat(engine.rows("SELECT COUNT(*), SUM(score) FROM users WHERE active"))
                .containsExactly("3|11.50");
        assertThat(engine.rows("SHOW TABLES")).containsExactly("users|null|null|table of " + ShownUrl.of(server.url()));
        assertThat(engine.rows(
                        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'users'"
                                + " ORDER BY ordinal_position"))
                .containsExactly("id|integer", "name|text", "born|date", "Score|numeric", "active|boolean");
    }

    @Test
    void itIsJoinedWithWhatIsHere() {
        create();
        engine.run(
                "CREATE TABLE orders (id BIGINT, buyer INTEGER)",
                "INSERT INTO orders VALUES (10, 1), (11, 3), (12, 1), (13, 9)");
        assertThat(engine.rows("SELECT u.name, COUNT(*) FROM orders AS o JOIN users AS u ON u.id = o.buyer"
                        + " GROUP BY u.name ORDER BY u.name"))
                .containsExactly("Ada|2", "Cem|1");
        assertThat(engine.rows("SELECT a.id FROM users AS a, users AS b WHERE a.id = b.id + 1 ORDER BY a.id"))
                .containsExactly("2", "3", "4");
        engine.run("INSERT INTO orders SELECT id + 100, id FROM users WHERE id IN (SELECT buyer FROM orders)");
        assertThat(engine.rows("SELECT id FROM orders WHERE id > 100 ORDER BY id"))
                .containsExactly("101", "103");
    }

    private String asked(String query) {
        return engine.rows("EXPLAIN " + query).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("asks "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void columnsAndFiltersAreLeftToTheDatabase() {
        create();
        assertThat(asked("SELECT name FROM users WHERE id >= 2 AND (name = 'Bob' OR name IS NULL) AND born > DATE"
                        + " '1999-12-31'"))
                .isEqualTo(
                        "asks SELECT \"id\", \"name\", \"born\" FROM shop.users WHERE \"id\" >= ? AND (\"name\" = ? OR"
                                + " \"name\" IS NULL) AND \"born\" > ?, with 2, 'Bob', '1999-12-31'");
        assertThat(asked("SELECT id FROM users WHERE id IN (1, 3) AND UPPER(name) = 'ADA'"))
                .isEqualTo("asks SELECT \"id\", \"name\" FROM shop.users WHERE \"id\" IN (?, ?), with 1, 3");
        assertThat(asked("SELECT COUNT(*) FROM users")).isEqualTo("asks SELECT 1 FROM shop.users");
        assertThat(asked("SELECT id FROM users WHERE \"Score\" < 5 OR UPPER(name) = 'X'"))
                .isEqualTo("asks SELECT \"id\", \"name\", \"Score\" FROM shop.users");
        assertThat(engine.rows("SELECT id FROM users WHERE id IN (1, 3, 4) AND name > 'B' AND active"))
                .containsExactly("3");
        assertThat(engine.rows("EXPLAIN ANALYZE SELECT id FROM users WHERE id < 3")
                        .toString())
                .contains("read 2 rows of 'users'");
    }

    @Test
    void theAnswerIsThatOfTheSameTableHere() {
        create();
        engine.run(
                "CREATE TABLE here (id INTEGER, name VARCHAR, born DATE, score DECIMAL(6, 2), active BOOLEAN)",
                "INSERT INTO here SELECT * FROM users");
        for (String condition : List.of(
                "score > 1 AND score <= 7.25",
                "score <> 7.25",
                "NOT active",
                "active IS NULL OR id = 1",
                "name >= 'B'",
                "name NOT IN ('Ada')",
                "id BETWEEN 2 AND 3 OR born < DATE '1900-01-01'",
                "id > 1.5",
                "id = 2.5",
                "name = 'ada' OR name LIKE 'C%'",
                "CAST(id AS VARCHAR) = '3'",
                "NOT (id > 2 AND score > 0)",
                "born = DATE '2000-02-29' AND name IS NULL")) {
            String query = "SELECT id FROM %s WHERE " + condition.replace("%", "%%") + " ORDER BY id";
            assertThat(engine.rows(query.formatted("users")))
                    .as(condition)
                    .isEqualTo(engine.rows(query.formatted("here")));
        }
    }

    @Test
    void passwordsAreNotShown() {
        MillraceException inUrl = engine.failure(
                "CREATE EXTERNAL TABLE t FROM '" + server.url() + "&password=hunter2' WITH (table = 'shop.users')");
        assertThat(inUrl.describe() + inUrl.hint()).contains("option password").doesNotContain("hunter2");
        engine.run("CREATE EXTERNAL TABLE t FROM '" + server.url()
                + "' WITH (table = 'shop.users', password = 'hunter2')");
        for (String statement :
                List.of("SHOW CREATE EXTERNAL TABLE t", "SHOW TABLES", "EXPLAIN SELECT * FROM t", "DESCRIBE t")) {
            assertThat(engine.rows(statement).toString()).doesNotContain("hunter2");
        }
        assertThat(engine.rows("SHOW CREATE EXTERNAL TABLE t").toString()).contains("password = '(hidden)'");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(engine.failure("CREATE EXTERNAL TABLE t FROM '" + server.url() + "'")
                        .hint())
                .contains("table as SQL writes it");
        assertThat(engine.failure("CREATE EXTERNAL TABLE t FROM '" + server.url()
                                + "' WITH (table = 'shop.users', fetch = 1)")
                        .getMessage())
                .contains("unknown option 'fetch'");
        MillraceException missing =
                engine.failure("CREATE EXTERNAL TABLE t FROM '" + server.url() + "' WITH (table = 'shop.nobody')");
        assertThat(missing.code()).isEqualTo(ErrorCode.IO_ERROR);
        assertThat(missing.getMessage()).contains("shop.nobody").contains("does not exist");
        assertThat(engine.failure("SELECT * FROM '" + server.url() + "'").hint())
                .contains("CREATE EXTERNAL TABLE");
        create();
        assertThat(engine.failure("INSERT INTO users (id) VALUES (7)").getMessage())
                .contains("which is only read");
        assertThat(engine.failure("DELETE FROM users").getMessage()).contains("which is only read");
        engine.run("CREATE EXTERNAL TABLE wrong (id DATE) FROM '" + server.url() + "' WITH (table = 'shop.users')");
        assertThat(engine.failure("SELECT * FROM wrong").getMessage())
                .contains("column 'id' is int4, which is not read as DATE");
        engine.run("CREATE EXTERNAL TABLE far (id INTEGER) FROM 'jdbc:postgresql://127.0.0.1:1/x' WITH (table = 'y')");
        MillraceException far = engine.failure("SELECT * FROM far");
        assertThat(far.code()).isEqualTo(ErrorCode.IO_ERROR);
        assertThat(far.getMessage()).contains("jdbc:postgresql://127.0.0.1:1/x");
    }

    @Test
    void declaredColumnsAreTheOnesThereAre() {
        engine.run("CREATE EXTERNAL TABLE users (SCORE VARCHAR, id BIGINT) FROM '" + server.url()
                + "' WITH (table = 'shop.users')");
        assertThat(engine.rows("SELECT * FROM users WHERE id > 2 ORDER BY id")).containsExactly("null|3", "1.00|4");
        assertThat(asked("SELECT id FROM users WHERE score = '1.00' AND id < 9"))
                .isEqualTo("asks SELECT \"Score\", \"id\" FROM shop.users WHERE \"id\" < ?, with 9");
    }
}
