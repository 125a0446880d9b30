package io.millrace.connector.splunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.format.json.JsonFormat;
import io.millrace.spi.Options;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.connector.ReceiverSetup;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.Origins;
import io.millrace.testing.connector.Receivers;
import io.millrace.testing.connector.SplunkServer;
import io.millrace.testing.connector.SplunkServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes to an event collector, and what its answers mean. Time passes only where the collector waits. */
class CollectorTest {

    private static final RowType TYPE = RowType.of(Field.required("name", DataType.VARCHAR));
    private static final BatchName NAME = new BatchName("f", 0);

    private SplunkServer server;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void start() throws IOException {
        server = new SplunkServer(10_000);
    }

    @AfterEach
    void stop() {
        assertThat(server.violations()).isEmpty();
        server.close();
    }

    private RowReceiver open(String... options) {
        return openAs(true, options);
    }

    private RowReceiver openAs(boolean json, String... options) {
        Map<String, String> given = new TreeMap<>(Map.of("token", "token"));
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        CollectorSettings settings = CollectorSettings.of(new ReceiverSetup(
                "quakes",
                "quakes-1",
                URI.create(server.url()),
                TYPE,
                new JsonFormat(),
                Options.NONE,
                new Options(given),
                Receivers::none));
        EventBody body = new EventBody(settings, json, (rows, out) -> {
            for (int i = 0; i < rows.selectedCount(); i++) {
                String name = ((io.millrace.spi.row.BytesColumn) rows.column(0)).text(rows.selectedRow(i));
                out.ensureCapacity(i + 1);
                out.append(i, json ? "\"" + name + "\"" : name);
            }
        });
        return new EventReceiver(body, new Collector(settings, () -> now, (time, cancelled) -> now = now.plus(time)));
    }

    private static RowBatch rows(String... names) {
        RowBatch rows = Origins.rows(TYPE);
        for (String name : names) {
            io.millrace.spi.row.JavaValues.append(rows, List.of(name));
        }
        return rows;
    }

    private static String event(int second, String name) {
        return "{\"time\":%d.000,\"event\":\"%s\"}".formatted(Origins.FIRST.getEpochSecond() + second, name);
    }

    @Test
    void eventsAreAcknowledged() throws IOException {
        try (RowReceiver receiver = open()) {
            receiver.check();
            assertThat(receiver.receive(NAME, rows("a", "b"))).isEmpty();
        }
        assertThat(server.indexed()).containsExactly(event(0, "a"), event(1, "b"));
    }

    @Test
    void eventsSayWhereTheyAreFrom() throws IOException {
        try (RowReceiver receiver = openAs(false, "index", "main", "sourcetype", "a b", "host", "h", "source", "s")) {
            receiver.receive(NAME, rows("a \"quoted\" text"));
        }
        assertThat(server.indexed().getFirst())
                .contains("\"index\":\"main\",\"host\":\"h\",\"source\":\"s\",\"sourcetype\":\"a b\"")
                .contains("\"event\":\"a \\\"quoted\\\" text\"");
    }

    @Test
    void recordsMayGoAsTheyAre() throws IOException {
        try (RowReceiver receiver = openAs(false, "endpoint", "raw", "sourcetype", "a b")) {
            receiver.receive(NAME, rows("a", "b"));
        }
        assertThat(server.indexed()).containsExactly("a", "b");
        assertThat(server.paths().getFirst()).isEqualTo("/services/collector/raw?sourcetype=a+b");
    }

    @Test
    void waitingGoesOnWithTheSameAcknowledgement() throws IOException {
        server.acknowledgeAfter(20);
        try (RowReceiver receiver = open()) {
            RowBatch rows = rows("a");
            int waits = 0;
            for (boolean indexed = false; !indexed; ) {
                try {
                    receiver.receive(NAME, rows);
                    indexed = true;
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("has not acknowledged yet");
                    waits++;
                }
            }
            assertThat(waits).isBetween(1, 5);
        }
        assertThat(server.indexed()).containsExactly(event(0, "a"));
    }

    @Test
    void whatIsNotAcknowledgedInTimeIsSentAgain() throws IOException {
        server.acknowledgeAfter(1_000_000);
        try (RowReceiver receiver = open("ack_timeout", "15 s")) {
            RowBatch rows = rows("a");
            assertThatThrownBy(() -> receiver.receive(NAME, rows)).hasMessageContaining("not acknowledged yet");
            assertThatThrownBy(() -> receiver.receive(NAME, rows)).hasMessageContaining("sent again");
            server.acknowledgeAfter(1);
            receiver.receive(NAME, rows);
        }
        assertThat(server.indexed()).containsExactly(event(0, "a"));
        assertThat(server.paths().stream()
                        .filter(path -> path.endsWith("/event"))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void acknowledgementsMayBeLeftOut() throws IOException {
        server.reply(new Reply(200, "{\"text\":\"Success\",\"code\":0}"));
        try (RowReceiver receiver = open("acknowledgements", "false")) {
            assertThat(receiver.receive(NAME, rows("a"))).isEmpty();
        }
        assertThat(server.paths()).hasSize(1);
    }

    @Test
    void anEventThatIsRefusedDoesNotStopTheOthers() throws IOException {
        try (RowReceiver receiver = open()) {
            assertThat(receiver.receive(NAME, rows("a", "poison", "c", "poison")))
                    .containsExactly(
                            new Refusal(1, ErrorCode.INVALID_VALUE, "Event field is required"),
                            new Refusal(3, ErrorCode.INVALID_VALUE, "Event field is required"));
        }
        assertThat(server.indexed()).containsExactly(event(0, "a"), event(2, "c"));
    }

    @Test
    void whatIsTooMuchIsSentInParts() throws IOException {
        try (RowReceiver receiver = open()) {
            RowBatch rows = rows("a".repeat(6_000), "b".repeat(6_000), "c".repeat(20_000), "d");
            assertThat(receiver.receive(NAME, rows)).extracting(Refusal::record).containsExactly(2);
        }
        assertThat(server.indexed()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        503 | {"text":"Server is busy","code":9}    | answered 503: {"text":"Server is busy"
        403 | {"text":"Invalid token","code":4}     | answered 403
        400 | {"text":"Incorrect index","code":7}   | answered 400
        400 | nonsense                              | malformed JSON
        200 | {"text":"Success","code":0}           | gave no ackId
        200 | {"text":"odd","code":8}               | answered 200
        """)
    void anyOtherAnswerHasTheBatchSentAgain(int status, String body, String told) throws IOException {
        server.reply(new Reply(status, body));
        try (RowReceiver receiver = open()) {
            assertThatThrownBy(() -> receiver.receive(NAME, rows("a")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(told);
            receiver.receive(NAME, rows("a"));
        }
        assertThat(server.indexed()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        splunk+https://h:8088/path  | token    | t    | names no event collector
        splunk+https://t@h:8088     | token    | t    | names no event collector
        splunk+https://h:8088       | endpoint | both | option 'token'
        splunk+https://h:8088       | token    | t x  | option 'token' is (hidden)
        """)
    void aWrongOptionIsRefused(String url, String name, String value, String told) {
        assertThatThrownBy(() -> Receivers.open(new CollectorFactory(), "a", url, TYPE, new JsonFormat(), name, value))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(told);
    }
}
