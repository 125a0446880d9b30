package io.millrace.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.engine.Engine;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.Options;
import io.millrace.spi.log.RecordBatch;
import io.millrace.testing.connector.FirehoseEndpoint;
import io.millrace.testing.connector.FunctionServer;
import io.millrace.testing.connector.FunctionServer.Result;
import io.millrace.testing.connector.SearchServer;
import io.millrace.testing.connector.SplunkServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.BufferingHints;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationUpdate;
import software.amazon.awssdk.services.firehose.model.HECEndpointType;
import software.amazon.awssdk.services.firehose.model.HttpEndpointS3BackupMode;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.ProcessingConfiguration;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.S3BackupMode;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.SplunkS3BackupMode;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Firehose's processors, partitions, backups and further destinations, as the Java SDK asks for them. */
final class FirehoseProcessingTest {

    private static final String ROLE = "arn:aws:iam::000000000000:role/any";
    private static final String LAMBDA = "arn:aws:lambda:eu-west-1:000000000000:function:shout";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private FunctionServer function;
    private Engine engine;
    private FirehoseDoor firehose;
    private FirehoseClient client;
    private URI endpoint;

    @BeforeEach
    void open() throws IOException {
        function = new FunctionServer(
                text -> new Result("Ok", text.toUpperCase(Locale.ROOT), Map.of("first", text.substring(0, 1))));
        engine = Engine.open(directory.resolve("data"));
        firehose = new FirehoseDoor(
                engine, directory.resolve("buckets").toUri() + "/{bucket}", function.url() + "/{function}/invocations");
        client = firehose.client();
        endpoint = firehose.endpoint();
    }

    @AfterEach
    void close() {
        firehose.close();
        engine.close();
        function.close();
    }

    private static BufferingHints atOnce() {
        return BufferingHints.builder().sizeInMBs(1).intervalInSeconds(0).build();
    }

    private static S3DestinationConfiguration backup(String bucket) {
        return S3DestinationConfiguration.builder()
                .roleARN(ROLE)
                .bucketARN("arn:aws:s3:::" + bucket)
                .bufferingHints(atOnce())
                .build();
    }

    private static Consumer<ProcessingConfiguration.Builder> processors(Processor... processors) {
        return p -> p.enabled(true).processors(processors);
    }

    private void create(String name, Consumer<ExtendedS3DestinationConfiguration.Builder> more) {
        ExtendedS3DestinationConfiguration.Builder bucket = ExtendedS3DestinationConfiguration.builder()
                .roleARN(ROLE)
                .bucketARN("arn:aws:s3:::lake")
                .bufferingHints(atOnce());
        more.accept(bucket);
        client.createDeliveryStream(r -> r.deliveryStreamName(name).extendedS3DestinationConfiguration(bucket.build()));
    }

    private void put(String name, byte[]... records) {
        List<Record> all = Stream.of(records)
                .map(data -> Record.builder().data(SdkBytes.fromByteArray(data)).build())
                .toList();
        client.putRecordBatch(r -> r.deliveryStreamName(name).records(all));
    }

    private void put(String name, String... records) {
        put(
                name,
                Stream.of(records)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new));
    }

    /** Returns what the objects of a bucket hold whose names begin so, one behind the other. */
    private String content(String bucket, String prefix) {
        Path root = directory.resolve("buckets").resolve(bucket);
        if (!Files.exists(root)) {
            return "";
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (Path file : VisibleFiles.below(root)) {
                if (root.relativize(file).toString().startsWith(prefix)) {
                    all.writeBytes(Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            return "";
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private String await(String bucket, String prefix, Predicate<String> expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String content = content(bucket, prefix);
        while (!expected.test(content) && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            content = content(bucket, prefix);
        }
        return content;
    }

    private String await(String bucket, String prefix, int length) {
        return await(bucket, prefix, content -> content.length() >= length);
    }

    @Test
    void aLambdaFunctionIsCalledOverHttp() {
        create(
                "shouted",
                bucket -> bucket.prefix("out/")
                        .processingConfiguration(processors(
                                Processors.of("Lambda", "LambdaArn=" + LAMBDA + ":3", "BufferIntervalInSeconds=0"),
                                Processors.of("AppendDelimiterToRecord"))));
        put("shouted", "one", "two");
        assertThat(await("lake", "out/", 8)).isEqualTo("ONE\nTWO\n");
        assertThat(function.path()).isEqualTo("/clean/shout/invocations");
        assertThat(function.violations()).isEmpty();
    }

    @Test
    void keysOfTheQueryAndOfTheFunctionNamePartitions() {
        create(
                "parted",
                bucket -> bucket.prefix("c=!{partitionKeyFromQuery:c}/f=!{partitionKeyFromLambda:first}/"
                                + "!{timestamp:yyyy}/")
                        .errorOutputPrefix("bad/!{firehose:error-output-type}/")
                        .dynamicPartitioningConfiguration(d -> d.enabled(true))
                        .processingConfiguration(processors(
                                Processors.of("RecordDeAggregation", "SubRecordType=JSON"),
                                Processors.of("Lambda", "LambdaArn=" + LAMBDA, "BufferIntervalInSeconds=0"),
                                Processors.of(
                                        "MetadataExtraction",
                                        "MetadataExtractionQuery={c: .C}",
                                        "JsonParsingEngine=JQ-1.6"))));
        put("parted", "{\"c\":1}{\"c\":2}", "{\"d\":1}");
        assertThat(await("lake", "c=1/f=%7B/", 1)).isEqualTo("{\"C\":1}");
        assertThat(await("lake", "c=2/f=%7B/", 1)).isEqualTo("{\"C\":2}");
        assertThat(await("lake", "bad/processing-failed/", 1)).contains("MetadataExtractionFailed");
    }

    @Test
    void logsAreUnpackedAndTakenOutOfTheirEnvelope() throws IOException {
        create(
                "logs",
                bucket -> bucket.prefix("logs/")
                        .processingConfiguration(processors(
                                Processors.of("Decompression", "CompressionFormat=GZIP"),
                                Processors.of("CloudWatchLogProcessing", "DataMessageExtraction=true"))));
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"message\":\"a\"},{\"message\":\"b\"}]}"
                    .getBytes(StandardCharsets.UTF_8));
        }
        put("logs", zipped.toByteArray());
        assertThat(await("lake", "logs/", 2)).isEqualTo("ab");
    }

    @Test
    void aBackupHasAllRecordsAsTheyCame() {
        create(
                "kept",
                bucket -> bucket.prefix("out/")
                        .s3BackupMode(S3BackupMode.ENABLED)
                        .s3BackupConfiguration(backup("source"))
                        .processingConfiguration(processors(Processors.of(
                                "RecordDeAggregation",
                                "SubRecordType=DELIMITED",
                                "Delimiter=" + Base64.getEncoder().encodeToString(new byte[] {'|'})))));
        put("kept", "a|b", "c|");
        assertThat(await("lake", "out/", 3)).isEqualTo("abc");
        assertThat(await("source", "", 5)).isEqualTo("a|bc|");
        assertThat(client.listDeliveryStreams().deliveryStreamNames()).containsExactly("kept");
        assertThat(client.describeDeliveryStream(r -> r.deliveryStreamName("kept"))
                        .deliveryStreamDescription()
                        .destinations()
                        .getFirst()
                        .extendedS3DestinationDescription()
                        .s3BackupDescription()
                        .bucketARN())
                .isEqualTo("arn:aws:s3:::source");
        client.updateDestination(r -> r.deliveryStreamName("kept")
                .currentDeliveryStreamVersionId("1")
                .destinationId("destinationId-000000000001")
                .extendedS3DestinationUpdate(u -> u.prefix("later/")));
        put("kept", "d|");
        assertThat(await("lake", "later/", 1)).isEqualTo("d");
        assertThat(await("source", "", 7)).isEqualTo("a|bc|d|");
        client.deleteDeliveryStream(r -> r.deliveryStreamName("kept"));
        assertThat(engine.deliveries().names()).isEmpty();
    }

    @Test
    void aStreamIsReadFromItsNewestRecordOnAndByteForByte() {
        engine.streams().create("orders", 1, false);
        append("before");
        client.createDeliveryStream(r -> r.deliveryStreamName("from-stream")
                .deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                .kinesisStreamSourceConfiguration(
                        s -> s.roleARN(ROLE).kinesisStreamARN("arn:aws:kinesis:eu-west-1:000000000000:stream/orders"))
                .extendedS3DestinationConfiguration(
                        b -> b.roleARN(ROLE).bucketARN("arn:aws:s3:::lake").bufferingHints(atOnce())));
        append("after");
        assertThat(await("lake", "", 5)).isEqualTo("after");
    }

    private Options options(String delivery) {
        return engine.deliveries().describe(delivery).options();
    }

    private void update(String name, int version, Consumer<ExtendedS3DestinationUpdate.Builder> change) {
        client.updateDestination(r -> r.deliveryStreamName(name)
                .currentDeliveryStreamVersionId(String.valueOf(version))
                .destinationId("destinationId-000000000001")
                .extendedS3DestinationUpdate(change));
    }

    @Test
    void anUpdateLeavesABackupAsItReads() {
        engine.streams().create("orders", 1, false);
        client.createDeliveryStream(r -> r.deliveryStreamName("from-stream")
                .deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                .kinesisStreamSourceConfiguration(
                        s -> s.roleARN(ROLE).kinesisStreamARN("arn:aws:kinesis:eu-west-1:000000000000:stream/orders"))
                .extendedS3DestinationConfiguration(b -> b.roleARN(ROLE)
                        .bucketARN("arn:aws:s3:::lake")
                        .bufferingHints(atOnce())
                        .s3BackupMode(S3BackupMode.ENABLED)
                        .s3BackupConfiguration(backup("source"))));
        Options before = options("from-stream.backup");
        assertThat(before.get("start", "")).isEqualTo("latest");
        assertThat(before.get("deaggregate", "")).isEqualTo("true");
        update("from-stream", 1, u -> u.prefix("later/"));
        for (String delivery : List.of("from-stream", "from-stream.backup")) {
            assertThat(options(delivery).get("start", "")).as(delivery).isEqualTo("latest");
            assertThat(options(delivery).get("deaggregate", "")).as(delivery).isEqualTo("true");
        }
    }

    @Test
    void anUpdateBeginsABackupAndAFunctionAndEndsTheFunction() {
        create("grown", bucket -> bucket.prefix("out/"));
        put("grown", "one");
        assertThat(await("lake", "out/", 3)).isEqualTo("one");
        update(
                "grown",
                1,
                u -> u.s3BackupMode(S3BackupMode.ENABLED)
                        .s3BackupUpdate(b ->
                                b.roleARN(ROLE).bucketARN("arn:aws:s3:::source").bufferingHints(atOnce()))
                        .processingConfiguration(processors(
                                Processors.of("Lambda", "LambdaArn=" + LAMBDA, "BufferIntervalInSeconds=0"))));
        String arn = "arn:aws:firehose:eu-west-1:000000000000:deliverystream/grown";
        assertThat(options("grown").get("transform_arn", "")).isEqualTo(arn);
        put("grown", "two");
        assertThat(await("lake", "out/", 6)).isEqualTo("oneTWO");
        assertThat(await("source", "", 3)).isEqualTo("two");
        update("grown", 2, u -> u.processingConfiguration(p -> p.enabled(false)));
        put("grown", "six");
        assertThat(await("lake", "out/", 9)).isEqualTo("oneTWOsix");
        assertThat(await("source", "", 6)).isEqualTo("twosix");
    }

    private void append(String record) {
        engine.streams()
                .log("orders")
                .shards()
                .getFirst()
                .append(new RecordBatch().add(new byte[] {'k'}, record.getBytes(StandardCharsets.UTF_8)), null)
                .join();
    }

    @Test
    void splunkGetsRecordsAsLines() throws IOException {
        try (SplunkServer splunk = new SplunkServer(1 << 20)) {
            client.createDeliveryStream(r -> r.deliveryStreamName("to-splunk")
                    .splunkDestinationConfiguration(
                            s -> s.hecEndpoint(splunk.url().replace("splunk+", ""))
                                    .hecEndpointType(HECEndpointType.RAW)
                                    .hecToken("token")
                                    .bufferingHints(b -> b.sizeInMBs(1).intervalInSeconds(0))
                                    .s3BackupMode(SplunkS3BackupMode.ALL_EVENTS)
                                    .s3Configuration(backup("kept"))));
            put("to-splunk", "one", "two");
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (splunk.indexed().size() < 2 && System.nanoTime() < end) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            assertThat(splunk.indexed()).containsExactly("one", "two");
            assertThat(await("kept", "20", 6)).isEqualTo("onetwo");
            assertThat(client.describeDeliveryStream(r -> r.deliveryStreamName("to-splunk"))
                            .deliveryStreamDescription()
                            .destinations()
                            .getFirst()
                            .splunkDestinationDescription()
                            .hecToken())
                    .isNull();
            client.deleteDeliveryStream(r -> r.deliveryStreamName("to-splunk"));
        }
    }

    @Test
    void indexesGetDocumentsAndTheBucketWhatIsNone() throws IOException {
        try (SearchServer search = new SearchServer(1 << 20)) {
            String url = search.url("").replaceFirst("^[a-z]+\\+", "").replaceFirst("/$", "");
            client.createDeliveryStream(r -> r.deliveryStreamName("to-index")
                    .amazonopensearchserviceDestinationConfiguration(s -> s.roleARN(ROLE)
                            .clusterEndpoint(url)
                            .indexName("docs")
                            .indexRotationPeriod("NoRotation")
                            .bufferingHints(b -> b.sizeInMBs(1).intervalInSeconds(0))
                            .processingConfiguration(
                                    processors(Processors.of("RecordDeAggregation", "SubRecordType=JSON")))
                            .s3Configuration(backup("failed"))));
            put("to-index", "{\"n\":\n 1}{\"n\": 2}", "[3]");
            assertThat(await("failed", "AmazonOpenSearchService-failed/20", 10))
                    .containsPattern("\"errorCode\":\"400\",\"errorMessage\":\"the record is not one object of JSON\"")
                    .containsPattern(
                            "\"rawData\":\"WzNd\",\"esDocumentId\":\".+\",\"esIndexName\":\"docs\",\"esTypeName\":\"\"");
            assertThat(search.documents("docs").values()).containsExactlyInAnyOrder("{\"n\":1}", "{\"n\":2}");
            client.deleteDeliveryStream(r -> r.deliveryStreamName("to-index"));
        }
    }

    @Test
    void anEndpointsRecordsAreKeptUnderPrefixes() throws IOException {
        try (FirehoseEndpoint endpoint = new FirehoseEndpoint()) {
            client.createDeliveryStream(r -> r.deliveryStreamName("to-http")
                    .httpEndpointDestinationConfiguration(h -> h.endpointConfiguration(e -> e.url(endpoint.url()))
                            .bufferingHints(b -> b.sizeInMBs(1).intervalInSeconds(0))
                            .s3BackupMode(HttpEndpointS3BackupMode.ALL_DATA)
                            .processingConfiguration(processors(Processors.of("AppendDelimiterToRecord")))
                            .s3Configuration(S3DestinationConfiguration.builder()
                                    .roleARN(ROLE)
                                    .bucketARN("arn:aws:s3:::kept")
                                    .prefix("all/")
                                    .errorOutputPrefix("bad/!{firehose:error-output-type}/")
                                    .build())));
            put("to-http", "one");
            assertThat(await("kept", "all/20", 4)).isEqualTo("one\n");
            assertThat(endpoint.records()).containsExactly("one\n");
            endpoint.reply(new FirehoseEndpoint.Reply(413, "text/plain", ""));
            put("to-http", "two");
            assertThat(await("kept", "bad/http-endpoint-failed/", 10))
                    .containsPattern("\"rawData\":\"dHdvCg==\",\"subsequenceNumber\":0,\"dataId\":\"\\d{56}\\.0\"");
            client.deleteDeliveryStream(r -> r.deliveryStreamName("to-http"));
        }
    }

    @Test
    void streamsOfPutsAreNotListed() throws IOException {
        engine.streams().create("firehose_own", 1, false);
        create("hidden", bucket -> {});
        try (KinesisClient kinesis = KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "secret")))
                .build()) {
            assertThat(kinesis.listStreams().streamNames())
                    .contains("firehose_own")
                    .doesNotContain("firehose_hidden");
        }
    }

    @Test
    void aStreamMayNotHaveTheNameOfAViewOrTable() {
        try (SqlSession session = engine.open("millrace", "test")) {
            for (String sql : List.of("CREATE STREAM s (n BIGINT)", "CREATE VIEW few AS SELECT n FROM s")) {
                session.execute(session.prepare(sql, List.of()), List.of()).close();
            }
        }
        assertThatThrownBy(() -> engine.streams().create("few", 1, false)).hasMessageContaining("already a view 'few'");
        engine.streams().create("S", 1, false);
    }

    @Test
    void whatIsNotServedIsRefusedWithAWayOut() {
        assertThatThrownBy(() -> create("x", bucket -> bucket.prefix("!{partitionKeyFromQuery:a}/")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("DynamicPartitioningConfiguration");
        assertThatThrownBy(() -> create(
                        "x",
                        bucket -> bucket.prefix("!{partitionKeyFromQuery:a}/")
                                .dynamicPartitioningConfiguration(d -> d.enabled(true))))
                .hasMessageContaining("ErrorOutputPrefix");
        assertThatThrownBy(() -> create(
                        "x",
                        bucket -> bucket.processingConfiguration(
                                processors(Processors.of("Lambda", "LambdaArn=arn:aws:s3:::x")))))
                .hasMessageContaining("no ARN of a function");
        assertThatThrownBy(() -> create("x", bucket -> bucket.s3BackupMode(S3BackupMode.ENABLED)))
                .hasMessageContaining("S3BackupConfiguration");
        assertThat(client.listDeliveryStreams().deliveryStreamNames()).isEmpty();
        assertThat(engine.streams().names()).doesNotContain("firehose_x");
    }
}
