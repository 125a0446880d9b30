package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.testing.connector.BadServer;
import io.millrace.testing.connector.FunctionServer;
import io.millrace.testing.connector.FunctionServer.Reply;
import io.millrace.testing.connector.FunctionServer.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code CREATE DELIVERY … WITH (transform = …, partition_query = …)}: records that change on their way. */
class TransformedDeliveryTest {

    private static final String SOON = "roll_interval = '20 ms', transform_interval = '0 ms'";
    private static final String ERRORS = "error_output_prefix = 'bad/!{firehose:error-output-type}/'";

    @TempDir
    Path directory;

    private EngineFixture engine;
    private FunctionServer function;

    @BeforeEach
    void open() throws IOException {
        function = new FunctionServer(TransformedDeliveryTest::transform);
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run(
                "CREATE STREAM raw (data VARBINARY) WITH (format = 'lines')",
                "CREATE STREAM typed (id INTEGER, name VARCHAR)");
    }

    @AfterEach
    void close() {
        engine.close();
        function.close();
    }

    /** Words in capitals are the result. */
    private static Result transform(String record) {
        return switch (record) {
            case "drop" -> new Result("Dropped", "", Map.of());
            case "fail" -> new Result("ProcessingFailed", "", Map.of());
            case "nameless" -> Result.ok("NAMELESS");
            case "poison" -> throw new IllegalStateException("poisoned");
            default -> new Result("Ok", record.toUpperCase(Locale.ROOT), Map.of("first", record.substring(0, 1)));
        };
    }

    private Path lake() {
        return directory.resolve("lake");
    }

    private void deliver(String stream, String options) {
        engine.run("CREATE DELIVERY d FROM " + stream + " TO '" + lake().toUri() + "' WITH (" + options + ")");
    }

    /** Returns the lines of all files whose names begin so. */
    private List<String> lines(String prefix) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : TestFiles.files(lake())) {
            String name = lake().relativize(file).toString();
            if (name.startsWith(prefix) && !name.startsWith(".staged/")) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private List<String> awaitLines(String prefix, int count) throws IOException {
        Files.createDirectories(lake());
        engine.await("SHOW DELIVERIES", rows -> {
            try {
                return lines(prefix).size() >= count;
            } catch (IOException e) {
                return false;
            }
        });
        return lines(prefix);
    }

    private String transformed() {
        return "transform = '" + function.url() + "', " + SOON;
    }

    @Test
    void aFunctionChangesDropsAndFailsRecords() throws IOException {
        deliver("raw", "format = 'lines', prefix = 'ok/', " + ERRORS + ", " + transformed());
        engine.put("raw", "one", "drop", "fail", "two");
        assertThat(awaitLines("ok/", 2)).containsExactlyInAnyOrder("ONE", "TWO");
        JsonNode error = new ObjectMapper()
                .readTree(awaitLines("bad/processing-failed/", 1).getFirst());
        assertThat(error.path("errorCode").asText()).isEqualTo("Lambda.ProcessingFailedStatus");
        assertThat(error.path("lambdaArn").asText()).isEqualTo(function.url());
        assertThat(error.path("attemptsMade").asInt()).isEqualTo(1);
        assertThat(error.path("arrivalTimestamp").asLong()).isPositive();
        assertThat(new String(Base64.getDecoder().decode(error.path("rawData").asText())))
                .isEqualTo("fail");
        assertThat(function.violations()).isEmpty();
    }

    @Test
    void rowsGoToAFunctionAsJsonAndComeBackAsColumns() throws IOException {
        FunctionServer renaming = new FunctionServer(record -> Result.ok(record.replace("one", "uno")));
        try (renaming) {
            deliver("typed", "format = 'csv', transform = '" + renaming.url() + "', " + SOON);
            engine.run("INSERT INTO typed VALUES (1, 'one'), (2, NULL)");
            assertThat(awaitLines("", 2)).contains("1,uno");
            assertThat(renaming.calls().getFirst()).contains("{\"id\":1,\"name\":\"one\"}");
        }
    }

    @Test
    void whatComesBackAndIsNoRowIsAFailedConversion() throws IOException {
        FunctionServer breaking = new FunctionServer(record -> Result.ok("no json"));
        try (breaking) {
            deliver("typed", "format = 'csv', " + ERRORS + ", transform = '" + breaking.url() + "', " + SOON);
            engine.run("INSERT INTO typed VALUES (1, 'one')");
            assertThat(awaitLines("bad/format-conversion-failed/", 1)).hasSize(1);
        }
    }

    @Test
    void recordsOfAFunctionThatFailsAreTriedAgainAndThenKept() throws IOException {
        for (int i = 0; i < 2; i++) {
            function.reply(new Reply(500, "ill"));
        }
        deliver("raw", "format = 'lines', prefix = 'ok/', " + ERRORS + ", transform_retries = '1', " + transformed());
        engine.put("raw", "one");
        assertThat(awaitLines("bad/processing-failed/", 1))
                .singleElement()
                .asString()
                .contains("\"attemptsMade\":2", "Lambda.FunctionError", "answers 500: ill");
        engine.put("raw", "two");
        assertThat(awaitLines("ok/", 1)).containsExactly("TWO");
    }

    @Test
    void aCallThatFailsForGoodTakesNoOtherWithIt() throws IOException {
        deliver(
                "raw",
                "format = 'lines', prefix = 'ok/', " + ERRORS + ", transform_retries = '1', transform_bytes = '6 B', "
                        + transformed());
        engine.put("raw", "first", "second", "poison", "third", "fourth");
        assertThat(awaitLines("bad/processing-failed/", 1))
                .singleElement()
                .asString()
                .contains("\"attemptsMade\":2");
        assertThat(awaitLines("ok/", 4)).containsExactlyInAnyOrder("FIRST", "SECOND", "THIRD", "FOURTH");
        assertThat(function.calls())
                .containsExactlyInAnyOrder(List.of("first"), List.of("second"), List.of("third"), List.of("fourth"));
        engine.await("SELECT DATA_TEXT FROM error_stream", rows -> rows.equals(List.of("poison")));
    }

    @Test
    void whatAFunctionFailsForEverHoldsUpNothingBeforeIt() throws IOException {
        deliver("raw", "format = 'lines', prefix = 'ok/', transform_bytes = '6 B', " + transformed());
        engine.put("raw", "first", "second", "poison", "third");
        assertThat(awaitLines("ok/", 2)).containsExactly("FIRST", "SECOND");
        engine.await(
                "SHOW DELIVERIES",
                rows -> rows.getFirst().contains("|retrying|")
                        && rows.getFirst().contains("cannot be reached"));
    }

    @Test
    void aStalledFunctionHoldsUpNobody() throws IOException {
        try (BadServer stalling = BadServer.stalling()) {
            deliver(
                    "raw",
                    "format = 'lines', roll_interval = '20 ms', transform_interval = '0 ms', transform_timeout = '15"
                            + " min', transform = 'http://127.0.0.1:" + stalling.port() + "/'");
            engine.put("raw", "one");
            while (stalling.connections() == 0) {
                Thread.onSpinWait();
            }
            // It would wait for a quarter of an hour where the delivery did.
            assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> engine.run("DROP DELIVERY d", "CREATE STREAM other (id INTEGER)", "DROP STREAM other"));
        }
    }

    @Test
    void aRecordThatIsNotInUtf8StopsNothing() throws IOException {
        deliver(
                "raw",
                "format = 'lines', prefix = 'ok/', split_records = 'json', " + ERRORS + ", roll_interval = '20 ms'");
        engine.put("raw", "{\"a\":1}{\"a\":2}", "{\0\"\0a\0\"\0:\0001\0}\0", "{\"a\":3}");
        assertThat(awaitLines("ok/", 3)).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
        assertThat(awaitLines("bad/processing-failed/", 1))
                .singleElement()
                .asString()
                .contains("RecordDeAggregation.InvalidJson", "not in UTF-8");
    }

    @Test
    void withoutAPlaceForErrorsAFunctionIsTriedUntilItWorks() throws IOException {
        for (int i = 0; i < 5; i++) {
            function.reply(new Reply(200, "{\"records\": []}"));
        }
        deliver("raw", "format = 'lines', " + transformed());
        engine.put("raw", "one");
        engine.await(
                "SHOW DELIVERIES",
                rows -> rows.getFirst().contains("does not answer record 0")
                        || function.calls().size() > 5);
        assertThat(awaitLines("", 1)).containsExactly("ONE");
        assertThat(function.calls()).hasSize(6);
    }

    @Test
    void aFunctionNamesPartitions() throws IOException {
        deliver(
                "raw",
                "format = 'lines', prefix = 'by/!{partitionKeyFromLambda:first}/', " + ERRORS + ", " + transformed());
        engine.put("raw", "one", "other", "two", "nameless");
        assertThat(awaitLines("by/o/", 2)).containsExactlyInAnyOrder("ONE", "OTHER");
        assertThat(awaitLines("by/t/", 1)).containsExactly("TWO");
        assertThat(awaitLines("bad/processing-failed/", 1))
                .singleElement()
                .asString()
                .contains("DynamicPartitioning.PartitionKeyNotFound");
    }

    @Test
    void aQueryOfRecordsNamesPartitions() throws IOException {
        deliver(
                "raw",
                "format = 'lines', prefix = '!{partitionKeyFromQuery:who}/!{partitionKeyFromQuery:big}/', " + ERRORS
                        + ", roll_interval = '20 ms', partition_query = '{who: .customer.id, big: (if .n > 10 then"
                        + " \"big\" else \"small\" end)}'");
        engine.put(
                "raw",
                "{\"customer\": {\"id\": 7}, \"n\": 11}",
                "{\"customer\": {\"id\": \"x\"}, \"n\": 1}",
                "{\"n\": 1}",
                "no json");
        assertThat(awaitLines("7/big/", 1)).containsExactly("{\"customer\": {\"id\": 7}, \"n\": 11}");
        assertThat(awaitLines("x/small/", 1)).hasSize(1);
        assertThat(awaitLines("bad/processing-failed/", 2))
                .allSatisfy(line -> assertThat(line).contains("DynamicPartitioning.MetadataExtractionFailed"));
    }

    @Test
    void keysOfTypedRowsAreInNoFile() throws IOException {
        deliver("typed", "format = 'csv', partition_query = '{id: .id}', roll_interval = '20 ms'");
        engine.run("INSERT INTO typed VALUES (1, 'one')");
        assertThat(awaitLines("id=1/", 1)).containsExactly("1,one");
    }

    @Test
    void wholeRecordsGoByteForByte() throws IOException {
        deliver("typed", "whole_records = 'true', roll_interval = '20 ms'");
        engine.put("typed", "{ \"id\" : 1,  \"other\": null }", "no json");
        assertThat(awaitLines("", 2)).containsExactly("{ \"id\" : 1,  \"other\": null }", "no json");
    }

    @Test
    void nothingIsLostOrDoubledOverARestart() throws IOException {
        deliver("raw", "format = 'lines', transform_bytes = '4 B', " + transformed());
        engine.put("raw", "a", "bb", "ccc");
        awaitLines("", 3);
        engine.restart();
        engine.put("raw", "dddd", "eeeee");
        assertThat(awaitLines("", 5)).containsExactlyInAnyOrder("A", "BB", "CCC", "DDDD", "EEEEE");
        assertThat(function.calls()).contains(List.of("a", "bb"), List.of("ccc"), List.of("dddd"));
    }

    @Test
    void aRecordWhoseFileCanHaveNoNameIsKeptAsItCame() throws IOException {
        deliver(
                "raw",
                "format = 'lines', prefix = '" + "x".repeat(200) + "/', " + ERRORS + ", " + SOON.split(",", 2)[0]);
        engine.put("raw", "one");
        JsonNode error = new ObjectMapper()
                .readTree(awaitLines("bad/format-conversion-failed/", 1).getFirst());
        assertThat(new String(Base64.getDecoder().decode(error.path("rawData").asText())))
                .isEqualTo("one");
    }

    @Test
    void wrongOptionsAreRefused() {
        String to = "CREATE DELIVERY d FROM raw TO '" + lake().toUri() + "' WITH (format = 'lines', ";
        assertThat(engine.failure(to + "transform = 'ftp://clean')").hint()).contains("the URL of a function");
        assertThat(engine.failure(to + "transform_retries = '1')")).hasMessageContaining("transform_retries");
        assertThat(engine.failure(to + "prefix = '!{partitionKeyFromLambda:x}/')")
                        .hint())
                .contains("transform = 'http");
        assertThat(engine.failure(to + "partition_query = '.id')").hint()).contains("an object of keys");
        assertThat(engine.failure(to + "partition_query = '{a: .x}', prefix = 'p/')")
                        .hint())
                .contains("[a]");
        assertThat(engine.failure(to + "decompress = 'rar')").hint()).contains("gzip");
        assertThat(engine.failure(to + "colour = 'red')").hint())
                .contains("transform_interval")
                .doesNotContain("firehose");
    }
}
