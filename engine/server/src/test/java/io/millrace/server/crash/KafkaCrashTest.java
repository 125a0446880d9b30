package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.KafkaServer;
import io.millrace.testing.server.KilledServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows that go into a topic of Kafka are there exactly once for those who read what is committed. */
class KafkaCrashTest extends DeliveryCrashTest {

    @Override
    void deliver(int kills) throws Exception {
        try (KafkaServer kafka = KafkaServer.start();
                KilledServer server = new KilledServer(directory.resolve("data"), seed, 10)) {
            kafka.create("events", 3, Map.of());
            server.execute("CREATE DELIVERY d FROM events TO '" + kafka.url("events")
                    + "' WITH (key = 'k', format = 'csv', roll_interval = '30 ms')");
            server.survive(kills, Duration.ofMillis(200), Duration.ofMillis(800));
            server.awaitDelivered(1, "exactly-once");
            check(kafka, server.rows());
        }
    }

    private void check(KafkaServer kafka, int rows) {
        List<Integer> ids = kafka.records("events").stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .map(line -> Integer.valueOf(line.substring(0, line.indexOf(','))))
                .sorted()
                .toList();
        assertThat(ids)
                .as("seed %s", seed)
                .isEqualTo(IntStream.range(0, rows).boxed().toList());
    }
}
