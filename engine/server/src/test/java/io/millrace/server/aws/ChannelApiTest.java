package io.millrace.server.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.ZstdInputStream;
import io.millrace.server.engine.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Channels of Kinesis, by requests as SDKs send them; those of Java do not know them yet. */
@Timeout(60)
class ChannelApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/clicks";

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private Engine engine;
    private AwsGateway gateway;
    private URI endpoint;

    @BeforeEach
    void open() throws Exception {
        engine = Engine.open(directory.resolve("data"));
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        AwsSettings defaults = AwsSettings.of(any);
        gateway = new AwsGateway(
                engine.streams(),
                engine.deliveries(),
                new AwsSettings(
                        any,
                        defaults.account(),
                        defaults.region(),
                        defaults.iteratorLife(),
                        InstantSource.system(),
                        directory.resolve("buckets").toUri() + "/{bucket}",
                        ""));
        endpoint = URI.create("http://127.0.0.1:" + gateway.start().getPort() + "/");
        ok("CreateStream", "{\"StreamName\": \"clicks\", \"StreamModeDetails\": {\"StreamMode\": \"ON_DEMAND\"}}");
    }

    @AfterEach
    void close() {
        gateway.close();
        engine.close();
        http.shutdownNow();
    }

    private HttpResponse<String> call(String operation, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(endpoint)
                        .header("X-Amz-Target", "Kinesis_20131202." + operation)
                        .header("Content-Type", "application/x-amz-json-1.1")
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/kinesis/aws4_request,"
                                        + " SignedHeaders=host, Signature=0")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode ok(String operation, String body) throws Exception {
        HttpResponse<String> response = call(operation, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private void refused(String operation, String body, String type, String message) throws Exception {
        HttpResponse<String> response = call(operation, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode error = JSON.readTree(response.body());
        assertThat(error.path("__type").asText()).isEqualTo(type);
        assertThat(error.path("message").asText()).contains(message);
    }

    private static ObjectNode request(String name, String format) throws IOException {
        return (ObjectNode) JSON.readTree("""
            {"ChannelName": "%s", "ServiceExecutionRoleARN": "arn:aws:iam::000000000000:role/any",
             "StreamConfigurationList": [{"StreamARN": "%s", "RecordConfiguration": {"RecordFormatType": "%s"}}],
             "S3DestinationConfiguration": {"DataFreshnessInSeconds": 1, "StorageConfiguration": {
               "BucketARN": "arn:aws:s3:::lake", "ExpectedBucketOwner": "000000000000", "CompressionType": "NONE"}}}
            """.formatted(name, STREAM, format));
    }

    private static ObjectNode storage(ObjectNode request) {
        return (ObjectNode) request.path("S3DestinationConfiguration").path("StorageConfiguration");
    }

    private void put(String... records) throws Exception {
        for (String record : records) {
            String data = Base64.getEncoder().encodeToString(record.getBytes(StandardCharsets.UTF_8));
            ok("PutRecord", "{\"StreamName\": \"clicks\", \"PartitionKey\": \"k\", \"Data\": \"%s\"}".formatted(data));
        }
    }

    private List<Path> objects(String folder) throws IOException {
        Path root = directory.resolve("buckets/lake");
        Files.createDirectories(root);
        return VisibleFiles.below(root).stream()
                .filter(file -> root.relativize(file).toString().startsWith(folder))
                .toList();
    }

    private List<Path> awaitObjects(String folder) throws Exception {
        while (objects(folder).isEmpty()) {
            Thread.sleep(20);
        }
        return objects(folder);
    }

    @Test
    void recordsFromNowOnGoIntoTheBucketAndThoseThatAreNoJsonIntoTheQueue() throws Exception {
        put("{\"early\": 1}");
        JsonNode made = ok("CreateChannel", request("web", "JSON").toString()).path("ChannelDescription");
        String id = made.path("ChannelId").asText();
        assertThat(made.path("ChannelARN").asText()).isEqualTo("arn:aws:kinesis:us-east-1:000000000000:channel/" + id);
        assertThat(made.path("ChannelStatus").asText()).isEqualTo("ACTIVE");
        JsonNode bucket = made.path("S3DestinationConfiguration");
        assertThat(bucket.path("StorageConfiguration").path("StorageClass").asText())
                .isEqualTo("STANDARD");
        assertThat(bucket.path("StorageConfiguration").path("OutputKeyTemplate").asText())
                .startsWith("kinesis-channel/!{channel-name}/!{channel-id}/!{yyyy}/");
        assertThat(bucket.path("DeadLetterQueueS3Configuration")
                        .path("ErrorOutputPrefix")
                        .asText())
                .isEqualTo("kinesis-channel/errors/web/" + id + "/");
        assertThat(made.path("LoggingConfiguration")
                        .path("CloudWatchLogs")
                        .path("LogGroupName")
                        .asText())
                .isEqualTo("/aws/kinesis/web/" + id);
        put("{\"id\": 1}", "no json", "{\"id\": 2}");
        Path object = awaitObjects("kinesis-channel/web/" + id + "/").getFirst();
        assertThat(directory.resolve("buckets/lake").relativize(object).toString())
                .matches("kinesis-channel/web/" + id + "/\\d{4}/\\d\\d/\\d\\d/\\d\\d/web-" + id
                        + "-\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-.*\\.json");
        List<String> delivered = new ArrayList<>();
        while (delivered.size() < 2) {
            delivered.clear();
            for (Path file : objects("kinesis-channel/web/")) {
                delivered.addAll(Files.readAllLines(file));
            }
        }
        assertThat(delivered).containsExactly("{\"id\": 1}", "{\"id\": 2}");
        assertThat(Files.readString(
                        awaitObjects("kinesis-channel/errors/web/" + id + "/").getFirst()))
                .contains(Base64.getEncoder().encodeToString("no json".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void textAndBytesGoAsTheyAreInTheNamesThatAreGiven() throws Exception {
        ObjectNode text = request("text", "STRING");
        storage(text).put("OutputKeyTemplate", "logs/!{yyyy}/x!{extension}").put("CompressionType", "ZSTD");
        ok("CreateChannel", text.toString());
        ObjectNode bytes = request("bytes", "BYTE_ARRAY");
        storage(bytes).put("OutputKeyTemplate", "raw/");
        ok("CreateChannel", bytes.toString());
        put("a");
        Path line = awaitObjects("logs/").getFirst();
        assertThat(line.getFileName().toString()).startsWith("x-").endsWith(".txt.zst");
        try (ZstdInputStream in = new ZstdInputStream(Files.newInputStream(line))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("a\n");
        }
        assertThat(Files.readString(awaitObjects("raw/").getFirst())).isEqualTo("a");
    }

    @Test
    void channelsAreListedChangedAndDeletedApartFromDeliveryStreams() throws Exception {
        for (String name : List.of("b", "a", "c")) {
            ok("CreateChannel", request(name, "STRING").toString());
        }
        ok("CreateStream", "{\"StreamName\": \"other\", \"ShardCount\": 1}");
        JsonNode page = ok("ListChannels", "{\"MaxResults\": 2}");
        assertThat(page.path("ChannelSummaries").findValuesAsText("ChannelName"))
                .containsExactly("a", "b");
        JsonNode rest =
                ok("ListChannels", "{\"NextToken\": \"" + page.path("NextToken").asText() + "\"}");
        assertThat(rest.path("ChannelSummaries").findValuesAsText("ChannelName"))
                .containsExactly("c");
        assertThat(rest.has("NextToken")).isFalse();
        String filter = "{\"StreamFilter\": [{\"StreamARN\": \"%s\"}]}";
        assertThat(ok("ListChannels", filter.formatted(STREAM)).path("ChannelSummaries"))
                .hasSize(3);
        assertThat(ok("ListChannels", filter.formatted(STREAM.replace("clicks", "other")))
                        .path("ChannelSummaries"))
                .isEmpty();
        String arn = page.path("ChannelSummaries").get(0).path("ChannelARN").asText();
        JsonNode changed = ok(
                "UpdateChannel",
                "{\"ChannelARN\": \"" + arn + "\", \"S3DestinationConfiguration\": {\"DataFreshnessInSeconds\": 600},"
                        + " \"LoggingConfiguration\": {\"CloudWatchLogs\": {\"Enabled\": true}}}");
        assertThat(ok("DescribeChannel", "{\"ChannelARN\": \"" + arn + "\"}")).isEqualTo(changed);
        JsonNode description = changed.path("ChannelDescription");
        assertThat(description
                        .path("S3DestinationConfiguration")
                        .path("DataFreshnessInSeconds")
                        .asInt())
                .isEqualTo(600);
        assertThat(description
                        .path("LoggingConfiguration")
                        .path("CloudWatchLogs")
                        .path("Enabled")
                        .asBoolean())
                .isTrue();
        assertThat(engine.deliveries().describe("a").options().get("roll_interval", ""))
                .isEqualTo("600 s");
        refused("DeleteStream", "{\"StreamName\": \"clicks\"}", "ResourceInUseException", "clicks");
        ok("DeleteChannel", "{\"ChannelARN\": \"" + arn + "\"}");
        refused("DescribeChannel", "{\"ChannelARN\": \"" + arn + "\"}", "ResourceNotFoundException", "not found");
        assertThat(engine.deliveries().names()).doesNotContain("a");
    }

    @Test
    void whatIsNotServedIsRefusedByName() throws Exception {
        refused("CreateChannel", "{}", "ValidationException", "at 'channelName' failed to satisfy constraint");
        ObjectNode request = request("web", "STRING");
        refused(
                "CreateChannel",
                request.toString().replace("clicks", "nosuch"),
                "ResourceNotFoundException",
                "Stream nosuch under account");
        storage(request).put("OutputKeyTemplate", "x/!{shard}/");
        refused("CreateChannel", request.toString(), "InvalidArgumentException", "OutputKeyTemplate has !{shard}");
        ObjectNode queue = request("web", "STRING");
        ((ObjectNode) queue.path("S3DestinationConfiguration"))
                .putObject("DeadLetterQueueS3Configuration")
                .put("BucketARN", "arn:aws:s3:::other")
                .put("ExpectedBucketOwner", "000000000000");
        refused("CreateChannel", queue.toString(), "InvalidArgumentException", "is in the destination's bucket here");
        ObjectNode tables = request("web", "STRING");
        tables.set("S3TablesDestinationConfiguration", tables.remove("S3DestinationConfiguration"));
        refused("CreateChannel", tables.toString(), "InvalidArgumentException", "CREATE DELIVERY");
        ok("CreateChannel", request("web", "STRING").toString());
        refused("CreateChannel", request("web", "STRING").toString(), "ResourceInUseException", "already exists");
        refused(
                "CreateChannel",
                request("x".repeat(100), "STRING").toString(),
                "InvalidArgumentException",
                "too long where buckets are folders");
    }
}
