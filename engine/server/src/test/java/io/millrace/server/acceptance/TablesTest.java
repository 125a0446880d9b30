package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory);
        engine.run("CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(10) NOT NULL DEFAULT 'none', n BIGINT)");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void rowsAreAddedChangedAndTakenOut() {
        engine.run("INSERT INTO t VALUES (1, 'a', 10), (2, 'b', 20), (3, 'c', NULL)");
        engine.run("UPDATE t SET n = n + 1, name = name || '!' WHERE id < 3");
        engine.run("DELETE FROM t WHERE id = 2");

        assertThat(engine.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|a!|11", "3|c|null");
    }

    @Test
    void whatIsNotNamedHasItsDefault() {
        engine.run("INSERT INTO t (id) VALUES (1)");
        engine.run("INSERT INTO t VALUES (2, DEFAULT, 5), (3, 'x', DEFAULT)");
        engine.run("INSERT INTO t VALUES (4)");
        engine.run("UPDATE t SET name = DEFAULT WHERE id = 3");

        assertThat(engine.rows("SELECT * FROM t ORDER BY id"))
                .containsExactly("1|none|null", "2|none|5", "3|none|null", "4|none|null");
    }

    @Test
    void aRestartFindsTheRows() {
        engine.run("INSERT INTO t VALUES (1, 'a', 10), (2, 'b', 20)", "UPDATE t SET n = 0 WHERE id = 1");
        engine.run(
                "CREATE TABLE bag (a VARCHAR, b DOUBLE)",
                "INSERT INTO bag VALUES ('x', 1.5), ('x', 1.5), (NULL, NULL)");
        engine.run("DELETE FROM t WHERE id = 2", "INSERT INTO t VALUES (2, 'again', 3)");
        engine.restart();

        assertThat(engine.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|a|0", "2|again|3");
        assertThat(engine.rows("SELECT * FROM bag ORDER BY a")).containsExactly("x|1.5", "x|1.5", "null|null");
        assertThat(engine.failure("INSERT INTO t VALUES (1, 'b', 1)").code()).isEqualTo(ErrorCode.DUPLICATE_KEY);
        assertThat(engine.rows("SHOW TABLES")).containsExactly("bag|null|3|ok", "t|id|2|ok");
        assertThat(engine.rows("SHOW CREATE TABLE t"))
                .containsExactly("CREATE TABLE t (\n    id INTEGER NOT NULL,\n    name VARCHAR(10) NOT NULL DEFAULT"
                        + " 'none',\n    n BIGINT,\n    PRIMARY KEY (id)\n)");
        assertThat(engine.rows("DESCRIBE t"))
                .containsExactly("id|INTEGER|false", "name|VARCHAR(10)|false", "n|BIGINT|true");
    }

    @Test
    void aKeyIsThereOnce() {
        engine.run("INSERT INTO t VALUES (1, 'a', 10), (2, 'b', 20)");

        MillraceException failure = engine.failure("INSERT INTO t VALUES (3, 'c', 1), (2, 'x', 1)");
        assertThat(failure.code()).isEqualTo(ErrorCode.DUPLICATE_KEY);
        assertThat(failure.code().sqlState()).isEqualTo("23505");
        assertThat(failure).hasMessageContaining("table 't'").hasMessageContaining("(id) = (2)");
        assertThat(engine.failure("INSERT INTO t VALUES (4, 'c', 1), (4, 'x', 1)")
                        .code())
                .isEqualTo(ErrorCode.DUPLICATE_KEY);
        assertThat(engine.failure("UPDATE t SET id = 2 WHERE id = 1").code()).isEqualTo(ErrorCode.DUPLICATE_KEY);
        assertThat(engine.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|a|10", "2|b|20");

        // Keys may change places: what counts is how it is afterwards.
        engine.run("UPDATE t SET id = 3 - id");
        assertThat(engine.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|b|20", "2|a|10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INSERT INTO t VALUES (1, NULL, 1); 23502; column 'name' of table 't'",
                "INSERT INTO t VALUES (NULL, 'a', 1); 23502; column 'id' of table 't'",
                "INSERT INTO t (name) VALUES ('a'); 23502; column 'id'",
                "UPDATE t SET name = NULL; 23502; column 'name' of table 't'",
                "UPDATE t SET n = 'x'; 22P02; x",
                "UPDATE t SET nope = 1; 42703; nope",
                "UPDATE nope SET a = 1; 42P01; nope",
                "DELETE FROM s; 0A000; stream",
                "UPDATE s SET a = 1; 0A000; stream",
                "TRUNCATE s; 0A000; stream",
                "INSERT INTO s VALUES (1) RETURNING a; 0A000; stream",
                "DELETE FROM v; 0A000; materialized view",
                "CREATE TABLE t (a INT); 42P07; 't'",
                "CREATE STREAM t (a INT); 42P07; 't'",
                "CREATE TABLE s (a INT); 42P07; 's'",
                "CREATE TABLE u (a INT PRIMARY KEY, b INT PRIMARY KEY); 42000; one PRIMARY KEY",
                "CREATE TABLE u (a INT, PRIMARY KEY (b)); 42703; b",
                "CREATE TABLE u (a INT UNIQUE); 42601; UNIQUE",
                "CREATE TABLE u (a INT DEFAULT b); 42703; b",
                "CREATE TABLE u (a INT DEFAULT DATE '2020-01-01'); 42804; DEFAULT",
                "CREATE PUMP p AS INSERT INTO t SELECT STREAM a, 'x', 1 FROM s; 0A000; table",
                "INSERT INTO t SELECT STREAM a, 'x', 1 FROM s; 42000; ends",
                "INSERT INTO t VALUES (1, 'x', 1) ON CONFLICT (n) DO NOTHING; 42000; primary key is (id)",
                "INSERT INTO t VALUES (1, 'x', 1) RETURNING count(*); 0A000; RETURNING",
                "SELECT \"$slot\" FROM t; 42703; slot",
            })
    void whatIsWrongIsTold(String statement, String state, String told) {
        engine.run("CREATE STREAM s (a INTEGER)", "CREATE MATERIALIZED VIEW v AS SELECT a FROM s");
        engine.run("INSERT INTO t VALUES (7, 'seven', 7)");
        MillraceException failure = engine.failure(statement);
        assertThat(failure).as(statement).isNotNull();
        assertThat(failure.code().sqlState()).as(failure.describe()).isEqualTo(state);
        assertThat(failure.describe() + " " + failure.hint()).contains(told);
        assertThat(engine.rows("SELECT * FROM t")).containsExactly("7|seven|7");
    }

    @Test
    void rowsThatAreWrittenAreReturned() {
        assertThat(engine.rows("INSERT INTO t VALUES (1, 'a', 10), (2, 'b', 20) RETURNING id, n * 2 AS twice"))
                .containsExactly("1|20", "2|40");
        assertThat(engine.rows("UPDATE t AS x SET n = n + 1 WHERE x.id = 2 RETURNING *"))
                .containsExactly("2|b|21");
        assertThat(engine.rows("DELETE FROM t RETURNING t.id, name")).containsExactlyInAnyOrder("1|a", "2|b");
        assertThat(engine.rows("SELECT * FROM t")).isEmpty();
        // A row that cannot be returned is not written.
        assertThat(engine.failure("INSERT INTO t VALUES (1, 'a', 0) RETURNING 1 / n"))
                .isNotNull();
        assertThat(engine.rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void aRowWithTheKeyIsKeptOrChanged() {
        engine.run("INSERT INTO t VALUES (1, 'a', 10), (2, 'b', 20)");
        engine.run("INSERT INTO t VALUES (2, 'x', 1), (3, 'c', 30), (3, 'd', 31) ON CONFLICT DO NOTHING");
        assertThat(engine.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|a|10", "2|b|20", "3|c|30");

        engine.run("INSERT INTO t VALUES (2, 'y', 5), (4, 'e', 40)"
                + " ON CONFLICT (id) DO UPDATE SET n = t.n + EXCLUDED.n, name = EXCLUDED.name");
        assertThat(engine.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|a|10", "2|y|25", "3|c|30", "4|e|40");

        engine.run("INSERT INTO t SELECT id, 'z', 0 FROM t"
                + " ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name WHERE n > 25 AND EXCLUDED.n = 0");
        assertThat(engine.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|a|10", "2|y|25", "3|z|30", "4|z|40");

        assertThat(engine.failure("INSERT INTO t VALUES (1, 'p', 1), (1, 'q', 2)"
                                + " ON CONFLICT (id) DO UPDATE SET n = EXCLUDED.n")
                        .code())
                .isEqualTo(ErrorCode.CARDINALITY_VIOLATION);
        assertThat(engine.failure("INSERT INTO t VALUES (9, 'p', 1), (9, 'q', 2)"
                                + " ON CONFLICT (id) DO UPDATE SET n = EXCLUDED.n")
                        .code())
                .isEqualTo(ErrorCode.CARDINALITY_VIOLATION);
    }

    @Test
    void otherTablesAreReadByTheWay() {
        engine.run("INSERT INTO t VALUES (1, 'a', 10), (2, 'b', 20), (3, 'c', 30)");
        engine.run("CREATE TABLE u (id INTEGER PRIMARY KEY, add BIGINT)", "INSERT INTO u VALUES (1, 100), (3, 300)");
        engine.run("UPDATE t SET n = t.n + u.add FROM u WHERE t.id = u.id");
        assertThat(engine.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|a|110", "2|b|20", "3|c|330");
        engine.run("UPDATE t SET n = (SELECT max(add) FROM u) WHERE id IN (SELECT id FROM u)");
        assertThat(engine.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|a|300", "2|b|20", "3|c|300");
        engine.run("DELETE FROM t USING u WHERE t.id = u.id AND u.add > 100");
        assertThat(engine.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "2");
        assertThat(engine.rows("SELECT t.name, u.add FROM t LEFT JOIN u ON t.id = u.id ORDER BY t.id"))
                .containsExactly("a|100", "b|null");
        engine.run("INSERT INTO t SELECT id + 10, 'copy', n FROM t");
        assertThat(engine.rows("SELECT count(*) FROM t")).containsExactly("4");
        engine.run("TRUNCATE TABLE t");
        assertThat(engine.rows("SELECT count(*) FROM t")).containsExactly("0");
    }

    @Test
    void aTableOfWhichSomethingIsMadeStays() {
        engine.run("CREATE MATERIALIZED VIEW names AS SELECT name, count(*) AS c FROM t GROUP BY name");
        assertThat(engine.failure("DROP TABLE t").code()).isEqualTo(ErrorCode.WRONG_STATE);
        engine.run("DROP MATERIALIZED VIEW names", "DROP TABLE t");
        assertThat(engine.failure("SELECT * FROM t").code()).isEqualTo(ErrorCode.UNDEFINED_NAME);
        engine.run("CREATE TABLE t (other DOUBLE)", "INSERT INTO t VALUES (1.5)");
        engine.restart();
        assertThat(engine.rows("SELECT * FROM t")).containsExactly("1.5");
        engine.run("DROP TABLE IF EXISTS t", "DROP TABLE IF EXISTS t");
    }

    @Test
    void changesFlowIntoViews() {
        engine.run("INSERT INTO t VALUES (1, 'a', 10), (2, 'a', 20), (3, 'b', 30)");
        engine.run(
                "CREATE STREAM s (id INTEGER, amount INTEGER)", "INSERT INTO s VALUES (1, 5), (2, 6), (3, 7), (9, 8)");
        engine.run(
                "CREATE MATERIALIZED VIEW sums AS SELECT name, sum(n) AS total, max(n) AS top FROM t GROUP BY name",
                "CREATE MATERIALIZED VIEW joined AS SELECT s.amount, t.name FROM s LEFT JOIN t ON s.id = t.id");
        engine.await("SELECT * FROM sums ORDER BY name", rows -> rows.equals(List.of("a|30|20", "b|30|30")));
        engine.await(
                "SELECT * FROM joined ORDER BY amount", rows -> rows.equals(List.of("5|a", "6|a", "7|b", "8|null")));

        engine.run(
                "UPDATE t SET name = 'b' WHERE id = 2",
                "DELETE FROM t WHERE id = 1",
                "INSERT INTO t VALUES (9, 'n', 1)");
        engine.await("SELECT * FROM sums ORDER BY name", rows -> rows.equals(List.of("b|50|30", "n|1|1")));
        engine.await(
                "SELECT * FROM joined ORDER BY amount", rows -> rows.equals(List.of("5|null", "6|b", "7|b", "8|n")));
        engine.restart();
        engine.run("UPDATE t SET n = 7 WHERE id = 9");
        engine.await("SELECT * FROM sums ORDER BY name", rows -> rows.equals(List.of("b|50|30", "n|7|7")));
    }
}
