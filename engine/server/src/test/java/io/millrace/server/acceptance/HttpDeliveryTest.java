package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.FirehoseEndpoint;
import io.millrace.testing.connector.FirehoseEndpoint.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code CREATE DELIVERY … TO 'http://…'}: rows over HTTP, by the protocol of Data Firehose. */
class HttpDeliveryTest {

    private static final String OPTIONS = "roll_interval = '20 ms'";

    @TempDir
    Path directory;

    private EngineFixture engine;
    private FirehoseEndpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint = new FirehoseEndpoint();
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run("CREATE STREAM s (id INTEGER, name VARCHAR)");
    }

    @AfterEach
    void close() {
        engine.close();
        endpoint.close();
    }

    private void deliver(String options) {
        engine.run("CREATE DELIVERY d FROM s TO '" + endpoint.url() + "' WITH (" + options + ")");
    }

    private void awaitDelivered(int count) {
        engine.await("SHOW DELIVERIES", rows -> endpoint.records().size() >= count);
        assertThat(endpoint.records()).hasSize(count);
        assertThat(endpoint.violations()).isEmpty();
    }

    @Test
    void rowsArriveAsJson() {
        deliver(OPTIONS);
        engine.run("INSERT INTO s VALUES (1, 'one'), (2, NULL)");
        awaitDelivered(2);
        assertThat(endpoint.records()).containsExactly("{\"id\":1,\"name\":\"one\"}", "{\"id\":2,\"name\":null}");
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|at-least-once|1|2|0|0|"));
    }

    @Test
    void rowsOfAQueryArriveInAnotherFormat() {
        engine.run("CREATE DELIVERY d AS SELECT STREAM id * 2 AS twice, name FROM s TO '" + endpoint.url()
                + "' WITH (format = 'csv', content_encoding = 'gzip', " + OPTIONS + ")");
        engine.run("INSERT INTO s VALUES (1, 'one')");
        awaitDelivered(1);
        assertThat(endpoint.records()).containsExactly("2,one");
    }

    @Test
    void anEndpointThatFailsGetsAllWhenItIsBack() {
        for (int i = 0; i < 3; i++) {
            endpoint.reply(new Reply(500, "text/plain", "ill"));
        }
        deliver(OPTIONS);
        engine.run("INSERT INTO s VALUES (1, 'one')", "INSERT INTO s VALUES (2, 'two')");
        awaitDelivered(2);
        assertThat(endpoint.requests()).isGreaterThan(3);
        String recovered = engine.await(
                        "SHOW DELIVERIES", rows -> rows.getFirst().contains("|running|"))
                .getFirst();
        // What failed, how long the oldest record waits, and when it failed.
        assertThat(recovered).containsPattern("answered 500[^|]*\\|0\\|\\d{4}-");
    }

    @Test
    void whatWasSentIsNotSentAgainAfterARestart() {
        deliver(OPTIONS);
        engine.run("INSERT INTO s VALUES (1, 'one')");
        awaitDelivered(1);
        // The endpoint has it before the delivery knows that.
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|at-least-once|1|1|0|0|"));
        int before = endpoint.requests();
        engine.restart();
        engine.run("INSERT INTO s VALUES (2, 'two')");
        awaitDelivered(2);
        assertThat(endpoint.requests()).isEqualTo(before + 1);
    }

    @Test
    void whatTheEndpointNeverTakesGoesToTheBackupAndTheErrorStream() throws IOException {
        endpoint.reply(new Reply(413, "text/plain", ""));
        Path backup = directory.resolve("backup");
        deliver(OPTIONS + ", backup = '" + backup.toUri() + "'");
        engine.run("INSERT INTO s VALUES (1, 'one')");
        engine.awaitRows("SELECT * FROM error_stream", 1);
        engine.run("INSERT INTO s VALUES (2, 'two')");
        awaitDelivered(1);
        List<Path> failed = TestFiles.files(backup.resolve("failed"));
        assertThat(failed).hasSize(1);
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|at-least-once|2|2|0|1|"));
        engine.restart();
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|at-least-once|2|2|0|1|"));
        assertThat(Files.readString(failed.getFirst()))
                .containsPattern(
                        "\"errorCode\":\"HttpEndpoint.DestinationException\".*\"subsequenceNumber\":0,\"dataId\":\"\\d{56}\\.0\"");
    }

    @Test
    void theBackupIsCompressedAsItIsTold() throws IOException {
        Path backup = directory.resolve("backup");
        deliver(OPTIONS + ", backup = '" + backup.toUri() + "', backup_mode = 'all', backup_compression = 'gzip'");
        engine.run("INSERT INTO s VALUES (1, 'one')");
        awaitDelivered(1);
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|at-least-once|1|1|0|0|"));
        Path all = TestFiles.files(backup.resolve("all")).getFirst();
        assertThat(all.toString()).endsWith(".gz");
        try (GZIPInputStream rows = new GZIPInputStream(Files.newInputStream(all))) {
            assertThat(new String(rows.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"id\":1,\"name\":\"one\"}\n");
        }
    }

    @Test
    void optionsOfFilesAreRefused() {
        assertThat(engine.failure("CREATE DELIVERY d FROM s TO '" + endpoint.url() + "' WITH (prefix = 'x/')"))
                .hasMessageContaining("prefix");
        assertThat(engine.failure("CREATE DELIVERY d FROM s TO '" + endpoint.url() + "' WITH (backup_mode = 'all')"))
                .hasMessageContaining("backup_mode");
        assertThat(engine.failure("CREATE DELIVERY d FROM s TO '" + endpoint.url() + "' WITH (colour = 'red')")
                        .hint())
                .contains("access_key", "retry_duration", "roll_interval");
        assertThat(engine.failure("CREATE DELIVERY d FROM s TO 'gopher://x/'").hint())
                .contains("file", "https");
    }

    @Test
    void aKeyInTheUrlIsNotShown() {
        String url = endpoint.url() + "&key=sesame";
        assertThat(engine.failure("CREATE DELIVERY d FROM s TO '" + url + "' WITH (prefix = 'x/')"))
                .hasMessageNotContaining("sesame");
        endpoint.reply(new Reply(500, "text/plain", "ill at " + url));
        engine.run(
                "CREATE DELIVERY d FROM s TO '" + url + "' WITH (" + OPTIONS + ")", "INSERT INTO s VALUES (1, 'one')");
        List<String> failing =
                engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("answered 500"));
        assertThat(failing).singleElement().asString().doesNotContain("sesame").contains("/intake?(hidden)|");
        assertThat(engine.rows("SHOW CREATE DELIVERY d").getFirst())
                .contains("/intake?(hidden)'")
                .doesNotContain("sesame");
        awaitDelivered(1);
        engine.restart();
        engine.run("INSERT INTO s VALUES (2, 'two')");
        awaitDelivered(2);
    }

    @Test
    void aKeyIsNotShownAndOnlyTheOwnerReadsIt() throws IOException {
        deliver("access_key = 'open sesame', " + OPTIONS);
        assertThat(engine.rows("SHOW CREATE DELIVERY d").getFirst())
                .contains("access_key = '(hidden)'")
                .doesNotContain("sesame");
        Path catalog = directory.resolve("data").resolve("catalog.json");
        assertThat(Files.readString(catalog)).contains("sesame");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(catalog)))
                .isEqualTo("rw-------");
        engine.restart();
        engine.run("INSERT INTO s VALUES (1, 'one')");
        awaitDelivered(1);
        assertThat(endpoint.headers().getFirst().getFirst("X-Amz-Firehose-Access-Key"))
                .isEqualTo("open sesame");
    }
}
