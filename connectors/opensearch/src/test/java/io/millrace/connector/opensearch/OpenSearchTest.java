package io.millrace.connector.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.format.json.JsonFormat;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.Origins;
import io.millrace.testing.connector.Receivers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/** The real OpenSearch, in this process, takes what we send. */
@Tag("slow")
class OpenSearchTest {

    private static final RowType TYPE =
            RowType.of(Field.nullable("id", DataType.BIGINT), Field.nullable("seen", DataType.VARCHAR));

    @TempDir
    static Path home;

    private static Embedded node;
    private static String server;

    /** A node with the plugin that listens for HTTP. */
    private static final class Embedded extends Node {
        Embedded(Environment environment) {
            super(
                    environment,
                    List.of(new PluginInfo(
                            "transport-netty4",
                            "listens for HTTP",
                            "1",
                            Version.CURRENT,
                            "21",
                            Netty4ModulePlugin.class.getName(),
                            null,
                            List.of(),
                            false)),
                    true);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Settings settings = Settings.builder()
                .put("path.home", home.toString())
                .put("cluster.name", "test")
                .put("node.name", "test")
                .put("discovery.type", "single-node")
                .put("network.host", "127.0.0.1")
                .put("http.port", "0")
                .put("transport.port", "0")
                .put("transport.type", "netty4")
                .put("http.type", "netty4")
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build();
        node = new Embedded(new Environment(settings, home.resolve("config")));
        node.start();
        int port = node.injector()
                .getInstance(HttpServerTransport.class)
                .boundAddress()
                .publishAddress()
                .getPort();
        server = "127.0.0.1:" + port;
    }

    @AfterAll
    static void stop() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    private static RowReceiver open(String index, String... options) {
        return (RowReceiver) Receivers.open(
                new IndexFactory(), "a", "opensearch+http://" + server + "/" + index, TYPE, new JsonFormat(), options);
    }

    private static JsonNode get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://" + server + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new ObjectMapper().readTree(response.body());
        }
    }

    private static long count(String index) throws Exception {
        get("/" + index + "/_refresh");
        return get("/" + index + "/_count").path("count").asLong();
    }

    private static List<@Nullable Object> row(long id, @Nullable String seen) {
        return Arrays.asList(id, seen);
    }

    @Test
    void aBatchThatIsSentAgainIsThereOnce() throws Exception {
        try (RowReceiver receiver = open("once")) {
            receiver.check();
            for (int i = 0; i < 2; i++) {
                assertThat(receiver.receive(
                                new BatchName("f", 0), Origins.rows(TYPE, row(1, "2026-01-31"), row(2, null))))
                        .isEmpty();
            }
        }
        assertThat(count("once")).isEqualTo(2);
        assertThat(get("/once/_doc/quakes:shard:1").path("_source").path("id").asLong())
                .isEqualTo(2);
    }

    @Test
    void aDocumentThatDoesNotFitItsMappingIsRefusedAlone() throws Exception {
        try (RowReceiver receiver = open("mapped", "key", "id")) {
            // The first document makes the field a date.
            receiver.receive(new BatchName("f", 0), Origins.rows(TYPE, row(1, "2026-01-31")));
            List<Refusal> refusals = receiver.receive(
                    new BatchName("f", 1), Origins.rows(TYPE, row(2, "no date"), row(1, "2026-02-01")));
            assertThat(refusals).singleElement().satisfies(refusal -> {
                assertThat(refusal.record()).isZero();
                assertThat(refusal.reason()).contains("failed to parse");
            });
        }
        assertThat(count("mapped")).isEqualTo(1);
        assertThat(get("/mapped/_doc/1").path("_source").path("seen").asText()).isEqualTo("2026-02-01");
    }

    @Test
    void indexesFollowOneAnother() throws Exception {
        try (RowReceiver receiver = open("rotated", "index_rotation", "OneDay")) {
            receiver.receive(new BatchName("f", 0), Origins.rows(TYPE, row(1, null)));
        }
        assertThat(count("rotated-2026-01-01")).isEqualTo(1);
    }
}
