package io.millrace.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.format.json.JsonFormat;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.connector.RecordReceiver;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.testing.connector.FirehoseEndpoint;
import io.millrace.testing.connector.FirehoseEndpoint.Reply;
import io.millrace.testing.connector.Receivers;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire to an endpoint, and what its answers mean. */
class EndpointTest {

    private static final BatchName NAME = new BatchName("quakes-1-s-0", 0);
    private static final String ID = NAME.id();

    private FirehoseEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = new FirehoseEndpoint();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private RecordReceiver open(String... options) {
        return (RecordReceiver) Receivers.open(
                new EndpointFactory(), "quakes-1", endpoint.url(), RowType.of(), new JsonFormat(), options);
    }

    private static List<Refusal> send(RecordReceiver receiver, BatchName id, String... records) throws IOException {
        BytesColumn column = new BytesColumn(records.length);
        for (int i = 0; i < records.length; i++) {
            column.append(i, records[i]);
        }
        return receiver.receive(id, column, records.length);
    }

    @Test
    void aBatchGoesInTheProtocolsForm() throws IOException {
        try (RecordReceiver receiver = open("access_key", "secret", "common_attributes", "env=test, team = a=b")) {
            assertThat(send(receiver, NAME, "{\"a\":1}", "", "snow ☃")).isEmpty();
        }
        assertThat(endpoint.violations()).isEmpty();
        assertThat(endpoint.records()).containsExactly("{\"a\":1}", "", "snow ☃");
        assertThat(endpoint.headers().getFirst().getFirst("X-Amz-Firehose-Access-Key"))
                .isEqualTo("secret");
        assertThat(endpoint.headers().getFirst().getFirst("X-Amz-Firehose-Common-Attributes"))
                .isEqualTo("{\"commonAttributes\":{\"env\":\"test\",\"team\":\"a=b\"}}");
        assertThat(endpoint.headers().getFirst().getFirst("X-Amz-Firehose-Source-Arn"))
                .endsWith("deliverystream/quakes");
    }

    @Test
    void attributesMayHaveCommas() throws IOException {
        try (RecordReceiver receiver = open("common_attributes", "{\"tags\": \"a, b=c\", \"none\": \"\"}")) {
            assertThat(send(receiver, NAME, "x")).isEmpty();
        }
        assertThat(endpoint.headers().getFirst().getFirst("X-Amz-Firehose-Common-Attributes"))
                .isEqualTo("{\"commonAttributes\":{\"tags\":\"a, b=c\",\"none\":\"\"}}");
    }

    @Test
    void aServiceSaysWhatIsNotSaid() throws IOException {
        try (RecordReceiver receiver = open("service", "New_Relic", "access_key", "key")) {
            assertThat(receiver.bytesMax()).isEqualTo(1 << 20);
            send(receiver, NAME, "x");
        }
        assertThat(endpoint.headers().getFirst().getFirst("Content-Encoding")).isEqualTo("gzip");
        assertThat(endpoint.violations()).isEmpty();
        assertThat(endpoint.records()).containsExactly("x");
        try (RecordReceiver receiver =
                open("service", "mongodb", "access_key", "key", "batch_bytes", "2 MB", "content_encoding", "gzip")) {
            assertThat(receiver.bytesMax()).isEqualTo(2 << 20);
        }
    }

    @Test
    void aServiceThatWouldRefuseEachRequestIsRefused() {
        assertThatThrownBy(() -> open("service", "splunk"))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.hint())
                                .contains("datadog, dynatrace, logicmonitor, new_relic, coralogix, elastic, sumo_logic,"
                                        + " honeycomb"));
        assertThatThrownBy(() -> open("service", "datadog")).hasMessage("service 'datadog' wants access_key");
        assertThatThrownBy(() ->
                        open("service", "coralogix", "access_key", "key", "common_attributes", "applicationName=a"))
                .hasMessage("service 'coralogix' wants the common attribute subsystemName");
    }

    @Test
    void aBatchMayBePacked() throws IOException {
        try (RecordReceiver receiver = open("content_encoding", "gzip")) {
            send(receiver, NAME, "x".repeat(100_000), "y");
        }
        assertThat(endpoint.violations()).isEmpty();
        assertThat(endpoint.records()).hasSize(2).last().isEqualTo("y");
        assertThat(Integer.parseInt(endpoint.headers().getFirst().getFirst("Content-Length")))
                .isLessThan(2_000);
    }

    @Test
    void aBatchThatIsTooLargeForTheEndpointIsSentInHalves() throws IOException {
        Reply tooLarge = new Reply(413, "text/plain", "");
        endpoint.reply(tooLarge);
        endpoint.reply(tooLarge);
        try (RecordReceiver receiver = open()) {
            assertThat(send(receiver, NAME, "a", "b", "c"))
                    .extracting(Refusal::record)
                    .containsExactly(0);
            assertThat(endpoint.records()).containsExactly("b", "c");
            endpoint.reply(tooLarge);
            assertThat(send(receiver, NAME, "a", "b", "c")).isEmpty();
        }
        List<String> ids = endpoint.headers().stream()
                .map(headers -> headers.getFirst("X-Amz-Firehose-Request-Id"))
                .toList();
        // All three, "a" alone, the other two; and once more: a part has the same id whenever it is sent.
        assertThat(ids).hasSize(6);
        assertThat(ids.subList(3, 6)).isEqualTo(ids.subList(0, 3));
        assertThat(ids.subList(0, 3)).doesNotHaveDuplicates();
        assertThat(endpoint.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        500 | application/json | {"requestId":"%s","timestamp":1,"errorMessage":"disk is full"} | answered 500: disk is full
        503 | text/html        | <h1>busy</h1>                                                 | answered 503: <h1>busy</h1>
        302 | text/plain       | moved                                                         | answered 302
        201 | application/json | {"requestId":"%s","timestamp":1}                               | answered 201
        200 | text/plain       | {"requestId":"%s","timestamp":1}                               | without the content type
        200 | application/json | {"requestId":"%s"                                              | malformed JSON
        200 | application/json | []                                                            | without an object
        200 | application/json | {"requestId":"another","timestamp":1}                         | another request
        200 | application/json | {"requestId":"%s"}                                             | without a timestamp
        """)
    void anyAnswerButYesHasTheBatchSentAgain(int status, String type, String body, String told) throws IOException {
        endpoint.reply(new Reply(status, type, body.replace("%s", ID)));
        try (RecordReceiver receiver = open()) {
            assertThatThrownBy(() -> send(receiver, NAME, "a"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(told)
                    .hasMessageContaining(endpoint.url().replace("v=1", "(hidden)"));
            send(receiver, NAME, "a");
            send(receiver, new BatchName("quakes-1-s-0", 1), "b");
        }
        assertThat(endpoint.violations()).isEmpty();
        assertThat(endpoint.records()).containsExactly("a", "b");
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws IOException {
        endpoint.reply(new Reply(200, "application/json", " ".repeat((1 << 20) + 1)));
        try (RecordReceiver receiver = open()) {
            assertThatThrownBy(() -> send(receiver, NAME, "a")).hasMessageContaining("more than 1048576 bytes");
        }
    }

    @Test
    void anEndpointThatIsGoneIsTold() {
        try (RecordReceiver receiver = open()) {
            endpoint.close();
            assertThatThrownBy(() -> send(receiver, NAME, "a"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be reached");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        content_encoding  | zstd | gzip or none
        common_attributes | env  | 'name=value, …'
        common_attributes | {"a" | a JSON object of texts
        common_attributes | {"a": 1} | a JSON object of texts
        common_attributes | {"": "a"} | names of 1 to
        batch_bytes       | 1 GB | at most
        colour            | red  | access_key
        """)
    void aWrongOptionIsRefused(String name, String value, String hint) {
        assertThatThrownBy(() -> open(name, value))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.hint()).contains(hint));
    }

    @Test
    void aKeyInTheUrlIsNotShownWhateverIsAnswered() {
        String url = endpoint.url() + "&key=sesame";
        try (RecordReceiver receiver = (RecordReceiver)
                Receivers.open(new EndpointFactory(), "quakes-1", url, RowType.of(), new JsonFormat())) {
            assertThat(receiver.toString()).doesNotContain("sesame");
            endpoint.reply(new Reply(404, "text/plain", "there is no /intake?v=1&key=sesame"));
            assertThatThrownBy(() -> send(receiver, NAME, "a"))
                    .hasMessageContaining("answered 404: there is no /intake?(hidden)")
                    .hasMessageNotContaining("sesame");
            endpoint.close();
            assertThatThrownBy(() -> send(receiver, NAME, "a"))
                    .hasMessageContaining("cannot be reached")
                    .hasMessageNotContaining("sesame");
        }
        assertThatThrownBy(() -> Receivers.open(
                        new EndpointFactory(), "q", "http://me:sesame@h/", RowType.of(), new JsonFormat()))
                .hasMessageContaining("names no endpoint")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void aKeyIsNotShownInErrors() {
        assertThatThrownBy(() -> open("access_key", "secret\n"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.describe()).doesNotContain("secret"));
    }
}
