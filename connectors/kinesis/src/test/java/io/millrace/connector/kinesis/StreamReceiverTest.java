package io.millrace.connector.kinesis;

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
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.BadServer;
import io.millrace.testing.connector.Origins;
import io.millrace.testing.connector.Receivers;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** How a batch goes into calls, and what is sent again. */
class StreamReceiverTest {

    private static final RowType TYPE =
            RowType.of(Field.required("id", DataType.BIGINT), Field.nullable("k", DataType.VARCHAR));
    private static final BatchName NAME = new BatchName("f", 0);

    /** Takes records, but leaves each whose key is among some, once. */
    private static final class Shards implements KinesisClient {

        private final List<Integer> calls = new ArrayList<>();
        private final List<String> taken = new ArrayList<>();
        private final Set<String> busy = new HashSet<>();
        private boolean gone;

        @Override
        public PutRecordsResponse putRecords(PutRecordsRequest request) {
            if (gone) {
                gone = false;
                throw SdkClientException.create("connection refused");
            }
            calls.add(request.records().size());
            List<PutRecordsResultEntry> results = new ArrayList<>();
            for (PutRecordsRequestEntry entry : request.records()) {
                boolean left = busy.remove(entry.partitionKey());
                if (!left) {
                    taken.add(entry.partitionKey() + " " + entry.data().asUtf8String());
                }
                results.add(
                        left
                                ? PutRecordsResultEntry.builder()
                                        .errorCode("ProvisionedThroughputExceededException")
                                        .errorMessage("slow down")
                                        .build()
                                : PutRecordsResultEntry.builder()
                                        .sequenceNumber("1")
                                        .shardId("s")
                                        .build());
            }
            return PutRecordsResponse.builder().records(results).build();
        }

        @Override
        public String serviceName() {
            return "kinesis";
        }

        @Override
        public void close() {}
    }

    private final Shards shards = new Shards();

    private RowReceiver open(String... options) {
        Map<String, String> given = new TreeMap<>();
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        StreamSettings settings = StreamSettings.of(
                new ReceiverSetup(
                        "d",
                        "d-1",
                        URI.create("kinesis://trades"),
                        TYPE,
                        new JsonFormat(),
                        Options.NONE,
                        new Options(given),
                        Receivers::none),
                StreamSettings.NAMES);
        return new StreamReceiver(
                settings, new RowEntries(settings, TYPE, new JsonFormat().encoder(TYPE, Options.NONE)), shards);
    }

    private static List<@Nullable Object> row(long id, @Nullable String key) {
        return Arrays.asList(id, key);
    }

    @Test
    void rowsGoUnderTheirKeyOrTheirOrigin() throws IOException {
        try (RowReceiver receiver = open("key", "k")) {
            receiver.receive(NAME, Origins.rows(TYPE, row(1, "a"), row(2, null)));
        }
        assertThat(shards.taken).containsExactly("a {\"id\":1,\"k\":\"a\"}", "shard:1 {\"id\":2,\"k\":null}");
    }

    @Test
    void manyRecordsGoInSeveralCalls() throws IOException {
        RowBatch rows = Origins.rows(TYPE);
        for (long id = 0; id < 1200; id++) {
            JavaValues.append(rows, List.of(id, "x"));
        }
        try (RowReceiver receiver = open()) {
            receiver.receive(NAME, rows);
            assertThat(shards.calls).containsExactly(500, 500, 200);
            shards.calls.clear();
            List<@Nullable Object> longOne = row(1, "y".repeat(900_000));
            receiver.receive(
                    new BatchName("f", 1),
                    Origins.rows(TYPE, longOne, longOne, longOne, longOne, longOne, longOne, longOne));
            assertThat(shards.calls).containsExactly(5, 2);
        }
    }

    @Test
    void onlyWhatWasLeftIsSentAgain() throws IOException {
        shards.busy.addAll(List.of("b", "c"));
        RowBatch rows = Origins.rows(TYPE, row(1, "a"), row(2, "b"), row(3, "c"), row(4, "d"));
        try (RowReceiver receiver = open("key", "k")) {
            assertThatThrownBy(() -> receiver.receive(NAME, rows))
                    .isInstanceOf(IOException.class)
                    .hasMessage("kinesis://trades left 2 records: ProvisionedThroughputExceededException, slow down");
            shards.gone = true;
            assertThatThrownBy(() -> receiver.receive(NAME, rows)).hasMessageContaining("connection refused");
            assertThat(receiver.receive(NAME, rows)).isEmpty();
        }
        assertThat(shards.taken).extracting(record -> record.substring(0, 1)).containsExactly("a", "d", "b", "c");
    }

    @Test
    void whatCanBeNoRecordIsRefused() throws IOException {
        try (RowReceiver receiver = open("key", "k", "record_bytes_max", "2 KB")) {
            assertThat(receiver.receive(
                            NAME,
                            Origins.rows(
                                    TYPE, row(1, ""), row(2, "x".repeat(300)), row(3, "x".repeat(200)), row(4, "ok"))))
                    .extracting(Refusal::record, Refusal::code)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(0, ErrorCode.INVALID_VALUE),
                            org.assertj.core.groups.Tuple.tuple(1, ErrorCode.INVALID_VALUE));
        }
        assertThat(shards.taken).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kinesis://trades/more | key              | id    | names no stream
        kinesis:///           | key              | id    | names no stream
        kinesis://trades      | key              | price | no column
        kinesis://trades      | record_bytes_max | 11 MB | option 'record_bytes_max'
        kinesis://trades      | colour           | red   | unknown option
        """)
    void aWrongOptionIsRefused(String url, String name, String value, String told) {
        assertThatThrownBy(() -> Receivers.open(new StreamFactory(), "a", url, TYPE, new JsonFormat(), name, value))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(told);
    }

    @Test
    void aServiceThatSaysNothingIsNotWaitedFor() throws Exception {
        try (BadServer silent = BadServer.silent();
                RowReceiver receiver = (RowReceiver) Receivers.open(
                        new StreamFactory(),
                        "a",
                        "kinesis://trades",
                        TYPE,
                        new JsonFormat(),
                        "endpoint",
                        "http://127.0.0.1:" + silent.port(),
                        "access_key_id",
                        "a",
                        "secret_access_key",
                        "b",
                        "timeout",
                        "10 min")) {
            assertThat(Receivers.brokenOff(
                            receiver, NAME, Origins.rows(TYPE, row(1, "a")), () -> silent.connections() > 0))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("stopped while");
        }
    }
}
