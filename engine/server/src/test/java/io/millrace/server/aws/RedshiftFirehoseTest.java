package io.millrace.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.connector.s3.S3StoreFactory;
import io.millrace.server.engine.Engine;
import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.testing.connector.BucketServer;
import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.redshift.RedshiftDoor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.FirehoseException;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.RedshiftDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.RedshiftDestinationDescription;

/** Firehose onto Redshift as its SDK asks for it, with PostgreSQL in Redshift's place and a bucket in memory. */
final class RedshiftFirehoseTest {

    private static final String ROLE = "arn:aws:iam::000000000000:role/any";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Map<String, String> before = new TreeMap<>();
    private PostgresServer database;
    private BucketServer bucket;
    private RedshiftDoor door;
    private Engine engine;
    private FirehoseDoor firehose;
    private FirehoseClient client;

    @BeforeEach
    void start() throws Exception {
        assumeThat(PostgresServer.installed()).as("PostgreSQL is installed").isTrue();
        database = PostgresServer.start();
        database.execute(RedshiftDoor.SCHEMA.toArray(String[]::new));
        database.execute("CREATE TABLE clicks (page varchar(20), n int)");
        bucket = BucketServer.start();
        door = new RedshiftDoor(database.port(), "http://127.0.0.1:" + bucket.openPort());
        Map.of(
                        "aws.endpointUrlS3",
                        bucket.endpoint(),
                        "aws.region",
                        "us-east-1",
                        "aws.accessKeyId",
                        BucketServer.ACCESS_KEY_ID,
                        "aws.secretAccessKey",
                        BucketServer.SECRET_ACCESS_KEY)
                .forEach((name, value) -> before.put(name, String.valueOf(System.setProperty(name, value))));
        engine = Engine.open(directory.resolve("data"));
        serve("s3://{bucket}");
    }

    private void serve(String buckets) {
        firehose = new FirehoseDoor(engine, buckets, "");
        client = firehose.client();
    }

    @AfterEach
    void stop() throws Exception {
        if (client == null) {
            return;
        }
        firehose.close();
        engine.close();
        before.forEach((name, value) -> {
            if (value.equals("null")) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
        door.close();
        bucket.close();
        database.close();
    }

    private RedshiftDestinationConfiguration.Builder destination() {
        return RedshiftDestinationConfiguration.builder()
                .roleARN(ROLE)
                .clusterJDBCURL("jdbc:" + door.url())
                .username("millrace")
                .password("sesame")
                .copyCommand(c ->
                        c.dataTableName("clicks").dataTableColumns("page, n").copyOptions("JSON 'auto'"))
                .s3Configuration(s -> s.roleARN(ROLE)
                        .bucketARN("arn:aws:s3:::" + BucketServer.NAME)
                        .prefix("clicks/")
                        .compressionFormat(CompressionFormat.GZIP)
                        .bufferingHints(b -> b.sizeInMBs(1).intervalInSeconds(0)));
    }

    private void put(String... records) {
        List<Record> all = Stream.of(records)
                .map(data ->
                        Record.builder().data(SdkBytes.fromUtf8String(data)).build())
                .toList();
        assertThat(client.putRecordBatch(r -> r.deliveryStreamName("clicks").records(all))
                        .failedPutCount())
                .isZero();
    }

    private List<String> rows(int count) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        List<String> rows = database.rows("SELECT page, n FROM clicks ORDER BY n");
        while (rows.size() < count && Instant.now().isBefore(end)) {
            Thread.sleep(20);
            rows = database.rows("SELECT page, n FROM clicks ORDER BY n");
        }
        return rows;
    }

    private DeliveryStreamDescription describe() {
        return client.describeDeliveryStream(r -> r.deliveryStreamName("clicks"))
                .deliveryStreamDescription();
    }

    @Test
    void recordsAreLoadedByTheCopyCommand() throws Exception {
        client.createDeliveryStream(r -> r.deliveryStreamName("clicks")
                .redshiftDestinationConfiguration(destination().build()));
        put("{\"page\": \"/\", \"n\": 1}", "{\"n\": 2, \"page\": \"/a\"}");
        assertThat(rows(2)).containsExactly("/|1", "/a|2");
        assertThat(door.loads().getFirst())
                .matches("COPY clicks \\(page, n\\) FROM 's3://lake/clicks/\\S+\\.manifest' IAM_ROLE '" + ROLE
                        + "' MANIFEST JSON 'auto' GZIP");
        RedshiftDestinationDescription described =
                describe().destinations().getFirst().redshiftDestinationDescription();
        assertThat(described.clusterJDBCURL()).isEqualTo("jdbc:" + door.url());
        assertThat(described.copyCommand().dataTableName()).isEqualTo("clicks");
        assertThat(described.retryOptions().durationInSeconds()).isEqualTo(3600);
        assertThat(described.s3BackupModeAsString()).isEqualTo("Disabled");
        assertThat(described.s3DestinationDescription().prefix()).isEqualTo("clicks/");
        assertThat(describe().toString()).doesNotContain("sesame");
    }

    @Test
    void anUpdateGoesOnWhereItWas() throws Exception {
        client.createDeliveryStream(r -> r.deliveryStreamName("clicks")
                .redshiftDestinationConfiguration(destination().build()));
        put("{\"page\": \"/\", \"n\": 1}");
        assertThat(rows(1)).hasSize(1);
        client.updateDestination(r -> r.deliveryStreamName("clicks")
                .currentDeliveryStreamVersionId(describe().versionId())
                .destinationId(describe().destinations().getFirst().destinationId())
                .redshiftDestinationUpdate(u -> u.copyCommand(c ->
                                c.dataTableName("clicks").dataTableColumns("n").copyOptions("JSON 'auto'"))
                        .retryOptions(o -> o.durationInSeconds(0))));
        put("{\"page\": \"/\", \"n\": 2}");
        assertThat(rows(2)).containsExactly("/|1", "null|2");
        assertThat(describe()
                        .destinations()
                        .getFirst()
                        .redshiftDestinationDescription()
                        .retryOptions()
                        .durationInSeconds())
                .isZero();
    }

    @Test
    void whatIsNotLoadedInTimeGoesToTheBucket() throws Exception {
        client.createDeliveryStream(r -> r.deliveryStreamName("clicks")
                .redshiftDestinationConfiguration(
                        destination().retryOptions(o -> o.durationInSeconds(0)).build()));
        put("{\"page\": \"/a page of more than twenty\", \"n\": 1}");
        Instant end = Instant.now().plus(PATIENCE);
        while (failed().isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(20);
        }
        assertThat(failed()).isNotEmpty();
        put("{\"page\": \"/\", \"n\": 2}");
        assertThat(rows(1)).containsExactly("/|2");
    }

    private List<String> failed() {
        try (ObjectStore store =
                new S3StoreFactory().open(URI.create("s3://" + BucketServer.NAME + "/"), Options.NONE)) {
            return store.list("").stream()
                    .filter(key -> key.contains("redshift-failed/"))
                    .toList();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertRefused("no URL such as jdbc:redshift", destination().clusterJDBCURL("http://x"));
        assertRefused(
                "Prefix may have no expressions",
                destination()
                        .s3Configuration(s ->
                                s.roleARN(ROLE).bucketARN("arn:aws:s3:::lake").prefix("!{timestamp:yyyy}/")));
        assertRefused(
                "Prefix has a blank",
                destination()
                        .s3Configuration(s ->
                                s.roleARN(ROLE).bucketARN("arn:aws:s3:::lake").prefix("new clicks/")));
        assertRefused(
                "enum value set: [UNCOMPRESSED, GZIP]",
                destination()
                        .s3Configuration(s -> s.roleARN(ROLE)
                                .bucketARN("arn:aws:s3:::lake")
                                .compressionFormat(CompressionFormat.ZIP)));
        firehose.close();
        serve(directory.resolve("buckets").toUri() + "/{bucket}");
        assertRefused("firehose-buckets", destination());
    }

    private void assertRefused(String words, RedshiftDestinationConfiguration.Builder destination) {
        assertThatThrownBy(() -> client.createDeliveryStream(
                        r -> r.deliveryStreamName("clicks").redshiftDestinationConfiguration(destination.build())))
                .isInstanceOf(FirehoseException.class)
                .hasMessageContaining(words);
    }
}
