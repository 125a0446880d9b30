package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a stream meet a table as it is when they come, where they are put out for good. */
class TableLookupTest {

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory);
        engine.run(
                "CREATE STREAM s (id INTEGER, x INTEGER, at TIMESTAMP, WATERMARK FOR at AS at)",
                "CREATE STREAM out (x INTEGER, name VARCHAR)",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR)",
                "INSERT INTO t VALUES (1, 'one'), (2, 'two')");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void put(int id, int x) {
        engine.run("INSERT INTO s VALUES (" + id + ", " + x + ", TIMESTAMP '2026-01-01 10:00:00' + INTERVAL '" + x
                + "' SECOND)");
    }

    private List<String> out(int rows) {
        return engine.awaitRows("SELECT x, name FROM out ORDER BY x, name", rows);
    }

    @Test
    void whatChangesLaterChangesNothing() {
        engine.run("CREATE PUMP p AS INSERT INTO out SELECT STREAM s.x, t.name FROM s LEFT JOIN t ON s.id = t.id");
        put(1, 1);
        put(3, 2);
        assertThat(out(2)).containsExactly("1|one", "2|null");
        engine.run(
                "UPDATE t SET name = 'uno' WHERE id = 1",
                "INSERT INTO t VALUES (3, 'three')",
                "DELETE FROM t WHERE id = 2");
        put(1, 3);
        put(3, 4);
        put(2, 5);
        assertThat(out(5)).containsExactly("1|one", "2|null", "3|uno", "4|three", "5|null");
        engine.restart();
        engine.run("UPDATE t SET name = 'eins' WHERE id = 1");
        put(1, 6);
        assertThat(out(6)).containsExactly("1|one", "2|null", "3|uno", "4|three", "5|null", "6|eins");
    }

    @Test
    void theTableMayStandOnTheLeftAndInSubqueries() {
        engine.run(
                "CREATE PUMP p AS INSERT INTO out SELECT STREAM s.x, t.name FROM t JOIN s ON s.id = t.id",
                "CREATE PUMP q AS INSERT INTO out SELECT STREAM x + 100, 'in' FROM s WHERE id IN (SELECT id FROM t)",
                "CREATE PUMP r AS INSERT INTO out SELECT STREAM x + 200, 'not' FROM s"
                        + " WHERE NOT EXISTS (SELECT * FROM t WHERE t.id = s.id)",
                "CREATE PUMP z AS INSERT INTO out SELECT STREAM s.x + 300, g.c"
                        + " FROM s JOIN (SELECT MAX(name) AS c, COUNT(*) AS n FROM t) g ON s.x > g.n");
        put(2, 1);
        put(9, 3);
        assertThat(out(4)).containsExactly("1|two", "101|in", "203|not", "303|two");
        // What is computed of the table follows it, for the rows that come.
        engine.run("DELETE FROM t WHERE id = 2");
        put(2, 4);
        assertThat(out(6)).containsExactly("1|two", "101|in", "203|not", "204|not", "303|two", "304|one");
        engine.run("CREATE TABLE u (id INTEGER, more VARCHAR)", "INSERT INTO u VALUES (1, 'x')");
        engine.run("CREATE PUMP y AS INSERT INTO out SELECT STREAM s.x + 400, j.more FROM s"
                + " JOIN (SELECT t.id, u.more FROM t JOIN u ON t.id = u.id) j ON s.id = j.id WHERE s.x > 4");
        put(1, 5);
        engine.awaitRows("SELECT * FROM out WHERE x > 400", 1);
        engine.run("UPDATE u SET more = 'y'");
        put(1, 6);
        assertThat(engine.awaitRows("SELECT x, name FROM out WHERE x > 400 ORDER BY x", 2))
                .containsExactly("405|x", "406|y");
    }

    @Test
    void rowsOfTheTableThatRepeatCount() {
        engine.run(
                "CREATE TABLE bag (id INTEGER, tag VARCHAR)",
                "INSERT INTO bag VALUES (1, 'a'), (1, 'a'), (1, 'b'), (2, 'c')");
        engine.run("CREATE PUMP p AS INSERT INTO out SELECT STREAM s.x, bag.tag FROM s JOIN bag ON s.id = bag.id AND"
                + " bag.tag < 'c'");
        put(1, 1);
        put(2, 2);
        put(1, 3);
        assertThat(out(6)).containsExactlyInAnyOrder("1|a", "1|a", "1|b", "3|a", "3|a", "3|b");
    }

    /** A step takes of a stream what it can, but of a table all: no row may meet half of it. */
    @Test
    void theWholeTableIsThereForTheFirstRow() {
        for (int part = 0; part < 4; part++) {
            int first = part * 10_000;
            engine.run("INSERT INTO t VALUES "
                    + IntStream.range(first, first + 10_000)
                            .mapToObj(i -> "(" + (10 + i) + ", 'n" + i + "')")
                            .collect(Collectors.joining(", ")));
        }
        put(40_009, 1);
        put(10, 2);
        engine.run("CREATE PUMP p AS INSERT INTO out SELECT STREAM s.x, t.name FROM s LEFT JOIN t ON s.id = t.id");
        assertThat(out(2)).containsExactly("1|n39999", "2|n0");
    }

    @Test
    void timeGoesThrough() {
        engine.run(
                "CREATE STREAM counts (name VARCHAR, w TIMESTAMP, c BIGINT)",
                "CREATE PUMP p AS INSERT INTO counts SELECT STREAM t.name, FLOOR(s.at TO MINUTE), COUNT(*)"
                        + " FROM s JOIN t ON s.id = t.id GROUP BY t.name, FLOOR(s.at TO MINUTE)");
        put(1, 1);
        put(1, 2);
        put(2, 3);
        put(1, 61);
        assertThat(engine.awaitRows("SELECT name, c FROM counts ORDER BY name", 2))
                .containsExactly("one|2", "two|1");
    }

    @Test
    void aTableByItselfIsRefusedWhereRowsStay() {
        for (String query : List.of(
                "SELECT STREAM id, name FROM t",
                "SELECT STREAM s.x, t.name FROM t LEFT JOIN s ON s.id = t.id",
                "SELECT STREAM s.x, t.name FROM s FULL JOIN t ON s.id = t.id")) {
            var failure = engine.failure("CREATE PUMP p AS INSERT INTO out " + query);
            assertThat(failure).as(query).isNotNull();
            assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_STATEMENT);
            assertThat(failure.describe()).contains("rows of 't' change");
            assertThat(failure.hint()).contains("JOIN t").contains("materialized view");
        }
    }

    @Test
    void changesOfATableAreRowsOfAStream() {
        assertThat(engine.rows("SELECT STREAM id, name FROM t LIMIT 2 EMIT CHANGES"))
                .containsExactlyInAnyOrder("insert|1|one", "insert|2|two");
        engine.run("UPDATE t SET name = 'zwei' WHERE id = 2", "DELETE FROM t WHERE id = 1");
        assertThat(engine.rows("SELECT STREAM id, name FROM t LIMIT 1 EMIT CHANGES"))
                .containsExactly("insert|2|zwei");
        engine.run(
                "CREATE STREAM log (op VARCHAR, id INTEGER, name VARCHAR)",
                "CREATE PUMP p AS INSERT INTO log SELECT STREAM id, name FROM t EMIT CHANGES");
        engine.awaitRows("SELECT * FROM log", 1);
        engine.run("UPDATE t SET name = 'dos'");
        assertThat(engine.awaitRows("SELECT * FROM log", 3))
                .containsExactly("insert|2|zwei", "delete|2|zwei", "insert|2|dos");
    }
}
