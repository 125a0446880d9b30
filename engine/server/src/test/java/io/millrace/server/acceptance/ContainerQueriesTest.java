package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.BadServer;
import io.millrace.testing.connector.BlobServer;
import io.millrace.testing.connector.FaultyDoor.Fault;
import io.millrace.testing.connector.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs of Azurite delivered, as tables, watched, and copied, over a door that fails now and then. */
class ContainerQueriesTest {

    private static final String CONNECTION_STRING = "AZURE_STORAGE_CONNECTION_STRING";

    private static BlobServer azurite;
    private static int tests;

    @TempDir
    Path directory;

    private EngineFixture engine;
    private String folder;

    @BeforeAll
    static void start() throws Exception {
        azurite = BlobServer.require();
    }

    @AfterAll
    static void stop() {
        if (azurite != null) {
            azurite.close();
        }
    }

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"));
        folder = "lake-" + tests++ + "/";
    }

    @AfterEach
    void close() {
        azurite.faults().clear();
        engine.close();
    }

    private void put(String name, String... lines) {
        azurite.put(folder + name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private String url(String pattern) {
        return "'azure://" + BlobServer.CONTAINER + "/" + folder + pattern + "'";
    }

    private static String access(String more) {
        return " WITH (" + BlobServer.options(azurite.faultyEndpoint()) + ", timeout = '1 s'" + more + ")";
    }

    /** Has DuckDB write rows in several row groups. */
    private void parquet(String name, int from, int to) throws Exception {
        Path file = directory.resolve("part.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    "COPY (SELECT i AS id, 'city-' || i % 7 AS city, i / 4.0 AS fare, hash(i)::VARCHAR AS note"
                            + " FROM range(" + from + ", " + to + ") AS r(i)) TO '" + file
                            + "' (FORMAT parquet, ROW_GROUP_SIZE 20480)");
        }
        azurite.put(folder + name, Files.readAllBytes(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc", "avro", "arrow", "json", "csv"})
    void eachFormatIsDeliveredAndReadAgain(String format) {
        engine.run(
                "CREATE STREAM s (id BIGINT, city VARCHAR, fare DOUBLE)",
                "INSERT INTO s VALUES (1, 'Bern', 1.5), (2, 'Zürich, West', CAST(NULL AS DOUBLE))",
                "CREATE DELIVERY d FROM s TO " + url("rows")
                        + access(", format = '" + format + "', roll_interval = '20 ms'"));
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|exactly-once|1|2|"));
        engine.run("INSERT INTO s VALUES (3, '', -0.25)");
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|exactly-once|2|3|"));
        String columns = format.equals("csv") ? " (id BIGINT, city VARCHAR, fare DOUBLE)" : "";
        engine.run(
                "CREATE EXTERNAL TABLE t" + columns + " FROM " + url("rows/") + access(", format = '" + format + "'"));
        assertThat(engine.rows("SELECT id, city, fare FROM t ORDER BY id"))
                .containsExactly("1|Bern|1.5", "2|Zürich, West|null", "3||-0.25");
        assertThat(azurite.blobs(folder)).hasSize(2);
    }

    @Test
    void anotherReaderOfParquetFindsTheRowsInFoldersByTheirValues() throws Exception {
        engine.run(
                "CREATE STREAM s (id BIGINT, city VARCHAR)",
                "CREATE DELIVERY d FROM s TO " + url("by-city")
                        + access(", format = 'parquet', partition_by = 'city', roll_interval = '20 ms'"),
                "INSERT INTO s VALUES (1, 'Bern'), (2, 'Zürich/West'), (3, 'a\\b'), (4, 'Bern'), (5, 'end.')");
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("exactly-once|3|4|0|1|"));
        assertThat(engine.rows("SELECT message FROM error_stream"))
                .singleElement()
                .satisfies(message -> assertThat(message).contains("city=end.").contains("which Azure drops"));
        Path copy = directory.resolve("copy");
        azurite.copy(folder, copy);
        assertThat(PostgresServer.rows(
                        "jdbc:duckdb:",
                        "SELECT id, city FROM read_parquet('" + copy
                                + "/by-city/*/*.parquet', hive_partitioning = true) ORDER BY id"))
                .containsExactly("1|Bern", "2|Zürich/West", "3|a\\b", "4|Bern");
    }

    @Test
    void blobsStandInFromWithWhatTheEnvironmentSays() {
        put("a.csv", "city,n", "Bern,1", "Oslo,2");
        put("more/b.csv", "city,n", "Rome,3");
        System.setProperty(CONNECTION_STRING, azurite.connectionString());
        try {
            assertThat(engine.rows("SELECT city, n FROM " + url("**.csv") + " ORDER BY n"))
                    .containsExactly("Bern|1", "Oslo|2", "Rome|3");
            assertThat(engine.rows("SELECT city, n FROM 'abfss://" + BlobServer.CONTAINER + "@" + BlobServer.ACCOUNT
                            + ".dfs.core.windows.net/" + folder + "a.csv' ORDER BY n"))
                    .containsExactly("Bern|1", "Oslo|2");
        } finally {
            System.clearProperty(CONNECTION_STRING);
        }
        assertThat(engine.failure("SELECT city, n FROM " + url("**.csv")).getMessage())
                .contains("the storage account of container 'lake' is not known");
    }

    @Test
    void onlyWhatIsNeededIsFetched() throws Exception {
        parquet("dt=2026-01-01/a.parquet", 0, 100_000);
        parquet("dt=2026-01-02/b.parquet", 100_000, 200_000);
        engine.run("CREATE EXTERNAL TABLE t FROM " + url("**.parquet") + access(""));
        assertThat(engine.rows("SELECT COUNT(*), SUM(id), COUNT(DISTINCT city) FROM t"))
                .containsExactly("200000|" + 199_999L * 100_000 + "|7");
        long before = azurite.faults().seen("GET", "b.parquet");
        String filtered =
                "SELECT COUNT(*), MIN(fare) FROM t WHERE dt = DATE '2026-01-01' AND id BETWEEN 50000 AND 50009";
        assertThat(engine.rows(filtered)).containsExactly("10|12500.0");
        assertThat(azurite.faults().seen("GET", "b.parquet"))
                .as("requests for what the folder excludes")
                .isEqualTo(before);
        assertThat(engine.rows("EXPLAIN ANALYZE " + filtered))
                .anySatisfy(line -> assertThat(line).contains("1 of 2 files"))
                .anySatisfy(line -> assertThat(line).contains("row groups"));
    }

    @Test
    void brokenAnswersAreGoneOnWith() throws Exception {
        parquet("a.parquet", 0, 50_000);
        engine.run("CREATE EXTERNAL TABLE t FROM " + url("*.parquet") + access(""));
        for (Fault fault : List.of(Fault.BROKEN_OFF, Fault.STALLED, Fault.BUSY, Fault.ANSWER_LOST)) {
            azurite.faults().plan("GET", "a.parquet", fault, 2);
            assertThat(engine.rows("SELECT COUNT(*), SUM(id), COUNT(DISTINCT note) FROM t"))
                    .containsExactly("50000|1249975000|50000");
            assertThat(azurite.faults().left()).isZero();
        }
    }

    @Test
    void aBlobThatIsReplacedOrDeletedUnderAQueryMakesItFail() {
        put("a.csv", "city,n", "Bern,1");
        put("b.csv", "city,n", "Oslo,2");
        engine.run("CREATE EXTERNAL TABLE t (city VARCHAR, n BIGINT) FROM " + url("*.csv") + access(", header = true"));
        azurite.faults().before("GET", "a.csv", () -> put("b.csv", "city,n", "Rome,3"));
        MillraceException replaced = engine.failure("SELECT city, n FROM t");
        assertThat(replaced.code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(replaced.getMessage()).contains("b.csv").contains("written again while it was read");
        azurite.faults().before("GET", "a.csv", () -> azurite.delete(folder + "b.csv"));
        MillraceException deleted = engine.failure("SELECT city, n FROM t");
        assertThat(deleted.code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(deleted.getMessage()).contains("b.csv").contains("deleted while it was read");
        assertThat(engine.rows("SELECT city, n FROM t")).containsExactly("Bern|1");
    }

    @Test
    void whatCannotBeReadIsNamedAndKeysAreNot() {
        put("a.csv", "city,n", "Bern,1");
        engine.run("CREATE EXTERNAL TABLE t FROM " + url("*.csv") + access(""));
        azurite.faults().plan("GET", "a.csv", Fault.FORBIDDEN, 1);
        assertThat(engine.failure("SELECT city FROM t").getMessage())
                .contains("a.csv")
                .contains("403");
        assertThat(engine.failure("CREATE EXTERNAL TABLE u FROM 'azure://none/x/*.csv'" + access(""))
                        .getMessage())
                .contains("404 ContainerNotFound");
        assertThat(engine.failure("CREATE EXTERNAL TABLE u FROM " + url("*.parquet") + access(""))
                        .getMessage())
                .contains("there is no file");
        assertThat(engine.rows("SHOW CREATE EXTERNAL TABLE t").getFirst())
                .contains("account = 'millstore'")
                .doesNotContain(BlobServer.ACCOUNT_KEY);
        engine.run("CREATE STREAM s (id BIGINT)");
        assertThat(engine.failure("CREATE DELIVERY d FROM s TO 'azure://none/x'" + access(""))
                        .getMessage())
                .contains("404 ContainerNotFound");
    }

    @Test
    void copyTakesEachBlobOnceWhateverBreaks() throws Exception {
        engine.run("CREATE STREAM s (id BIGINT, city VARCHAR)");
        parquet("a.parquet", 0, 40_000);
        put("b.csv", "40000,Bern", "40001,Oslo");
        azurite.faults().plan("GET", "a.parquet", Fault.BROKEN_OFF, 1);
        azurite.faults().plan("GET", "b.csv", Fault.STALLED, 1);
        engine.run("COPY s FROM " + url("*") + access(""));
        engine.run("COPY s FROM " + url("b.csv") + access(""));
        String sums = "SELECT COUNT(*), SUM(id) FROM s";
        assertThat(engine.rows(sums)).containsExactly("40002|" + 40_001L * 20_001);
        put("c.csv", "40002,Rome");
        azurite.faults().before("GET", "c.csv", () -> put("c.csv", "99999,Rome"));
        assertThat(engine.failure("COPY s FROM " + url("c.csv") + access("")).getMessage())
                .contains("c.csv")
                .contains("written again while it was read");
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
        azurite.faults().plan("GET", "b.csv", Fault.BROKEN_OFF, 1);
        azurite.faults().plan("GET", "comp=list", Fault.FORBIDDEN, 1);
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
    void tablesOfIcebergLieInContainers() {
        String place =
                " WITH (catalog_uri = '" + directory.resolve("catalog.db").toUri()
                        + "', warehouse = 'abfss://lake@millstore.dfs.core.windows.net/" + folder + "tables', "
                        + BlobServer.options(azurite.faultyEndpoint()) + ", timeout = '1 s'";
        engine.run(
                "CREATE STREAM s (id BIGINT, name VARCHAR)",
                "INSERT INTO s VALUES (1, 'one'), (2, 'two'), (3, 'three')",
                "CREATE DELIVERY d FROM s TO 'iceberg:market.names'" + place + ", roll_interval = '20 ms')");
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("exactly-once|1|3|"));
        engine.run("CREATE EXTERNAL TABLE t FROM 'iceberg:market.names'" + place + ")");
        assertThat(engine.rows("SELECT COUNT(*), SUM(id), MAX(name) FROM t WHERE id > 1"))
                .containsExactly("2|5|two");
        assertThat(azurite.blobs(folder + "tables/").keySet()).anyMatch(name -> name.endsWith(".metadata.json"));
    }

    @Test
    void whatAnEndpointDoesNotTakeIsKeptInAContainer() throws Exception {
        try (BadServer gone = BadServer.silent()) {
            engine.run(
                    "CREATE STREAM s (id BIGINT)",
                    "CREATE DELIVERY d FROM s TO 'http://127.0.0.1:" + gone.port() + "/intake' WITH (backup = "
                            + url("kept") + ", " + BlobServer.options(azurite.faultyEndpoint())
                            + ", request_timeout = '50 ms', retry_duration = '0 s', roll_interval = '20 ms')",
                    "INSERT INTO s VALUES (1), (2)");
            engine.await("SELECT COUNT(*) FROM error_stream", rows -> true);
            awaitKept();
        }
    }

    private void awaitKept() {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (azurite.blobs(folder + "kept/").isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(azurite.blobs(folder + "kept/").values())
                .singleElement()
                .satisfies(bytes -> assertThat(new String(bytes, StandardCharsets.UTF_8))
                        .contains("\"attemptsMade\"")
                        .contains("\"rawData\""));
    }

    private void await(String... rows) {
        engine.await("SELECT id, name FROM s ORDER BY id", List.of(rows)::equals);
    }
}
