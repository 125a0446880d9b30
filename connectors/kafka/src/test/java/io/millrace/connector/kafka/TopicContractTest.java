package io.millrace.connector.kafka;

import io.millrace.format.json.JsonFormat;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.format.RecordFormat;
import io.millrace.testing.connector.KafkaServer;
import io.millrace.testing.contract.RowReceiverContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Topics as receivers. */
class TopicContractTest extends RowReceiverContract {

    private static KafkaServer server;
    private static int topics;

    private String topic;

    @BeforeAll
    static void start() throws Exception {
        server = KafkaServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void create() throws Exception {
        // A sender's group is by its name, which is the same in each test; so the names of files are told apart by
        // topic.
        topic = "topic-" + topics++;
        server.create(topic, 2, Map.of());
    }

    @Override
    protected ReceiverFactory factory() {
        return new TopicFactory();
    }

    @Override
    protected String url() {
        return server.url(topic);
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("record_bytes_max", "2 KB");
    }

    @Override
    protected RecordFormat json() {
        return new JsonFormat();
    }

    @Override
    protected List<Long> taken() {
        return server.records(topic).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8).replaceAll("\\D*(\\d+).*", "$1"))
                .map(Long::valueOf)
                .toList();
    }

    @Override
    protected List<? extends @Nullable Object> poison() {
        return List.of(2L, "x".repeat(5_000));
    }
}
