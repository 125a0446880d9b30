package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.spi.error.ErrorCode;
import io.millrace.testing.function.FunctionJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code CREATE DELIVERY … WITH (transform = 'function')}: records that a class of the user changes on their way. */
class TransformInJavaTest {

    private static final String LOUD = """
        package com.example;
        import io.millrace.spi.function.*;
        import java.util.*;
        public final class Loud implements DeliveryFunction {
            public List<TransformedRecord> transform(List<ArrivedRecord> records) {
                List<TransformedRecord> out = new ArrayList<>();
                for (ArrivedRecord record : records) {
                    String text = new String(record.data());
                    switch (text) {
                        case "drop" -> out.add(TransformedRecord.dropped());
                        case "fail" -> out.add(TransformedRecord.failed("too quiet"));
                        case "poison" -> throw new IllegalStateException("poisoned");
                        default -> out.add(TransformedRecord.ok(
                                text.toUpperCase(Locale.ROOT).getBytes(), Map.of("first", text.substring(0, 1))));
                    }
                }
                return out;
            }
        }
        """;

    private static final String LENGTH = """
        package com.example;
        import io.millrace.spi.function.ScalarFunction;
        public final class Length implements ScalarFunction {
            public int apply(String text) { return text.length(); }
        }
        """;

    private static final String SOON = "roll_interval = '20 ms', transform = 'loud'";
    private static final String ERRORS = "error_output_prefix = 'bad/!{firehose:error-output-type}/'";

    @TempDir
    Path directory;

    private Path jar;
    private EngineFixture engine;

    @BeforeEach
    void open() {
        jar = FunctionJar.of(directory.resolve("loud.jar"), LOUD, LENGTH);
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run(
                "CREATE STREAM raw (data VARBINARY) WITH (format = 'lines')",
                "CREATE FUNCTION loud AS 'com.example.Loud' USING JAR '" + jar + "'");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Path lake() {
        return directory.resolve("lake");
    }

    private String create(String options) {
        return "CREATE DELIVERY d FROM raw TO '" + lake().toUri() + "' WITH (format = 'lines', " + options + ")";
    }

    private List<String> lines(String prefix) throws IOException {
        List<String> lines = new ArrayList<>();
        Files.createDirectories(lake());
        for (Path file : TestFiles.files(lake())) {
            String name = lake().relativize(file).toString();
            if (name.startsWith(prefix) && !name.startsWith(".staged/")) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private List<String> awaitLines(String prefix, int count) throws IOException {
        engine.await("SHOW DELIVERIES", rows -> {
            try {
                return lines(prefix).size() >= count;
            } catch (IOException e) {
                return false;
            }
        });
        return lines(prefix);
    }

    @Test
    void aClassChangesDropsFailsAndPartsRecords() throws IOException {
        engine.run(create("prefix = 'ok/!{partitionKeyFromLambda:first}/', " + ERRORS + ", " + SOON));
        engine.put("raw", "one", "drop", "fail", "two");
        assertThat(awaitLines("ok/o/", 1)).containsExactly("ONE");
        assertThat(awaitLines("ok/t/", 1)).containsExactly("TWO");
        var error = new ObjectMapper()
                .readTree(awaitLines("bad/processing-failed/", 1).getFirst());
        assertThat(error.path("errorCode").asText()).isEqualTo("Lambda.ProcessingFailedStatus");
        assertThat(error.path("errorMessage").asText()).isEqualTo("the function says: too quiet");
        assertThat(error.path("lambdaArn").asText()).isEqualTo("loud");
    }

    @Test
    void callsThatThrowAreMadeAgainAndThenTheirRecordsHaveFailed() throws IOException {
        engine.run(create("prefix = 'ok/', " + ERRORS + ", transform_retries = '2', " + SOON));
        engine.put("raw", "poison");
        assertThat(awaitLines("bad/processing-failed/", 1))
                .singleElement()
                .asString()
                .contains("\"attemptsMade\":3", "Lambda.FunctionError", "IllegalStateException: poisoned");
        engine.put("raw", "two");
        assertThat(awaitLines("ok/", 1)).containsExactly("TWO");
    }

    @Test
    void withoutAPlaceForFailuresItIsTriedForEverAndPeopleAreTold() {
        engine.run(create(SOON));
        engine.put("raw", "poison");
        engine.await(
                "SHOW DELIVERIES",
                rows -> rows.getFirst().contains("retrying")
                        && rows.getFirst().contains("function loud failed: java.lang.IllegalStateException: poisoned"));
        engine.run("DROP DELIVERY d");
    }

    @Test
    void aRestartFindsTheClassThoughItsJarIsGone() throws IOException {
        engine.run(create(SOON));
        Files.delete(jar);
        engine.close();
        engine = EngineFixture.open(directory.resolve("data"));
        engine.put("raw", "one");
        assertThat(awaitLines("", 1)).containsExactly("ONE");
    }

    @Test
    void aFunctionInUseIsNeitherDroppedNorChanged() {
        engine.run(create(SOON.replace("loud", "Loud")));
        assertThat(engine.failure("DROP FUNCTION loud"))
                .hasMessageContaining("function 'loud' cannot be dropped while it is used by delivery d");
        assertThat(engine.failure("CREATE OR REPLACE FUNCTION loud AS 'com.example.Length' USING JAR '" + jar + "'"))
                .hasMessageContaining("cannot be changed while it is used by delivery d");
        engine.run("DROP DELIVERY d", "DROP FUNCTION loud");
    }

    @Test
    void whatIsWrongIsToldWhenTheDeliveryIsCreated() {
        engine.run("CREATE FUNCTION len AS 'com.example.Length' USING JAR '" + jar + "'");
        var missing = engine.failure(create("transform = 'nosuch'"));
        assertThat(missing.code()).isEqualTo(ErrorCode.UNDEFINED_FUNCTION);
        assertThat(missing).hasMessageContaining("function 'nosuch', which is to transform records, does not exist");
        var other = engine.failure(create("transform = 'len'"));
        assertThat(other.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(other).hasMessageContaining("function 'len' transforms no records");
        assertThat(other.hint()).contains("io.millrace.spi.function.DeliveryFunction");
        assertThat(engine.failure("SELECT loud(data) FROM raw"))
                .hasMessageContaining("'loud' transforms records of deliveries, and is not called in SQL");
        assertThat(engine.failure("SELECT * FROM TABLE(loud(X'00'))")).isNotNull();
    }

    @Test
    void itIsListedAmongTheFunctions() {
        assertThat(engine.rows("SHOW FUNCTIONS")).anyMatch(row -> row.startsWith("loud|"));
        assertThat(engine.rows("SHOW CREATE FUNCTION loud").getFirst()).contains("AS 'com.example.Loud'");
    }
}
