package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.FunctionServer;
import io.millrace.testing.connector.FunctionServer.Reply;
import io.millrace.testing.connector.FunctionServer.Result;
import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.function.FunctionJar;
import io.millrace.testing.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a function makes of records, and the records that it fails, are in files exactly once, those of each partition in
 * its own, whenever the server is killed and whatever calls fail.
 */
class TransformedDeliveryCrashTest {

    private static final int ROWS_PER_INSERT = 50;
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final Pattern RAW = Pattern.compile("\"rawData\":\"([^\"]*)\"");

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void survivesAFewKills() throws Exception {
        deliverOverHttp(2, 30);
    }

    @Test
    @Tag("slow")
    void survivesTwentyKills() throws Exception {
        deliverOverHttp(20, 400);
    }

    @Test
    @Tag("slow")
    void aClassSurvivesAFewKills() throws Exception {
        deliverInJava(2, 30);
    }

    @Test
    @Tag("slow")
    void aClassSurvivesTwentyKills() throws Exception {
        deliverInJava(20, 400);
    }

    private static int id(String record) {
        Matcher id = ID.matcher(record);
        return id.find() ? Integer.parseInt(id.group(1)) : -1;
    }

    /** The function drops a seventh of the records and fails another, and says the partitions of the rest. */
    private static Result transform(String record) {
        int id = id(record);
        return switch (id % 7) {
            case 0 -> new Result("Dropped", "", Map.of());
            case 1 -> new Result("ProcessingFailed", "", Map.of());
            default -> new Result("Ok", record, Map.of("kind", "k" + id % 3));
        };
    }

    /** The same in a class, which throws now and then. */
    private static final String IN_JAVA = """
        package com.example;
        import io.millrace.spi.function.*;
        import java.util.*;
        import java.util.regex.*;
        public final class Kinds implements DeliveryFunction {
            private static final Pattern ID = Pattern.compile("id\\\\W+(\\\\d+)");
            private final Random moods = new Random();
            public List<TransformedRecord> transform(List<ArrivedRecord> records) {
                if (moods.nextInt(4) == 0) {
                    throw new IllegalStateException("ill");
                }
                return records.stream().map(Kinds::one).toList();
            }
            private static TransformedRecord one(ArrivedRecord record) {
                Matcher found = ID.matcher(new String(record.data()));
                int id = found.find() ? Integer.parseInt(found.group(1)) : -1;
                return switch (id % 7) {
                    case 0 -> TransformedRecord.dropped();
                    case 1 -> TransformedRecord.failed("seven");
                    default -> TransformedRecord.ok(record.data(), Map.of("kind", "k" + id % 3));
                };
            }
        }
        """;

    private void deliverOverHttp(int kills, int inserts) throws Exception {
        Random random = new Random(seed);
        try (FunctionServer function = new FunctionServer(TransformedDeliveryCrashTest::transform)) {
            deliver(kills, inserts, function.url(), random, () -> {
                if (random.nextInt(4) == 0) {
                    function.reply(new Reply(500, "ill"));
                }
            });
            assertThat(function.violations()).isEmpty();
        }
    }

    private void deliverInJava(int kills, int inserts) throws Exception {
        Path jar = FunctionJar.of(directory.resolve("kinds.jar"), IN_JAVA);
        deliver(
                kills,
                inserts,
                "kinds",
                new Random(seed),
                () -> {},
                "CREATE FUNCTION kinds AS 'com.example.Kinds' USING JAR '" + jar + "'");
    }

    private void deliver(
            int kills, int inserts, String transform, Random random, Runnable afterInsert, String... before)
            throws Exception {
        System.out.println("seed " + seed);
        Path data = directory.resolve("data");
        ServerProcess server = ServerProcess.start(data);
        try {
            execute(server, before);
            execute(
                    server,
                    "CREATE STREAM events (id BIGINT, k VARCHAR) WITH (shards = 2, partition_key = 'k')",
                    "CREATE DELIVERY d FROM events TO '" + lake().toUri() + "' WITH (format = 'json', transform = '"
                            + transform + "', transform_bytes = '400 B', transform_interval = '5 ms',"
                            + " transform_retries = 100, roll_interval = '30 ms', partition_query = '{odd: (.id % 2)}',"
                            + " prefix = 'ok/!{partitionKeyFromLambda:kind}/!{partitionKeyFromQuery:odd}/',"
                            + " error_output_prefix = 'bad/!{firehose:error-output-type}/')");
            for (int i = 0; i < inserts; i++) {
                insert(server, i);
                afterInsert.run();
                if (i % Math.max(1, inserts / kills) == 1) {
                    Thread.sleep(Duration.ofMillis(random.nextInt(200)));
                    server.kill();
                    server = ServerProcess.start(data);
                }
            }
            awaitDelivered(server);
            check(inserts * ROWS_PER_INSERT);
        } finally {
            server.close();
        }
    }

    private static void insert(ServerProcess server, int number) throws SQLException {
        StringBuilder sql = new StringBuilder("INSERT INTO events VALUES ");
        for (int i = 0; i < ROWS_PER_INSERT; i++) {
            int id = number * ROWS_PER_INSERT + i;
            sql.append(i > 0 ? "," : "").append("(%d, 'k%d')".formatted(id, id % 10));
        }
        execute(server, sql.toString());
    }

    private static void execute(ServerProcess server, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Path lake() {
        return directory.resolve("lake");
    }

    private List<String> lines(String folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(lake().resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private void check(int rows) throws IOException {
        for (int kind = 0; kind < 3; kind++) {
            for (int odd = 0; odd < 2; odd++) {
                int k = kind;
                int o = odd;
                assertIds(lines("ok/k" + kind + "/" + odd), rows, id -> id % 7 > 1 && id % 3 == k && id % 2 == o);
            }
        }
        List<String> failed = lines("bad/processing-failed").stream()
                .map(TransformedDeliveryCrashTest::raw)
                .toList();
        assertIds(failed, rows, id -> id % 7 == 1);
    }

    private static String raw(String line) {
        Matcher raw = RAW.matcher(line);
        return raw.find() ? new String(Base64.getDecoder().decode(raw.group(1))) : line;
    }

    private void assertIds(List<String> records, int rows, IntPredicate expected) {
        assertThat(records.stream().map(TransformedDeliveryCrashTest::id))
                .as("seed %s", seed)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, rows).filter(expected).boxed().toList());
    }

    private static void awaitDelivered(ServerProcess server) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        List<String> delivered = List.of();
        while (System.nanoTime() < deadline) {
            delivered = PostgresServer.rows(server.jdbcUrl(), "SHOW DELIVERIES");
            if (delivered.getFirst().matches(".*\\|exactly-once\\|\\d+\\|\\d+\\|0\\|.*")) {
                return;
            }
            Thread.sleep(Duration.ofMillis(100));
        }
        throw new AssertionError("not delivered: " + delivered);
    }
}
