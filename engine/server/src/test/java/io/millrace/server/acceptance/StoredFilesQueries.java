package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.FaultyDoor.Fault;
import io.millrace.testing.connector.StoreServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a store over HTTP as tables, watched, and copied, through a door that fails now and then. */
abstract class StoredFilesQueries {

    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    Path directory;

    private EngineFixture engine;
    private final String folder = "lake-" + TESTS.getAndIncrement() + "/";

    /** Returns the server, started. */
    abstract StoreServer server();

    /** Returns the address of the folder in which the tests' folders lie, with a slash behind. */
    abstract String root();

    /** Returns the address of a folder that no bucket or container has. */
    abstract String nowhere();

    /** Returns what the store says of a bucket or container that is not there. */
    abstract String thereIsNone();

    /** Returns a part of the address of a listing. */
    abstract String listing();

    @BeforeEach
    final void open() {
        engine = EngineFixture.open(directory.resolve("data"));
    }

    @AfterEach
    final void close() {
        server().faults().clear();
        engine.close();
    }

    final EngineFixture engine() {
        return engine;
    }

    /** Returns the name of this test's folder in the store, with a slash behind. */
    final String folder() {
        return folder;
    }

    final void put(String name, String... lines) {
        server().put(folder + name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    final String url(String pattern) {
        return "'" + root() + folder + pattern + "'";
    }

    final String access(String more) {
        return " WITH (" + server().faultyOptions() + ", timeout = '1 s'" + more + ")";
    }

    /** Has DuckDB write rows in several row groups. */
    final void parquet(String name, int from, int to) throws Exception {
        Path file = directory.resolve("part.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    "COPY (SELECT i AS id, 'city-' || i % 7 AS city, i / 4.0 AS fare, hash(i)::VARCHAR AS note"
                            + " FROM range(" + from + ", " + to + ") AS r(i)) TO '" + file
                            + "' (FORMAT parquet, ROW_GROUP_SIZE 20480)");
        }
        server().put(folder + name, Files.readAllBytes(file));
    }

    @Test
    void onlyWhatIsNeededIsFetched() throws Exception {
        parquet("dt=2026-01-01/a.parquet", 0, 100_000);
        parquet("dt=2026-01-02/b.parquet", 100_000, 200_000);
        engine.run("CREATE EXTERNAL TABLE t FROM " + url("**.parquet") + access(""));
        assertThat(engine.rows("SELECT COUNT(*), SUM(id), COUNT(DISTINCT city) FROM t"))
                .containsExactly("200000|" + 199_999L * 100_000 + "|7");
        long before = server().faults().seen("GET", "b.parquet");
        String filtered =
                "SELECT COUNT(*), MIN(fare) FROM t WHERE dt = DATE '2026-01-01' AND id BETWEEN 50000 AND 50009";
        assertThat(engine.rows(filtered)).containsExactly("10|12500.0");
        assertThat(server().faults().seen("GET", "b.parquet"))
                .as("requests for what the folder excludes")
                .isEqualTo(before);
        assertThat(engine.rows("EXPLAIN ANALYZE " + filtered))
                .anySatisfy(line -> assertThat(line).contains("1 of 2 files"))
                .anySatisfy(line -> assertThat(line).contains("row groups"));
    }

    @Test
    void brokenAnswersAreGoneOnWith() throws Exception {
        parquet("a.parquet", 0, 50_000);
        put("b.csv", "city,fare", "Bern,1.5");
        engine.run("CREATE EXTERNAL TABLE t FROM " + url("*.parquet") + access(""));
        for (Fault fault : List.of(Fault.BROKEN_OFF, Fault.STALLED, Fault.BUSY, Fault.ANSWER_LOST)) {
            server().faults().plan("GET", "a.parquet", fault, 2);
            assertThat(engine.rows("SELECT COUNT(*), SUM(id), COUNT(DISTINCT note) FROM t"))
                    .containsExactly("50000|1249975000|50000");
            assertThat(server().faults().left()).isZero();
        }
    }

    @Test
    void aFileThatIsReplacedOrDeletedUnderAQueryMakesItFail() throws Exception {
        put("a.csv", "city,n", "Bern,1");
        put("b.csv", "city,n", "Oslo,2");
        engine.run("CREATE EXTERNAL TABLE t (city VARCHAR, n BIGINT) FROM " + url("*.csv") + access(", header = true"));
        server().faults().before("GET", "a.csv", () -> put("b.csv", "city,n", "Rome,3"));
        MillraceException replaced = engine.failure("SELECT city, n FROM t");
        assertThat(replaced.code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(replaced.getMessage()).contains("b.csv").contains("written again while it was read");
        server().faults().before("GET", "a.csv", () -> server().delete(folder + "b.csv"));
        MillraceException deleted = engine.failure("SELECT city, n FROM t");
        assertThat(deleted.code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(deleted.getMessage()).contains("b.csv").contains("deleted while it was read");
        assertThat(engine.rows("SELECT city, n FROM t")).containsExactly("Bern|1");
    }

    @Test
    void whatCannotBeReadIsNamed() {
        put("a.csv", "city,n", "Bern,1");
        engine.run("CREATE EXTERNAL TABLE t FROM " + url("*.csv") + access(""));
        server().faults().plan("GET", "a.csv", Fault.FORBIDDEN, 1);
        MillraceException forbidden = engine.failure("SELECT city FROM t");
        assertThat(forbidden.getMessage()).contains("a.csv").contains("403");
        assertThat(engine.failure("CREATE EXTERNAL TABLE u FROM '" + nowhere() + "*.csv'" + access(""))
                        .getMessage())
                .contains(thereIsNone());
        assertThat(engine.failure("CREATE EXTERNAL TABLE u FROM " + url("*.parquet") + access(""))
                        .getMessage())
                .contains("there is no file");
    }

    @Test
    void copyTakesEachFileOnceWhateverBreaks() throws Exception {
        engine.run("CREATE STREAM s (id BIGINT, city VARCHAR)");
        parquet("a.parquet", 0, 40_000);
        put("b.csv", "40000,Bern", "40001,Oslo");
        server().faults().plan("GET", "a.parquet", Fault.BROKEN_OFF, 1);
        server().faults().plan("GET", "b.csv", Fault.STALLED, 1);
        engine.run("COPY s FROM " + url("*") + access(""));
        engine.run("COPY s FROM " + url("b.csv") + access(""));
        String sums = "SELECT COUNT(*), SUM(id) FROM s";
        assertThat(engine.rows(sums)).containsExactly("40002|" + 40_001L * 20_001);
        put("c.csv", "40002,Rome");
        server().faults().before("GET", "c.csv", () -> put("c.csv", "99999,Rome"));
        assertThat(engine.failure("COPY s FROM " + url("c.csv") + access("")).getMessage())
                .contains("c.csv")
                .contains("written again while it was read");
        assertThat(engine.failure("COPY s FROM " + url("none.csv") + access("")).getMessage())
                .contains("there is no file")
                .contains("none.csv");
        assertThat(engine.rows(sums)).containsExactly("40002|" + 40_001L * 20_001);
    }

    @Test
    void aWatchedPrefixIsReadOnceAcrossRestartsAndFaults() {
        put("a.csv", "1,one", "2,two");
        engine.run(
                "CREATE EXTERNAL TABLE t (id BIGINT, name VARCHAR) FROM " + url("**.csv")
                        + access(", watch_interval = '20 ms', watch_settle = '0 s'"),
                "CREATE STREAM s (id BIGINT, name VARCHAR)",
                "CREATE PUMP p STARTED AS INSERT INTO s SELECT STREAM id, UPPER(name) FROM t");
        await("1|ONE", "2|TWO");
        server().faults().plan("GET", "b.csv", Fault.BROKEN_OFF, 1);
        server().faults().plan("GET", listing(), Fault.FORBIDDEN, 1);
        put("sub/b.csv", "3,three");
        await("1|ONE", "2|TWO", "3|THREE");
        engine.restart();
        put("c.csv", "4,four");
        await("1|ONE", "2|TWO", "3|THREE", "4|FOUR");
        put("a.csv", "1,one", "9,nine");
        engine.await(
                "SELECT message FROM error_stream",
                rows -> rows.size() == 1 && rows.getFirst().contains("written again after it was read"));
        await("1|ONE", "2|TWO", "3|THREE", "4|FOUR");
    }

    @Test
    void aFileThatIsReplacedBeforeItIsReadIsReadAsItIsThen() {
        engine.run(
                "CREATE EXTERNAL TABLE t (id BIGINT, name VARCHAR) FROM " + url("**.csv")
                        + access(", watch_interval = '20 ms', watch_settle = '0 s'"),
                "CREATE STREAM s (id BIGINT, name VARCHAR)",
                "CREATE PUMP p STARTED AS INSERT INTO s SELECT STREAM id, UPPER(name) FROM t");
        server().faults().before("HEAD", "a.csv", () -> put("a.csv", "2,two"));
        put("a.csv", "1,one");
        await("2|TWO");
        assertThat(engine.rows("SELECT message FROM error_stream")).isEmpty();
    }

    final void await(String... rows) {
        engine.await("SELECT id, name FROM s ORDER BY id", List.of(rows)::equals);
    }
}
