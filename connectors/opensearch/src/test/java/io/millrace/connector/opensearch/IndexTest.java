package io.millrace.connector.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.format.json.JsonFormat;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.Origins;
import io.millrace.testing.connector.Receivers;
import io.millrace.testing.connector.SearchServer;
import io.millrace.testing.connector.SearchServer.Reply;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes into an index, and what its answers mean. */
class IndexTest {

    private static final RowType TYPE = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.nullable("name", DataType.VARCHAR),
            Field.nullable("poison", DataType.VARCHAR),
            Field.nullable("busy", DataType.VARCHAR));

    private static final BatchName NAME = new BatchName("f", 0);

    private SearchServer server;

    @BeforeEach
    void start() throws IOException {
        server = new SearchServer(1 << 20);
    }

    @AfterEach
    void stop() {
        assertThat(server.violations()).isEmpty();
        server.close();
    }

    private RowReceiver open(String... options) {
        return openAt(server.url("quakes"), options);
    }

    private static RowReceiver openAt(String url, String... options) {
        return (RowReceiver) Receivers.open(new IndexFactory(), "a", url, TYPE, new JsonFormat(), options);
    }

    private static List<@Nullable Object> row(long id, @Nullable String name) {
        return Arrays.asList(id, name, null, null);
    }

    private static String json(long id, String name) {
        return "{\"id\":" + id + ",\"name\":\"" + name + "\",\"poison\":null,\"busy\":null}";
    }

    @Test
    void documentsAreNamedAfterTheirOrigin() throws IOException {
        try (RowReceiver receiver = open()) {
            RowBatch rows = Origins.rows(TYPE, row(1, "one"), row(2, "snow ☃\n\""));
            assertThat(receiver.receive(NAME, rows)).isEmpty();
            assertThat(receiver.receive(NAME, rows)).isEmpty();
        }
        assertThat(server.documents("quakes"))
                .containsOnlyKeys("quakes:shard:0", "quakes:shard:1")
                .containsEntry("quakes:shard:0", json(1, "one"))
                .containsEntry("quakes:shard:1", json(2, "snow ☃\\n\\\""));
    }

    @Test
    void aColumnMayBeTheIdAndTheLastRowCounts() throws IOException {
        try (RowReceiver receiver = open("key", "name")) {
            List<Refusal> refusals =
                    receiver.receive(NAME, Origins.rows(TYPE, row(1, "a"), row(2, null), row(3, "b"), row(4, "a")));
            assertThat(refusals).extracting(Refusal::record).containsExactly(1);
        }
        assertThat(server.documents("quakes")).containsOnlyKeys("a", "b").containsEntry("a", json(4, "a"));
    }

    @Test
    void theIndexMayGiveIds() throws IOException {
        try (RowReceiver receiver = open("document_id", "none")) {
            receiver.receive(NAME, Origins.rows(TYPE, row(1, "a"), row(1, "a")));
        }
        assertThat(server.documents("quakes")).containsOnlyKeys("made-0", "made-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        NoRotation | 2026-01-31T23:59:59Z | quakes
        OneHour    | 2026-01-31T23:59:59Z | quakes-2026-01-31-23
        OneDay     | 2026-01-31T23:59:59Z | quakes-2026-01-31
        OneMonth   | 2026-01-31T23:59:59Z | quakes-2026-01
        OneWeek    | 2026-01-31T23:59:59Z | quakes-2026-w05
        OneWeek    | 2026-02-01T00:00:00Z | quakes-2026-w06
        oneweek    | 2016-02-25T13:00:00Z | quakes-2016-w09
        """)
    void indexesFollowOneAnother(String rotation, Instant time, String index) throws IOException {
        RowBatch rows = Origins.rows(TYPE, row(1, "a"));
        rows.origins(new Origins(time));
        try (RowReceiver receiver = open("index_rotation", rotation)) {
            receiver.receive(NAME, rows);
        }
        assertThat(server.indexes()).containsExactly(index);
        assertThat(IndexRotation.of(rotation).index("quakes", JavaValues.micros(time)))
                .isEqualTo(index);
        assertThat(IndexRotation.of(rotation).index("quakes", RowOrigins.NO_ROWTIME))
                .isEqualTo("quakes");
    }

    @Test
    void aDocumentThatDoesNotFitDoesNotStopTheOthers() throws IOException {
        try (RowReceiver receiver = open()) {
            List<Refusal> refusals = receiver.receive(
                    NAME, Origins.rows(TYPE, row(1, "a"), Arrays.asList(2L, "b", "x", null), row(3, "c")));
            assertThat(refusals)
                    .containsExactly(new Refusal(
                            1,
                            ErrorCode.INVALID_VALUE,
                            "mapper_parsing_exception: failed to parse field [poison]",
                            "400"));
        }
        assertThat(server.documents("quakes")).hasSize(2);
    }

    @Test
    void documentsThatArePutOffAreSentAgainUnderTheirIds() throws IOException {
        RowBatch rows = Origins.rows(TYPE, row(1, "a"), Arrays.asList(2L, "b", null, "x"), row(3, "c"));
        try (RowReceiver receiver = open()) {
            assertThatThrownBy(() -> receiver.receive(NAME, rows))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("429")
                    .hasMessageContaining("queue is full");
            assertThat(receiver.receive(NAME, rows)).isEmpty();
        }
        assertThat(server.documents("quakes")).hasSize(3);
    }

    @Test
    void whatIsTooMuchForARequestIsSentInParts() throws IOException {
        RowBatch rows = Origins.rows(
                TYPE,
                row(1, "x".repeat(500_000)),
                row(2, "y".repeat(700_000)),
                row(3, "z".repeat(2_000_000)),
                row(4, "d"));
        try (RowReceiver receiver = open()) {
            assertThat(receiver.receive(NAME, rows)).extracting(Refusal::record).containsExactly(2);
        }
        assertThat(server.documents("quakes")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        500 | ill                          | answered 500: ill
        401 | Unauthorized                 | answered 401: Unauthorized
        200 | {"items":[]}                 | answered for 0 of 1 documents
        200 | {"items":                    | malformed JSON
        200 | {"items":[{"create":{"status":503,"error":{"type":"t","reason":"r"}}}]} | 503 for a document: t: r
        200 | {"items":[{"create":{"status":403,"error":{"type":"t","reason":"r"}}}]} | 403 for a document: t: r
        """)
    void anyOtherAnswerHasTheBatchSentAgain(int status, String body, String told) throws IOException {
        server.reply(new Reply(status, body));
        try (RowReceiver receiver = open()) {
            RowBatch rows = Origins.rows(TYPE, row(1, "a"));
            assertThatThrownBy(() -> receiver.receive(NAME, rows))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(told);
            assertThat(receiver.receive(NAME, rows)).isEmpty();
        }
    }

    @Test
    void whoAsksIsSaidAndNotShown() throws IOException {
        try (RowReceiver receiver = open("user", "me", "password", "sesame")) {
            receiver.check();
            assertThat(receiver.toString()).doesNotContain("sesame");
        }
        try (RowReceiver receiver = open("api_key", "abc=")) {
            receiver.check();
        }
        assertThat(server.authorizations()).containsExactly("Basic bWU6c2VzYW1l", "ApiKey abc=");
        server.reply(new Reply(401, "who are you"));
        try (RowReceiver receiver = open()) {
            assertThatThrownBy(receiver::check).hasMessageContaining("answered 401: who are you");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        opensearch+http://127.0.0.1:1/           | key            | id        | names no index
        opensearch+http://127.0.0.1:1/Upper      | key            | id        | names no index
        opensearch+http://me:pw@127.0.0.1:1/x    | key            | id        | names no index
        elasticsearch+https://127.0.0.1:1/x      | key            | nothing   | no column
        opensearch+https://127.0.0.1:1/x         | index_rotation | OneYear   | option 'index_rotation'
        opensearch+https://127.0.0.1:1/x         | document_id    | maybe     | option 'document_id'
        opensearch+https://127.0.0.1:1/x         | colour         | red       | unknown option
        """)
    void aWrongOptionIsRefused(String url, String name, String value, String told) {
        assertThatThrownBy(() -> openAt(url, name, value))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(told);
    }
}
