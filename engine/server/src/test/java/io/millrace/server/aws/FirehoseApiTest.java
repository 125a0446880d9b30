package io.millrace.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.engine.Engine;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.testing.row.RowValues;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.BufferingHints;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.ConcurrentModificationException;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.ResourceInUseException;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;
import software.amazon.awssdk.services.firehose.model.Tag;

/** Data Firehose as real clients use it: the Java SDK and the AWS CLI, onto buckets that are folders. */
final class FirehoseApiTest {

    private static final String ROLE = "arn:aws:iam::000000000000:role/any";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Engine engine;
    private FirehoseDoor firehose;
    private FirehoseClient client;
    private URI endpoint;

    @BeforeEach
    void open() {
        start();
    }

    private void start() {
        engine = Engine.open(directory.resolve("data"));
        firehose = new FirehoseDoor(engine, directory.resolve("buckets").toUri() + "/{bucket}", "");
        client = firehose.client();
        endpoint = firehose.endpoint();
    }

    @AfterEach
    void close() {
        firehose.close();
        engine.close();
    }

    private static ExtendedS3DestinationConfiguration.Builder bucket(String name) {
        return ExtendedS3DestinationConfiguration.builder()
                .roleARN(ROLE)
                .bucketARN("arn:aws:s3:::" + name)
                .bufferingHints(BufferingHints.builder()
                        .sizeInMBs(1)
                        .intervalInSeconds(0)
                        .build());
    }

    private void create(String name, ExtendedS3DestinationConfiguration.Builder destination) {
        client.createDeliveryStream(
                r -> r.deliveryStreamName(name).extendedS3DestinationConfiguration(destination.build()));
    }

    private DeliveryStreamDescription describe(String name) {
        return client.describeDeliveryStream(r -> r.deliveryStreamName(name)).deliveryStreamDescription();
    }

    private void put(String name, byte[]... records) {
        List<Record> all = Stream.of(records)
                .map(data -> Record.builder().data(SdkBytes.fromByteArray(data)).build())
                .toList();
        assertThat(client.putRecordBatch(r -> r.deliveryStreamName(name).records(all))
                        .failedPutCount())
                .isZero();
    }

    /** Returns what the files of a bucket hold, one behind the other, once it is so much. */
    private byte[] delivered(String bucket, int bytes) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
            for (Path file : files(bucket)) {
                byte[] content = Files.readAllBytes(file);
                boolean zipped = file.toString().endsWith(".gz");
                all.writeBytes(
                        zipped
                                ? new GZIPInputStream(new java.io.ByteArrayInputStream(content)).readAllBytes()
                                : content);
            }
            if (all.size() >= bytes || Instant.now().isAfter(end)) {
                return all.toByteArray();
            }
            Thread.sleep(20);
        }
    }

    private List<Path> files(String bucket) throws IOException {
        return VisibleFiles.below(directory.resolve("buckets").resolve(bucket));
    }

    @Test
    void recordsArriveByteForByteOneBehindTheOther() throws Exception {
        create("raw", bucket("lake"));
        byte[] binary = {0, -1, 10, 13, 7, -128};
        assertThat(client.putRecord(
                                r -> r.deliveryStreamName("raw").record(x -> x.data(SdkBytes.fromUtf8String("one\n"))))
                        .recordId())
                .hasSize(56);
        put("raw", "two".getBytes(StandardCharsets.UTF_8), binary, new byte[0]);
        byte[] arrived = delivered("lake", 13);
        assertThat(new String(arrived, StandardCharsets.ISO_8859_1))
                .isEqualTo("one\ntwo" + new String(binary, StandardCharsets.ISO_8859_1));
        assertThat(files("lake"))
                .allSatisfy(file -> assertThat(directory
                                .resolve("buckets/lake")
                                .relativize(file)
                                .toString())
                        .matches("\\d{4}/\\d{2}/\\d{2}/\\d{2}/raw.*"));
    }

    @Test
    void namesCompressionAndDelimitersAreAsConfigured() throws Exception {
        create(
                "named",
                bucket("lake")
                        .prefix("in/!{timestamp:yyyy}/")
                        .errorOutputPrefix("bad/!{firehose:error-output-type}/")
                        .compressionFormat(CompressionFormat.GZIP)
                        .fileExtension(".json.gz")
                        .processingConfiguration(p -> p.enabled(true)
                                .processors(Processor.builder()
                                        .type(ProcessorType.APPEND_DELIMITER_TO_RECORD)
                                        .build())));
        put("named", "{}".getBytes(StandardCharsets.UTF_8), "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(delivered("lake", 6), StandardCharsets.UTF_8)).isEqualTo("{}\n{}\n");
        assertThat(files("lake"))
                .singleElement()
                .satisfies(
                        file -> assertThat(file.toString()).contains("/in/20").endsWith(".json.gz"));
    }

    @Test
    void recordsBecomeParquetByTheColumnsOfAStream() throws Exception {
        sql("CREATE STREAM trade_columns (ticker VARCHAR, price DOUBLE)");
        create(
                "converted",
                bucket("tables")
                        .dataFormatConversionConfiguration(c -> c.enabled(true)
                                .inputFormatConfiguration(i -> i.deserializer(d -> d.openXJsonSerDe(x -> {})))
                                .outputFormatConfiguration(o -> o.serializer(s -> s.parquetSerDe(x -> {})))
                                .schemaConfiguration(s -> s.databaseName("any").tableName("trade_columns"))));
        put(
                "converted",
                "{\"ticker\": \"ACME\", \"price\": 1.5}".getBytes(StandardCharsets.UTF_8),
                "no json".getBytes(StandardCharsets.UTF_8));
        delivered("tables", 500);
        String parquet = files("tables").stream()
                .map(Path::toString)
                .filter(file -> file.endsWith(".parquet"))
                .findFirst()
                .orElseThrow();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery("SELECT ticker, price FROM '" + parquet + "'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("ACME");
            assertThat(rows.getDouble(2)).isEqualTo(1.5);
            assertThat(rows.next()).isFalse();
        }
        Instant end = Instant.now().plus(PATIENCE);
        while (files("tables").stream().noneMatch(f -> f.toString().contains("-failed"))
                && Instant.now().isBefore(end)) {
            Thread.sleep(20);
        }
        assertThat(files("tables"))
                .anySatisfy(file -> assertThat(file.toString()).contains("-failed"));
    }

    @Test
    void recordsBecomeOrcWithTheOptionsOfTheSerializer() throws Exception {
        sql("CREATE STREAM order_columns (ticker VARCHAR, price DOUBLE)");
        create(
                "orc",
                bucket("orders")
                        .dataFormatConversionConfiguration(c -> c.enabled(true)
                                .inputFormatConfiguration(i -> i.deserializer(d -> d.openXJsonSerDe(x -> {})))
                                .outputFormatConfiguration(o -> o.serializer(s -> s.orcSerDe(x -> x.compression("ZLIB")
                                        .stripeSizeBytes(8 << 20)
                                        .blockSizeBytes(64 << 20)
                                        .rowIndexStride(1000)
                                        .enablePadding(true)
                                        .paddingTolerance(0.1)
                                        .bloomFilterColumns("ticker")
                                        .bloomFilterFalsePositiveProbability(0.01)
                                        .dictionaryKeyThreshold(0.5)
                                        .formatVersion("V0_12"))))
                                .schemaConfiguration(s -> s.databaseName("any").tableName("order_columns"))));
        put("orc", "{\"ticker\": \"ACME\", \"price\": 1.5}".getBytes(StandardCharsets.UTF_8));
        delivered("orders", 100);
        assertThat(files("orders"))
                .singleElement()
                .satisfies(file -> assertThat(file.toString()).endsWith(".orc"));
        sql("CREATE STREAM orders_again (ticker VARCHAR, price DOUBLE)");
        sql("COPY orders_again FROM '" + files("orders").getFirst().toUri() + "'");
        assertThat(rows("SELECT ticker, price FROM orders_again")).containsExactly("[ACME, 1.5]");
        String statement = rows("SHOW CREATE DELIVERY orc").getFirst();
        assertThat(statement)
                .as("what the API notes for itself may say more than is to be shown")
                .doesNotContain("firehose =");
        assertThat(statement)
                .contains("format = 'orc'", "compression = 'zlib'", "stripe_bytes = '8388608 B'")
                .contains("block_bytes = '67108864 B'", "row_index_stride = '1000'", "block_padding = 'true'")
                .contains("padding_tolerance = '0.1'", "bloom_filter_columns = 'ticker'", "format_version = '0.12'")
                .contains("bloom_filter_false_positive_probability = '0.01'", "dictionary_key_threshold = '0.5'");
    }

    @Test
    void aSerializerIsNeededAndJustOne() {
        assertThatThrownBy(() -> create(
                        "both",
                        bucket("b")
                                .dataFormatConversionConfiguration(c -> c.enabled(true)
                                        .outputFormatConfiguration(o -> o.serializer(
                                                s -> s.orcSerDe(x -> {}).parquetSerDe(x -> {})))
                                        .schemaConfiguration(s -> s.tableName("t")))))
                .hasMessageContaining("one of ParquetSerDe and OrcSerDe");
        assertThatThrownBy(() -> create(
                        "short",
                        bucket("b")
                                .dataFormatConversionConfiguration(c -> c.enabled(true)
                                        .outputFormatConfiguration(o -> o.serializer(s -> s.orcSerDe(
                                                x -> x.stripeSizeBytes(1000).paddingTolerance(2.0))))
                                        .schemaConfiguration(s -> s.tableName("t")))))
                .hasMessageContaining("Member must have value greater than or equal to 8388608")
                .hasMessageContaining("paddingTolerance' failed to satisfy constraint: Member must have value less than"
                        + " or equal to 1");
    }

    private List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        try (SqlSession session = engine.open("millrace", "test");
                ResultCursor cursor = session.execute(session.prepare(query, List.of()), List.of())) {
            while (!cursor.finished()) {
                var batch = cursor.poll(PATIENCE);
                if (batch != null) {
                    RowValues.of(batch).forEach(row -> rows.add(row.toString()));
                }
            }
        }
        return rows;
    }

    private void sql(String statement) {
        try (SqlSession session = engine.open("millrace", "test");
                ResultCursor cursor = session.execute(session.prepare(statement, List.of()), List.of())) {
            while (!cursor.finished()) {
                cursor.poll(PATIENCE);
            }
        }
    }

    @Test
    void aStreamIsASourceAndTakesNoPuts() throws Exception {
        engine.streams().create("orders", 1, false);
        client.createDeliveryStream(r -> r.deliveryStreamName("from-stream")
                .deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                .kinesisStreamSourceConfiguration(
                        s -> s.roleARN(ROLE).kinesisStreamARN("arn:aws:kinesis:eu-west-1:000000000000:stream/orders"))
                .extendedS3DestinationConfiguration(bucket("orders").build()));
        engine.streams()
                .log("orders")
                .shards()
                .getFirst()
                .append(
                        new io.millrace.spi.log.RecordBatch()
                                .add(new byte[] {'k'}, "order 1".getBytes(StandardCharsets.UTF_8)),
                        null)
                .join();
        assertThat(new String(delivered("orders", 7), StandardCharsets.UTF_8)).isEqualTo("order 1");
        assertThat(describe("from-stream")
                        .source()
                        .kinesisStreamSourceDescription()
                        .kinesisStreamARN())
                .isEqualTo("arn:aws:kinesis:eu-west-1:000000000000:stream/orders");
        assertThatThrownBy(() -> put("from-stream", new byte[1]))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("KinesisStreamAsSource");
    }

    @Test
    void whatIsConfiguredIsDescribedAlsoAfterARestart() {
        create("told", bucket("lake").prefix("p/").compressionFormat(CompressionFormat.ZIP));
        client.tagDeliveryStream(r -> r.deliveryStreamName("told")
                .tags(Tag.builder().key("team").value("data").build()));
        client.startDeliveryStreamEncryption(r -> r.deliveryStreamName("told"));
        firehose.close();
        engine.close();
        start();
        DeliveryStreamDescription told = describe("told");
        assertThat(told.deliveryStreamARN()).isEqualTo("arn:aws:firehose:eu-west-1:000000000000:deliverystream/told");
        assertThat(told.deliveryStreamStatus()).isEqualTo(DeliveryStreamStatus.ACTIVE);
        assertThat(told.deliveryStreamType()).isEqualTo(DeliveryStreamType.DIRECT_PUT);
        assertThat(told.createTimestamp()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(told.deliveryStreamEncryptionConfiguration().status())
                .isEqualTo(DeliveryStreamEncryptionStatus.ENABLED);
        assertThat(told.destinations()).singleElement().satisfies(destination -> {
            assertThat(destination.extendedS3DestinationDescription().prefix()).isEqualTo("p/");
            assertThat(destination.s3DestinationDescription().compressionFormat())
                    .isEqualTo(CompressionFormat.ZIP);
        });
        assertThat(client.listTagsForDeliveryStream(r -> r.deliveryStreamName("told"))
                        .tags())
                .containsExactly(Tag.builder().key("team").value("data").build());
        client.untagDeliveryStream(r -> r.deliveryStreamName("told").tagKeys("team"));
        assertThat(client.listTagsForDeliveryStream(r -> r.deliveryStreamName("told"))
                        .tags())
                .isEmpty();
    }

    @Test
    void anUpdateGoesOnWhereItWas() throws Exception {
        create("changed", bucket("lake").prefix("a/"));
        put("changed", "one".getBytes(StandardCharsets.UTF_8));
        assertThat(delivered("lake", 3)).hasSize(3);
        client.updateDestination(r -> r.deliveryStreamName("changed")
                .currentDeliveryStreamVersionId("1")
                .destinationId("destinationId-000000000001")
                .extendedS3DestinationUpdate(u -> u.prefix("b/")));
        put("changed", "two".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(delivered("lake", 6), StandardCharsets.UTF_8)).isEqualTo("onetwo");
        assertThat(files("lake")).hasSize(2);
        assertThat(describe("changed").versionId()).isEqualTo("2");
        assertThatThrownBy(() -> client.updateDestination(r -> r.deliveryStreamName("changed")
                        .currentDeliveryStreamVersionId("1")
                        .destinationId("destinationId-000000000001")
                        .extendedS3DestinationUpdate(u -> u.prefix("c/"))))
                .isInstanceOf(ConcurrentModificationException.class);
        // The URL of a folder ends with a slash once the folder is there, and the folder is the same.
        close();
        start();
        client.updateDestination(r -> r.deliveryStreamName("changed")
                .currentDeliveryStreamVersionId("2")
                .destinationId("destinationId-000000000001")
                .extendedS3DestinationUpdate(u -> u.prefix("c/")));
        put("changed", "six".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(delivered("lake", 9), StandardCharsets.UTF_8)).isEqualTo("onetwosix");
    }

    @Test
    void deliveryStreamsAreListedByPages() {
        IntStream.range(0, 12).forEach(i -> create("d" + (char) ('a' + i), bucket("lake")));
        var first = client.listDeliveryStreams();
        assertThat(first.deliveryStreamNames()).hasSize(10).startsWith("da");
        assertThat(first.hasMoreDeliveryStreams()).isTrue();
        var second = client.listDeliveryStreams(r -> r.exclusiveStartDeliveryStreamName("dj"));
        assertThat(second.deliveryStreamNames()).containsExactly("dk", "dl");
        assertThat(second.hasMoreDeliveryStreams()).isFalse();
    }

    @Test
    void wrongRequestsGetTheServicesErrors() {
        assertThatThrownBy(() -> describe("none")).isInstanceOf(ResourceNotFoundException.class);
        create("there", bucket("lake"));
        assertThatThrownBy(() -> create("there", bucket("lake"))).isInstanceOf(ResourceInUseException.class);
        assertThatThrownBy(() -> client.createDeliveryStream(r -> r.deliveryStreamName("nowhere")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("No destination");
        assertThatThrownBy(() -> create("backup", bucket("lake").s3BackupMode("Enabled")))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> put("there", new byte[1_024_001])).hasMessageContaining("1024000");
        client.deleteDeliveryStream(r -> r.deliveryStreamName("there"));
        assertThatThrownBy(() -> describe("there")).isInstanceOf(ResourceNotFoundException.class);
        assertThat(engine.streams().names()).doesNotContain("firehose_there");
        create("there", bucket("lake"));
    }

    @Test
    void theCommandLineClientPutsAndDescribes() throws Exception {
        Assumptions.assumeTrue(works("aws", "--version"), "skipped: the AWS CLI is not installed");
        aws(
                "create-delivery-stream",
                "--delivery-stream-name",
                "cli",
                "--s3-destination-configuration",
                "RoleARN=" + ROLE + ",BucketARN=arn:aws:s3:::cli,BufferingHints={SizeInMBs=1,IntervalInSeconds=0}");
        // Its first major version takes bytes as text, later ones take base64.
        boolean plain = output(List.of("aws", "--version")).contains("aws-cli/1.");
        byte[] bytes = "from the shell".getBytes(StandardCharsets.UTF_8);
        String data = plain ? "from the shell" : Base64.getEncoder().encodeToString(bytes);
        aws("put-record", "--delivery-stream-name", "cli", "--record", "{\"Data\": \"" + data + "\"}");
        assertThat(new String(delivered("cli", 14), StandardCharsets.UTF_8)).isEqualTo("from the shell");
        assertThat(aws("describe-delivery-stream", "--delivery-stream-name", "cli"))
                .contains("\"ACTIVE\"");
    }

    private String aws(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("aws", "firehose"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--endpoint-url", endpoint.toString(), "--region", "us-east-1", "--no-sign-request"));
        return output(command);
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
