package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.BadServer;
import io.millrace.testing.connector.BlobServer;
import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.connector.StoreServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs of Azurite, delivered as well. */
class ContainerQueriesTest extends StoredFilesQueries {

    private static final String CONNECTION_STRING = "AZURE_STORAGE_CONNECTION_STRING";

    private static BlobServer server;

    @BeforeAll
    static void start() throws Exception {
        server = BlobServer.require();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    StoreServer server() {
        return server;
    }

    @Override
    String root() {
        return "azure://" + BlobServer.CONTAINER + "/";
    }

    @Override
    String nowhere() {
        return "azure://none/x/";
    }

    @Override
    String thereIsNone() {
        return "404 ContainerNotFound";
    }

    @Override
    String listing() {
        return "comp=list";
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc", "avro", "arrow", "json", "csv"})
    void eachFormatIsDeliveredAndReadAgain(String format) {
        engine().run(
                        "CREATE STREAM s (id BIGINT, city VARCHAR, fare DOUBLE)",
                        "INSERT INTO s VALUES (1, 'Bern', 1.5), (2, 'Zürich, West', CAST(NULL AS DOUBLE))",
                        "CREATE DELIVERY d FROM s TO " + url("rows")
                                + access(", format = '" + format + "', roll_interval = '20 ms'"));
        engine().await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|exactly-once|1|2|"));
        engine().run("INSERT INTO s VALUES (3, '', -0.25)");
        engine().await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|exactly-once|2|3|"));
        String columns = format.equals("csv") ? " (id BIGINT, city VARCHAR, fare DOUBLE)" : "";
        engine().run("CREATE EXTERNAL TABLE t" + columns + " FROM " + url("rows/")
                + access(", format = '" + format + "'"));
        assertThat(engine().rows("SELECT id, city, fare FROM t ORDER BY id"))
                .containsExactly("1|Bern|1.5", "2|Zürich, West|null", "3||-0.25");
        assertThat(server.blobs(folder())).hasSize(2);
    }

    @Test
    void anotherReaderOfParquetFindsTheRowsInFoldersByTheirValues() throws Exception {
        engine().run(
                        "CREATE STREAM s (id BIGINT, city VARCHAR)",
                        "CREATE DELIVERY d FROM s TO " + url("by-city")
                                + access(", format = 'parquet', partition_by = 'city', roll_interval = '20 ms'"),
                        "INSERT INTO s VALUES (1, 'Bern'), (2, 'Zürich/West'), (3, 'a\\b'), (4, 'Bern'), (5, 'end.')");
        engine().await("SHOW DELIVERIES", rows -> rows.getFirst().contains("exactly-once|3|4|0|1|"));
        assertThat(engine().rows("SELECT message FROM error_stream"))
                .singleElement()
                .satisfies(message -> assertThat(message).contains("city=end.").contains("which Azure drops"));
        Path copy = directory.resolve("copy");
        server.copy(folder(), copy);
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
        System.setProperty(CONNECTION_STRING, server.connectionString());
        try {
            assertThat(engine().rows("SELECT city, n FROM " + url("**.csv") + " ORDER BY n"))
                    .containsExactly("Bern|1", "Oslo|2", "Rome|3");
            assertThat(engine().rows("SELECT city, n FROM 'abfss://" + BlobServer.CONTAINER + "@" + BlobServer.ACCOUNT
                            + ".dfs.core.windows.net/" + folder() + "a.csv' ORDER BY n"))
                    .containsExactly("Bern|1", "Oslo|2");
        } finally {
            System.clearProperty(CONNECTION_STRING);
        }
        assertThat(engine().failure("SELECT city, n FROM " + url("**.csv")).getMessage())
                .contains("the storage account of container 'lake' is not known");
    }

    @Test
    void keysAreNotShown() {
        put("a.csv", "city,n", "Bern,1");
        engine().run("CREATE EXTERNAL TABLE t FROM " + url("*.csv") + access(""));
        assertThat(engine().rows("SHOW CREATE EXTERNAL TABLE t").getFirst())
                .contains("account = 'millstore'")
                .doesNotContain(BlobServer.ACCOUNT_KEY);
        engine().run("CREATE STREAM s (id BIGINT)");
        assertThat(engine().failure("CREATE DELIVERY d FROM s TO 'azure://none/x'" + access(""))
                        .getMessage())
                .contains("404 ContainerNotFound");
    }

    @Test
    void tablesOfIcebergLieInContainers() {
        String place =
                " WITH (catalog_uri = '" + directory.resolve("catalog.db").toUri()
                        + "', warehouse = 'abfss://lake@millstore.dfs.core.windows.net/" + folder() + "tables', "
                        + server.faultyOptions() + ", timeout = '1 s'";
        engine().run(
                        "CREATE STREAM s (id BIGINT, name VARCHAR)",
                        "INSERT INTO s VALUES (1, 'one'), (2, 'two'), (3, 'three')",
                        "CREATE DELIVERY d FROM s TO 'iceberg:market.names'" + place + ", roll_interval = '20 ms')");
        engine().await("SHOW DELIVERIES", rows -> rows.getFirst().contains("exactly-once|1|3|"));
        engine().run("CREATE EXTERNAL TABLE t FROM 'iceberg:market.names'" + place + ")");
        assertThat(engine().rows("SELECT COUNT(*), SUM(id), MAX(name) FROM t WHERE id > 1"))
                .containsExactly("2|5|two");
        assertThat(server.blobs(folder() + "tables/").keySet()).anyMatch(name -> name.endsWith(".metadata.json"));
    }

    @Test
    void whatAnEndpointDoesNotTakeIsKeptInAContainer() throws Exception {
        try (BadServer gone = BadServer.silent()) {
            engine().run(
                            "CREATE STREAM s (id BIGINT)",
                            "CREATE DELIVERY d FROM s TO 'http://127.0.0.1:" + gone.port() + "/intake' WITH (backup = "
                                    + url("kept") + ", " + server.faultyOptions()
                                    + ", request_timeout = '50 ms', retry_duration = '0 s', roll_interval = '20 ms')",
                            "INSERT INTO s VALUES (1), (2)");
            engine().await("SELECT COUNT(*) FROM error_stream", rows -> true);
            awaitKept();
        }
    }

    private void awaitKept() {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (server.blobs(folder() + "kept/").isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(server.blobs(folder() + "kept/").values())
                .singleElement()
                .satisfies(bytes -> assertThat(new String(bytes, StandardCharsets.UTF_8))
                        .contains("\"attemptsMade\"")
                        .contains("\"rawData\""));
    }
}
