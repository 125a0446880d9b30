package io.millrace.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testing.connector.FunctionServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.model.IcebergDestinationDescription;
import software.amazon.awssdk.services.firehose.model.PartitionField;

/** Firehose onto Iceberg as its SDK asks for it, with a catalog in SQLite and buckets that are folders. */
final class IcebergFirehoseTest extends IcebergStreams {

    @Test
    void recordsAreRowsOfTheTable() {
        table("trades", "id BIGINT, price DECIMAL(10, 2), at TIMESTAMP, tags VARCHAR ARRAY");
        create(destination(target("trades")));
        put(
                "{\"id\": 1, \"price\": 10.5, \"at\": \"2026-01-31 09:00:01.000002\", \"tags\": [\"a\", \"b\"],"
                        + " \"more\": 1}",
                "no JSON",
                "{\"id\": 2}");
        assertThat(rows("trades", List.of("1|10.50|2026-01-31T09:00:01.000002|[a, b]", "2|null|null|null")))
                .containsExactly("1|10.50|2026-01-31T09:00:01.000002|[a, b]", "2|null|null|null");
        assertThat(errors("bad/iceberg-failed", 1)).singleElement().asString().endsWith(" no JSON");
        IcebergDestinationDescription described =
                describe().destinations().getFirst().icebergDestinationDescription();
        assertThat(described.catalogConfiguration().catalogARN()).isEqualTo(CATALOG);
        assertThat(described.destinationTableConfigurationList())
                .containsExactly(target("trades").toBuilder().build());
        assertThat(described.s3BackupModeAsString()).isEqualTo("FailedDataOnly");
        assertThat(described.retryOptions().durationInSeconds()).isEqualTo(300);
        assertThat(described.s3DestinationDescription().bucketARN()).isEqualTo("arn:aws:s3:::errors");
        assertThat(run("SHOW DELIVERIES"))
                .singleElement()
                .asString()
                .contains("iceberg:market.trades")
                .contains("exactly-once");
    }

    @Test
    void recordsGoToTheTablesThatAQueryNames() {
        table("trades", "id BIGINT, price DECIMAL(10, 2)");
        table("orders", "id BIGINT, item VARCHAR");
        create(destination(
                        target("trades", "id").toBuilder()
                                .s3ErrorOutputPrefix("trades-errors/")
                                .build(),
                        target("orders").toBuilder()
                                .s3ErrorOutputPrefix("orders-errors/")
                                .build())
                .processingConfiguration(
                        routedBy("{destinationDatabaseName: \"market\", destinationTableName: .to, operation: .op}")));
        put(
                "{\"to\": \"trades\", \"id\": 1, \"price\": 1}",
                "{\"to\": \"orders\", \"id\": 7, \"item\": \"nuts\"}",
                "{\"to\": \"orders\", \"id\": 7, \"item\": \"bolts\"}",
                "{\"to\": \"trades\", \"id\": 2, \"price\": 2}",
                "{\"to\": \"nowhere\", \"id\": 3}",
                "{\"id\": 4}",
                "no JSON");
        assertThat(rows("trades", List.of("1|1.00", "2|2.00"))).containsExactly("1|1.00", "2|2.00");
        put(
                "{\"to\": \"trades\", \"id\": 1, \"price\": 5, \"op\": \"update\"}",
                "{\"to\": \"trades\", \"id\": 2, \"op\": \"delete\"}",
                "{\"to\": \"trades\", \"id\": 3, \"op\": \"merge\"}",
                "{\"to\": \"trades\", \"id\": \"three\"}",
                "{\"to\": \"orders\", \"id\": 7, \"op\": \"delete\"}");
        assertThat(rows("trades", List.of("1|5.00"))).containsExactly("1|5.00");
        assertThat(rows("orders", List.of("7|nuts", "7|bolts"))).containsExactlyInAnyOrder("7|nuts", "7|bolts");
        assertThat(errors("bad/processing-failed", 3))
                .containsExactly(
                        "DynamicPartitioning.MetadataExtractionFailed no JSON",
                        "Iceberg.NoSuchTable {\"id\": 4}",
                        "Iceberg.NoSuchTable {\"to\": \"nowhere\", \"id\": 3}");
        assertThat(errors("trades-errors/processing-failed", 1))
                .containsExactly("Iceberg.UnsupportedOperation {\"to\": \"trades\", \"id\": 3, \"op\": \"merge\"}");
        assertThat(errors("trades-errors/iceberg-failed", 1))
                .singleElement()
                .asString()
                .endsWith("{\"to\": \"trades\", \"id\": \"three\"}");
        assertThat(errors("orders-errors/processing-failed", 1))
                .containsExactly("Iceberg.UnsupportedOperation {\"to\": \"orders\", \"id\": 7, \"op\": \"delete\"}");
        assertThat(client.listDeliveryStreams(r -> {}).deliveryStreamNames()).containsExactly("trades");
        client.deleteDeliveryStream(r -> r.deliveryStreamName("trades"));
        assertThat(run("SHOW DELIVERIES")).isEmpty();
    }

    @Test
    void aFunctionSaysWhereRecordsGo() {
        table("trades", "id BIGINT");
        table("orders", "id BIGINT");
        create(destination(target("trades"), target("orders"))
                .processingConfiguration(p -> p.enabled(true)
                        .processors(Processors.of("Lambda", "LambdaArn=" + LAMBDA, "BufferIntervalInSeconds=0"))));
        String data = Base64.getEncoder().encodeToString("{\"id\": 9}".getBytes(StandardCharsets.UTF_8));
        FunctionServer.Reply reply = new FunctionServer.Reply(
                200,
                "{\"records\": [{\"recordId\": \"0\", \"result\": \"Ok\", \"data\": \"" + data
                        + "\", \"metadata\": {\"otfMetadata\": {\"destinationDatabaseName\": \"market\","
                        + " \"destinationTableName\": \"orders\", \"operation\": \"insert\"}}}]}");
        // Each table's delivery calls it.
        function.reply(reply);
        function.reply(reply);
        put("{\"id\": 1}");
        assertThat(rows("orders", List.of("9"))).containsExactly("9");
        assertThat(rows("trades", List.of())).isEmpty();
        assertThat(function.violations()).isEmpty();
    }

    @Test
    void anUpdateAddsAndRemovesTables() {
        table("trades", "id BIGINT");
        table("orders", "id BIGINT");
        create(destination(target("trades")).processingConfiguration(routedBy("{destinationTableName: .to}")));
        put("{\"to\": \"trades\", \"id\": 1}", "{\"to\": \"orders\", \"id\": 1}", "{\"id\": 2}");
        assertThat(rows("trades", List.of("1", "2"))).containsExactly("1", "2");
        assertThat(errors("bad/processing-failed", 1)).hasSize(1);
        update(target("trades"), target("orders"));
        put("{\"to\": \"orders\", \"id\": 3}", "{\"to\": \"trades\", \"id\": 4}");
        assertThat(rows("orders", List.of("3"))).containsExactly("3");
        assertThat(rows("trades", List.of("1", "2", "4"))).containsExactly("1", "2", "4");
        update(target("trades"));
        assertThat(run("SHOW DELIVERIES")).hasSize(1);
        assertThatThrownBy(() -> update(target("orders"))).hasMessageContaining("first table");
        assertThatThrownBy(() -> update(u ->
                        u.catalogConfiguration(c -> c.catalogARN(CATALOG).warehouseLocation("s3://lake/elsewhere"))))
                .hasMessageContaining("warehouse");
        run("CREATE STREAM other (id BIGINT)");
        run("CREATE DELIVERY \"trades.market.orders\" FROM other TO 'iceberg:market.orders' WITH (warehouse = '"
                + warehouse() + "')");
        assertThatThrownBy(() -> update(target("trades"), target("orders")))
                .hasMessageContaining("trades.market.orders exists");
    }

    @Test
    void aTableThatIsAddedHasWhatIsUnderWay() throws InterruptedException {
        table("trades", "id BIGINT");
        table("orders", "id BIGINT");
        create(destination(target("trades"))
                .processingConfiguration(p -> p.enabled(true)
                        .processors(
                                Processors.of("Lambda", "LambdaArn=" + LAMBDA, "BufferIntervalInSeconds=0"),
                                Processors.of(
                                        "MetadataExtraction",
                                        "MetadataExtractionQuery={destinationTableName: .to}",
                                        "JsonParsingEngine=JQ-1.6"))));
        put("{\"to\": \"trades\", \"id\": 1}", "{\"to\": \"orders\", \"id\": 2}");
        assertThat(rows("trades", List.of("1"))).containsExactly("1");
        answers = new CountDownLatch(1);
        asked.drainPermits();
        put("{\"to\": \"trades\", \"id\": 3}", "{\"to\": \"orders\", \"id\": 4}");
        assertThat(asked.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        update(target("trades"), target("orders"));
        answers.countDown();
        put("{\"to\": \"orders\", \"id\": 5}", "{\"to\": \"nowhere\", \"id\": 6}");
        assertThat(rows("orders", List.of("4", "5"))).containsExactly("4", "5");
        assertThat(rows("trades", List.of("1", "3"))).containsExactly("1", "3");
        assertThat(errors("bad/processing-failed", 2))
                .containsExactly(
                        "Iceberg.NoSuchTable {\"to\": \"nowhere\", \"id\": 6}",
                        "Iceberg.NoSuchTable {\"to\": \"orders\", \"id\": 2}");
    }

    @Test
    void anUpdateThatCannotBeChangesNothing() {
        table("trades", "id BIGINT");
        table("orders", "id BIGINT");
        create(destination(target("trades"), target("orders"))
                .processingConfiguration(routedBy("{destinationTableName: .to}")));
        List<String> before = options();
        assertThatThrownBy(() -> update(target("trades", "id"), target("nowhere")))
                .hasMessageContaining("there is no table 'market.nowhere'");
        assertThat(options()).isEqualTo(before);
        assertThat(describe().versionId()).isEqualTo("1");
        put("{\"to\": \"orders\", \"id\": 1}");
        assertThat(rows("orders", List.of("1"))).containsExactly("1");
    }

    private List<String> options() {
        return Stream.of("trades", "\"trades.market.orders\"")
                .flatMap(name -> run("SHOW CREATE DELIVERY " + name).stream())
                .toList();
    }

    @Test
    void allRecordsAreKeptBeside() throws IOException {
        table("trades", "id BIGINT");
        create(destination(target("trades", "id")).appendOnly(true).s3BackupMode("AllData"));
        put("{\"id\": 1}", "{\"id\": 1}");
        assertThat(rows("trades", List.of("1", "1"))).containsExactly("1", "1");
        Path bucket = directory.resolve("buckets/errors");
        Instant end = Instant.now().plus(PATIENCE);
        List<Path> files = List.of();
        while (files.isEmpty() && Instant.now().isBefore(end)) {
            pause();
            try (Stream<Path> all = Files.isDirectory(bucket) ? Files.walk(bucket) : Stream.of()) {
                files = all.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().contains("/."))
                        .toList();
            }
        }
        assertThat(Files.readString(files.getFirst())).startsWith("{\"id\": 1}");
    }

    @Test
    void whatCannotBeIsRefused() {
        table("trades", "id BIGINT");
        assertRefused("DestinationTableConfigurationList is empty", destination());
        assertRefused("nothing says which a record is for", destination(target("trades"), target("orders")));
        assertRefused("there is no table 'market.orders'", destination(target("orders")));
        assertRefused(
                "PartitionSpec is for tables that are made",
                destination(target("trades").toBuilder()
                        .partitionSpec(p -> p.identity(
                                PartitionField.builder().sourceName("id").build()))
                        .build()));
        assertRefused("TRADES twice", destination(target("trades"), target("TRADES")));
        assertRefused("catalogARN", destination(target("trades")).catalogConfiguration(c -> c.catalogARN("arn:x")));
        assertRefused(
                "WarehouseLocation is needed",
                destination(target("trades")).catalogConfiguration(c -> c.catalogARN(CATALOG)));
        assertRefused("key's column 'x'", destination(target("trades", "x")));
        assertRefused(
                "finds [customer]",
                destination(target("trades")).processingConfiguration(routedBy("{customer: .customer}")));
        assertThat(run("SHOW DELIVERIES")).isEmpty();
    }
}
