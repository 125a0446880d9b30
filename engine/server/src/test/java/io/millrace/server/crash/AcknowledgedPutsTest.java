package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.server.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** What the record API has acknowledged is there after {@code kill -9}: once, and in order per shard. */
class AcknowledgedPutsTest {

    private static final int PRODUCERS = 4;
    private static final int SHARDS = 4;

    @TempDir
    Path data;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final AtomicLong nextNumber = new AtomicLong();
    private final ConcurrentLinkedQueue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();

    /** A record that was acknowledged: the number in it, and where it is said to be. */
    private record Acknowledged(long number, String shard, String sequence) {}

    @Test
    void surviveTwoKills() throws Exception {
        putWhileKilling(2, 20_000);
    }

    @Test
    @Tag("slow")
    void amongAMillionSurviveTwentyKills() throws Exception {
        putWhileKilling(20, 1_000_000);
    }

    private void putWhileKilling(int kills, int recordsMin) throws Exception {
        Random random = new Random(seed);
        System.out.println("seed " + seed);
        try (ServerProcess first = ServerProcess.start(data);
                KinesisClient client = client(first.aws())) {
            client.createStream(r -> r.streamName("s").shardCount(SHARDS));
            putUntilKilled(first, random, recordsMin / (kills + 1));
        }
        for (int i = 1; i < kills; i++) {
            try (ServerProcess server = ServerProcess.start(data)) {
                putUntilKilled(server, random, recordsMin / (kills + 1) * (i + 1));
            }
        }
        try (ServerProcess server = ServerProcess.start(data);
                KinesisClient client = client(server.aws())) {
            putUntil(server, recordsMin);
            check(client);
            assertThat(server.stop()).isZero();
        }
    }

    /** Puts from several producers and kills the server at a random moment after so many acknowledged records. */
    private void putUntilKilled(ServerProcess server, Random random, int acknowledgedMin) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> producers = startProducers(server.aws(), stop);
        while (acknowledged.size() < acknowledgedMin) {
            Thread.sleep(Duration.ofMillis(5));
        }
        Thread.sleep(Duration.ofMillis(random.nextInt(400)));
        server.kill();
        stop.set(true);
        join(producers);
    }

    private void putUntil(ServerProcess server, int acknowledgedMin) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> producers = startProducers(server.aws(), stop);
        while (acknowledged.size() < acknowledgedMin) {
            Thread.sleep(Duration.ofMillis(5));
        }
        stop.set(true);
        join(producers);
    }

    private List<Thread> startProducers(URI aws, AtomicBoolean stop) {
        List<Thread> producers = new ArrayList<>();
        for (int i = 0; i < PRODUCERS; i++) {
            producers.add(Thread.ofPlatform().start(() -> produce(aws, stop)));
        }
        return producers;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void produce(URI aws, AtomicBoolean stop) {
        try (KinesisClient client = client(aws)) {
            while (!stop.get()) {
                List<Long> numbers = new ArrayList<>();
                List<PutRecordsRequestEntry> records = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    long number = nextNumber.getAndIncrement();
                    numbers.add(number);
                    records.add(PutRecordsRequestEntry.builder()
                            .partitionKey("key " + number)
                            .data(SdkBytes.fromUtf8String(number + " " + "x".repeat(60)))
                            .build());
                }
                PutRecordsResponse response =
                        client.putRecords(r -> r.streamName("s").records(records));
                for (int i = 0; i < numbers.size(); i++) {
                    PutRecordsResultEntry result = response.records().get(i);
                    if (result.errorCode() == null) {
                        acknowledged.add(new Acknowledged(numbers.get(i), result.shardId(), result.sequenceNumber()));
                    }
                }
            }
        } catch (SdkException e) {
            // The server was killed: what it had not acknowledged may be there or not.
        }
    }

    private void check(KinesisClient client) throws IOException {
        Map<String, Long> numberAt = new HashMap<>();
        Map<Long, Integer> times = new HashMap<>();
        for (Shard shard : client.listShards(r -> r.streamName("s")).shards()) {
            readShard(client, shard.shardId(), numberAt, times);
        }
        for (Acknowledged record : acknowledged) {
            assertThat(numberAt.get(record.shard() + record.sequence()))
                    .as("record %s (seed %s)", record, seed)
                    .isEqualTo(record.number());
            assertThat(times.get(record.number())).isEqualTo(1);
        }
        System.out.println(acknowledged.size() + " acknowledged records, all there once");
    }

    private static void readShard(
            KinesisClient client, String shard, Map<String, Long> numberAt, Map<Long, Integer> times) {
        String iterator = client.getShardIterator(
                        r -> r.streamName("s").shardId(shard).shardIteratorType("TRIM_HORIZON"))
                .shardIterator();
        String last = "";
        while (true) {
            String from = iterator;
            GetRecordsResponse page = client.getRecords(r -> r.shardIterator(from));
            for (var record : page.records()) {
                String text = record.data().asString(StandardCharsets.UTF_8);
                long number = Long.parseLong(text.substring(0, text.indexOf(' ')));
                assertThat(record.sequenceNumber()).isGreaterThan(last);
                last = record.sequenceNumber();
                numberAt.put(shard + last, number);
                times.merge(number, 1, Integer::sum);
            }
            if (page.records().isEmpty() && page.millisBehindLatest() == 0) {
                return;
            }
            iterator = page.nextShardIterator();
        }
    }

    private static KinesisClient client(URI endpoint) {
        return KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(
                        c -> c.retryStrategy(software.amazon.awssdk.awscore.retry.AwsRetryStrategy.doNotRetry()))
                .build();
    }
}
