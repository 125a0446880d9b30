package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.FirehoseEndpoint;
import io.millrace.testing.connector.SearchServer;
import io.millrace.testing.connector.SplunkServer;
import io.millrace.testing.server.KilledServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Rows that go to services are all there, though the server is killed at random moments. The endpoint of Firehose's
 * protocol, the index and the collection of MongoDB's protocol have each once, since what is sent again has its id;
 * Splunk's collector knows no ids.
 */
class ReceiverCrashTest extends DeliveryCrashTest {

    private static final Pattern ID = Pattern.compile("\"id\": ?(\\d+)");
    private static final Pattern KEY = Pattern.compile("\"_id\": \"m:([^\"]+)\"");

    @Override
    void deliver(int kills) throws Exception {
        try (KilledServer server = new KilledServer(directory.resolve("data"), seed, 7);
                FirehoseEndpoint endpoint = new FirehoseEndpoint();
                SearchServer search = new SearchServer(1 << 20);
                SplunkServer splunk = new SplunkServer(1 << 20);
                ForgetfulDocuments documents = new ForgetfulDocuments()) {
            deliver(server, "h", "'" + endpoint.url() + "' WITH (");
            deliver(server, "o", "'" + search.url("events") + "' WITH (");
            deliver(server, "s", "'" + splunk.url() + "' WITH (token = 'token', ");
            deliver(server, "m", "'" + documents.url() + "' WITH (collection = 'events', ");
            server.survive(kills, Duration.ofMillis(200), Duration.ofMillis(800));
            server.awaitDelivered(4, "at-least-once");
            int rows = server.rows();
            List<Integer> all = IntStream.range(0, rows).boxed().toList();
            assertThat(ids(endpoint.records())).as("endpoint, seed %s", seed).isEqualTo(all);
            assertThat(ids(search.documents("events").values()))
                    .as("index, seed %s", seed)
                    .isEqualTo(all);
            assertThat(documents.forgotten()).as("writes that came again").isPositive();
            checkDocuments(documents.documents("events"), all);
            List<Integer> collected = ids(splunk.indexed());
            assertThat(collected.stream().distinct().toList())
                    .as("collector, seed %s", seed)
                    .isEqualTo(all);
            System.out.println(rows + " rows, " + kills + " kills, " + endpoint.requests() + " requests, "
                    + (collected.size() - rows) + " rows twice in the collector");
        }
    }

    private static void deliver(KilledServer server, String name, String to) throws SQLException {
        server.execute("CREATE DELIVERY " + name + " FROM events TO " + to + "roll_interval = '30 ms')");
    }

    /** A row sent again under another key would be another document, and each third write is sent again. */
    private void checkDocuments(List<String> documents, List<Integer> all) {
        assertThat(ids(documents)).as("collection, seed %s", seed).isEqualTo(all);
        assertThat(documents.stream().filter(document -> KEY.matcher(document).find()))
                .as("keys made of shard and number, seed %s", seed)
                .hasSize(all.size());
    }

    private static List<Integer> ids(Collection<String> records) {
        return records.stream()
                .flatMap(record -> ID.matcher(record).results())
                .map(id -> Integer.valueOf(id.group(1)))
                .sorted()
                .toList();
    }
}
