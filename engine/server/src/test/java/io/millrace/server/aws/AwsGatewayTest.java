package io.millrace.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** The door as real clients use it: the Java SDK (CBOR; HTTP/1.1 and HTTP/2) and the AWS CLI (JSON). */
class AwsGatewayTest {

    @TempDir
    Path directory;

    private LoggedStreams streams;
    private AwsGateway gateway;
    private URI endpoint;
    private final AdjustableClock clock = new AdjustableClock(Instant.now());

    @BeforeEach
    void open() {
        streams = new LoggedStreams(directory);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        AwsSettings defaults = AwsSettings.of(any);
        gateway = new AwsGateway(
                streams,
                new NoDeliveries(),
                new AwsSettings(
                        any,
                        defaults.account(),
                        defaults.region(),
                        defaults.iteratorLife(),
                        clock,
                        defaults.buckets(),
                        defaults.functions()));
        endpoint = URI.create("http://127.0.0.1:" + gateway.start().getPort());
    }

    @AfterEach
    void close() {
        gateway.close();
        streams.close();
    }

    @Test
    void theSyncClientPutsAndGetsRecords() {
        try (KinesisClient client = syncClient()) {
            client.createStream(request -> request.streamName("orders").shardCount(4));
            StreamDescriptionSummary summary =
                    client.describeStreamSummary(r -> r.streamName("orders")).streamDescriptionSummary();
            assertThat(summary.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
            assertThat(summary.openShardCount()).isEqualTo(4);
            assertThat(summary.streamARN()).isEqualTo("arn:aws:kinesis:eu-west-1:000000000000:stream/orders");
            assertThat(summary.streamCreationTimestamp())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            assertThat(client.listStreams().streamNames()).containsExactly("orders");
            assertThat(client.waiter()
                            .waitUntilStreamExists(r -> r.streamName("orders"))
                            .matched()
                            .response())
                    .isPresent();

            PutRecordsResponse put =
                    client.putRecords(r -> r.streamName("orders").records(entries(100)));
            assertThat(put.failedRecordCount()).isZero();
            assertThat(put.records()).hasSize(100);

            List<String> read = readAll(client, "orders");
            assertThat(read)
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100)
                            .mapToObj(i -> "payload " + i)
                            .toList());
        }
    }

    @Test
    void theAsyncClientSpeaksHttp2() throws Exception {
        try (KinesisAsyncClient client = KinesisAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(credentials())
                .build()) {
            client.createStream(r -> r.streamName("async").streamModeDetails(m -> m.streamMode(StreamMode.ON_DEMAND)))
                    .get(30, TimeUnit.SECONDS);
            String sequence = client.putRecord(
                            r -> r.streamName("async").partitionKey("k").data(SdkBytes.fromUtf8String("hello")))
                    .get(30, TimeUnit.SECONDS)
                    .sequenceNumber();
            assertThat(sequence).hasSize(56);
            assertThat(client.listShards(r -> r.streamName("async"))
                            .get(30, TimeUnit.SECONDS)
                            .shards())
                    .hasSize(4);
            String shard = client.putRecord(
                            r -> r.streamName("async").partitionKey("k").data(SdkBytes.fromUtf8String("again")))
                    .get(30, TimeUnit.SECONDS)
                    .shardId();
            String iterator = client.getShardIterator(r -> r.streamName("async")
                            .shardId(shard)
                            .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                            .startingSequenceNumber(sequence))
                    .get(30, TimeUnit.SECONDS)
                    .shardIterator();
            List<Record> records = client.getRecords(r -> r.shardIterator(iterator))
                    .get(30, TimeUnit.SECONDS)
                    .records();
            assertThat(records).extracting(r -> r.data().asUtf8String()).containsExactly("again");
        }
    }

    @Test
    void iteratorsStandWhereTheyWereAsked() {
        try (KinesisClient client = syncClient()) {
            client.createStream(r -> r.streamName("s").shardCount(1));
            String first = put(client, "s", "one");
            put(client, "s", "two");
            String shard = "shardId-000000000000";
            assertThat(read(client, "s", shard, ShardIteratorType.AT_SEQUENCE_NUMBER, first))
                    .containsExactly("one", "two");
            assertThat(read(client, "s", shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, first))
                    .containsExactly("two");
            assertThat(read(client, "s", "shard-0", ShardIteratorType.LATEST, null))
                    .isEmpty();
            String since = client.getShardIterator(r -> r.streamName("s")
                            .shardId(shard)
                            .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                            .timestamp(Instant.now().minusSeconds(3600)))
                    .shardIterator();
            assertThat(client.getRecords(r -> r.shardIterator(since)).records()).hasSize(2);
            GetRecordsResponse part =
                    client.getRecords(r -> r.shardIterator(since).limit(1));
            assertThat(part.records()).hasSize(1);
            assertThat(part.millisBehindLatest()).isPositive();
            GetRecordsResponse rest = client.getRecords(r -> r.shardIterator(part.nextShardIterator()));
            assertThat(rest.records()).extracting(r -> r.data().asUtf8String()).containsExactly("two");
            assertThat(rest.millisBehindLatest()).isZero();
        }
    }

    @Test
    void anExplicitHashKeyOverrulesThePartitionKey() {
        try (KinesisClient client = syncClient()) {
            client.createStream(r -> r.streamName("s").shardCount(4));
            List<Shard> shards = client.listShards(r -> r.streamName("s")).shards();
            for (Shard shard : shards) {
                assertThat(client.putRecord(r -> r.streamName("s")
                                        .partitionKey("same")
                                        .explicitHashKey(shard.hashKeyRange().startingHashKey())
                                        .data(SdkBytes.fromUtf8String("x")))
                                .shardId())
                        .isEqualTo(shard.shardId());
            }
        }
    }

    @Test
    void mistakesAreNamedAsTheServiceNamesThem() {
        try (KinesisClient client = syncClient()) {
            client.createStream(r -> r.streamName("s").shardCount(1));
            assertThatThrownBy(() -> client.createStream(r -> r.streamName("s").shardCount(1)))
                    .isInstanceOf(ResourceInUseException.class)
                    .hasMessageContaining("Stream s under account 000000000000 already exists.");
            assertThatThrownBy(() -> client.describeStream(r -> r.streamName("none")))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("Stream none under account 000000000000 not found.");
            assertThatThrownBy(() -> client.getRecords(r -> r.shardIterator("AAAA")))
                    .isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> client.putRecord(
                            r -> r.streamName("s").partitionKey("k".repeat(257)).data(SdkBytes.fromUtf8String("x"))))
                    .isInstanceOf(KinesisException.class)
                    .hasMessageContaining("1 validation error detected")
                    .hasMessageContaining("at 'partitionKey' failed to satisfy constraint: Member must have length"
                            + " less than or equal to 256");
            assertThatThrownBy(() -> client.putRecord(r ->
                            r.streamName("s").partitionKey("k").data(SdkBytes.fromByteArray(new byte[(1 << 20) + 1]))))
                    .isInstanceOf(KinesisException.class);
            String iterator = client.getShardIterator(r ->
                            r.streamName("s").shardId("shardId-000000000000").shardIteratorType("TRIM_HORIZON"))
                    .shardIterator();
            clock.advance(java.time.Duration.ofSeconds(301));
            assertThatThrownBy(() -> client.getRecords(r -> r.shardIterator(iterator)))
                    .isInstanceOf(ExpiredIteratorException.class);
            client.deleteStream(r -> r.streamName("s"));
            assertThat(client.listStreams().streamNames()).isEmpty();
        }
    }

    @Test
    void theCommandLineClientSpeaksJson() throws Exception {
        Assumptions.assumeTrue(works("aws", "--version"), "skipped: the AWS CLI is not installed");
        aws("create-stream", "--stream-name", "cli", "--shard-count", "2");
        assertThat(aws("list-shards", "--stream-name", "cli")).contains("shardId-000000000001");
        String data = java.util.Base64.getEncoder().encodeToString("from the shell".getBytes(StandardCharsets.UTF_8));
        String put = aws("put-record", "--stream-name", "cli", "--partition-key", "k", "--data", data);
        String shard = put.contains("shardId-000000000000") ? "shardId-000000000000" : "shardId-000000000001";
        String iterator = aws(
                        "get-shard-iterator",
                        "--stream-name",
                        "cli",
                        "--shard-id",
                        shard,
                        "--shard-iterator-type",
                        "TRIM_HORIZON",
                        "--output",
                        "text")
                .trim();
        // Version 1 of the client takes the text for the bytes, version 2 takes it for base64.
        String again = java.util.Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));
        assertThat(aws("get-records", "--shard-iterator", iterator))
                .containsAnyOf("\"" + data + "\"", "\"" + again + "\"")
                .contains("MillisBehindLatest");
    }

    private String aws(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("aws", "kinesis"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--endpoint-url", endpoint.toString(), "--region", "us-east-1", "--no-sign-request"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private KinesisClient syncClient() {
        return KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(credentials())
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
    }

    private static List<PutRecordsRequestEntry> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> PutRecordsRequestEntry.builder()
                        .partitionKey("key " + i)
                        .data(SdkBytes.fromUtf8String("payload " + i))
                        .build())
                .toList();
    }

    private static String put(KinesisClient client, String stream, String text) {
        return client.putRecord(r -> r.streamName(stream).partitionKey("k").data(SdkBytes.fromUtf8String(text)))
                .sequenceNumber();
    }

    private static List<String> read(
            KinesisClient client, String stream, String shard, ShardIteratorType type, String sequence) {
        String iterator = client.getShardIterator(r -> r.streamName(stream)
                        .shardId(shard)
                        .shardIteratorType(type)
                        .startingSequenceNumber(sequence))
                .shardIterator();
        return client.getRecords(r -> r.shardIterator(iterator)).records().stream()
                .map(record -> record.data().asUtf8String())
                .toList();
    }

    private static List<String> readAll(KinesisClient client, String stream) {
        List<String> all = new ArrayList<>();
        for (Shard shard : client.listShards(r -> r.streamName(stream)).shards()) {
            all.addAll(read(client, stream, shard.shardId(), ShardIteratorType.TRIM_HORIZON, null));
        }
        return all;
    }
}
