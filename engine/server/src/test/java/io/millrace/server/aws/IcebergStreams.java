package io.millrace.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.engine.Engine;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.testing.connector.FunctionServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DestinationTableConfiguration;
import software.amazon.awssdk.services.firehose.model.FirehoseException;
import software.amazon.awssdk.services.firehose.model.IcebergDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.IcebergDestinationUpdate;
import software.amazon.awssdk.services.firehose.model.ProcessingConfiguration;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.Record;

/** A delivery stream onto tables of Iceberg, as Firehose's SDK asks for it, with a catalog in SQLite and buckets that are folders. */
abstract class IcebergStreams {

    static final String ROLE = "arn:aws:iam::000000000000:role/any";
    static final String CATALOG = "arn:aws:glue:eu-west-1:000000000000:catalog";
    static final String LAMBDA = "arn:aws:lambda:eu-west-1:000000000000:function:route";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    final Semaphore asked = new Semaphore(0);
    volatile CountDownLatch answers = new CountDownLatch(0);
    FunctionServer function;
    Engine engine;
    FirehoseDoor firehose;
    FirehoseClient client;

    @BeforeEach
    void open() throws IOException {
        function = new FunctionServer(this::answered);
        engine = Engine.open(directory.resolve("data"));
        firehose = new FirehoseDoor(
                engine, directory.resolve("buckets").toUri() + "/{bucket}", function.url() + "/{function}/invocations");
        client = firehose.client();
    }

    @AfterEach
    void close() {
        firehose.close();
        engine.close();
        function.close();
    }

    /** Answers when it may, and says that it was asked. */
    final FunctionServer.Result answered(String data) {
        asked.release();
        try {
            answers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FunctionServer.Result.ok(data);
    }

    final List<String> run(String statement) {
        List<String> rows = new ArrayList<>();
        try (SqlSession session = engine.open("millrace", "test");
                ResultCursor cursor = session.execute(session.prepare(statement, List.of()), List.of())) {
            while (!cursor.finished()) {
                RowBatch batch = cursor.poll(PATIENCE);
                for (int i = 0; batch != null && i < batch.selectedCount(); i++) {
                    rows.add(JavaValues.row(batch, batch.selectedRow(i)).stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining("|")));
                }
            }
        }
        return rows;
    }

    static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }

    final String warehouse() {
        return directory.resolve("buckets/lake/tables").toUri().toString();
    }

    /** Makes a table with these columns, as a delivery that is gone then. */
    final void table(String name, String columns) {
        run("CREATE STREAM made (" + columns + ")");
        run("CREATE DELIVERY making FROM made TO 'iceberg:market." + name + "' WITH (warehouse = '" + warehouse()
                + "')");
        Instant end = Instant.now().plus(PATIENCE);
        while (!isThere(name) && Instant.now().isBefore(end)) {
            pause();
        }
        run("DROP DELIVERY making");
        run("DROP STREAM made");
    }

    final boolean isThere(String table) {
        try {
            return run(select(table)).isEmpty();
        } catch (MillraceException e) {
            return false;
        }
    }

    final String select(String table) {
        return "SELECT * FROM 'iceberg:market." + table + "?warehouse=" + warehouse() + "' ORDER BY 1";
    }

    final List<String> await(String query, Predicate<List<String>> wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        List<String> rows = run(query);
        while (!wanted.test(rows) && Instant.now().isBefore(end)) {
            pause();
            rows = run(query);
        }
        return rows;
    }

    final List<String> rows(String table, List<String> wanted) {
        return await(select(table), wanted::equals);
    }

    static DestinationTableConfiguration target(String table, String... keys) {
        return DestinationTableConfiguration.builder()
                .destinationDatabaseName("market")
                .destinationTableName(table)
                .uniqueKeys(keys)
                .build();
    }

    static IcebergDestinationConfiguration.Builder destination(DestinationTableConfiguration... tables) {
        return IcebergDestinationConfiguration.builder()
                .roleARN(ROLE)
                .catalogConfiguration(c -> c.catalogARN(CATALOG).warehouseLocation("s3://lake/tables"))
                .destinationTableConfigurationList(tables)
                .bufferingHints(b -> b.sizeInMBs(1).intervalInSeconds(0))
                .cloudWatchLoggingOptions(l -> l.enabled(false))
                .s3Configuration(s -> s.roleARN(ROLE)
                        .bucketARN("arn:aws:s3:::errors")
                        .errorOutputPrefix("bad/!{firehose:error-output-type}/")
                        .bufferingHints(b -> b.sizeInMBs(1).intervalInSeconds(0)));
    }

    static Consumer<ProcessingConfiguration.Builder> routedBy(String query) {
        Processor metadata =
                Processors.of("MetadataExtraction", "MetadataExtractionQuery=" + query, "JsonParsingEngine=JQ-1.6");
        return p -> p.enabled(true).processors(metadata);
    }

    final void create(IcebergDestinationConfiguration.Builder destination) {
        client.createDeliveryStream(
                r -> r.deliveryStreamName("trades").icebergDestinationConfiguration(destination.build()));
    }

    final void put(String... records) {
        List<Record> all = Stream.of(records)
                .map(data ->
                        Record.builder().data(SdkBytes.fromUtf8String(data)).build())
                .toList();
        assertThat(client.putRecordBatch(r -> r.deliveryStreamName("trades").records(all))
                        .failedPutCount())
                .isZero();
    }

    final DeliveryStreamDescription describe() {
        return client.describeDeliveryStream(r -> r.deliveryStreamName("trades"))
                .deliveryStreamDescription();
    }

    /** Returns what was written to the errors, each line with its raw data read. */
    final List<String> errors(String folder, int count) {
        Path place = directory.resolve("buckets/errors").resolve(folder);
        Instant end = Instant.now().plus(PATIENCE);
        List<String> lines = lines(place);
        while (lines.size() < count && Instant.now().isBefore(end)) {
            pause();
            lines = lines(place);
        }
        return lines;
    }

    static List<String> lines(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .flatMap(file -> text(file).lines())
                    .map(line -> line.replaceFirst(
                            ".*rrorCode\":\"([^\"]*)\".*\"rawData\":\"([^\"]*)\".*",
                            "$1 "
                                    + new String(
                                            Base64.getDecoder()
                                                    .decode(line.replaceFirst(".*\"rawData\":\"([^\"]*)\".*", "$1")),
                                            StandardCharsets.UTF_8)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final void update(DestinationTableConfiguration... tables) {
        update(u -> u.destinationTableConfigurationList(tables));
    }

    final void update(Consumer<IcebergDestinationUpdate.Builder> change) {
        DeliveryStreamDescription now = describe();
        client.updateDestination(r -> r.deliveryStreamName("trades")
                .currentDeliveryStreamVersionId(now.versionId())
                .destinationId(now.destinations().getFirst().destinationId())
                .icebergDestinationUpdate(change));
    }

    final void assertRefused(String words, IcebergDestinationConfiguration.Builder destination) {
        assertThatThrownBy(() -> create(destination))
                .isInstanceOf(FirehoseException.class)
                .hasMessageContaining(words);
    }
}
