package io.millrace.connector.kafka;

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
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.BadServer;
import io.millrace.testing.connector.KafkaServer;
import io.millrace.testing.connector.Origins;
import io.millrace.testing.connector.Receivers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches in a topic of a real broker. */
class TopicTest {

    private static final RowType TYPE =
            RowType.of(Field.required("id", DataType.BIGINT), Field.nullable("name", DataType.VARCHAR));

    private static KafkaServer server;
    private static int topics;

    private final List<RowReceiver> open = new ArrayList<>();
    private String topic = "none";

    @BeforeAll
    static void start() throws Exception {
        server = KafkaServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private void create() throws Exception {
        topic = "topic-" + topics++;
        server.create(topic, 3, Map.of("max.message.bytes", "2000"));
    }

    @AfterEach
    void close() {
        open.forEach(RowReceiver::close);
    }

    private RowReceiver receiver(String... options) {
        RowReceiver receiver = (RowReceiver)
                Receivers.open(new TopicFactory(), topic, server.url(topic), TYPE, new JsonFormat(), options);
        open.add(receiver);
        return receiver;
    }

    private static RowBatch rows(Object... idsAndNames) {
        RowBatch batch = RowBatch.create(TYPE, 4);
        for (int i = 0; i < idsAndNames.length; i += 2) {
            JavaValues.append(batch, Arrays.asList(((Number) idsAndNames[i]).longValue(), idsAndNames[i + 1]));
        }
        batch.origins(new Origins(Instant.ofEpochSecond(1_700_000_000)));
        return batch;
    }

    private static BatchName name(String file, int number) {
        return new BatchName(file, number);
    }

    private List<String> values() {
        return server.records(topic).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }

    private static String json(long id, String text) {
        return "{\"id\":" + id + ",\"name\":\"" + text + "\"}";
    }

    @Test
    void rowsAreRecordsUnderTheirKey() throws Exception {
        create();
        RowReceiver receiver = receiver("key", "name", "compression", "zstd");
        assertThat(receiver.exactlyOnce()).isTrue();
        receiver.receive(name("f", 0), rows(1, "k", 2, null, 3, "k"));
        List<ConsumerRecord<byte[], byte[]>> records = server.records(topic);
        assertThat(records)
                .extracting(record -> record.key() == null ? "none" : new String(record.key(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder("k", "none", "k");
        assertThat(records.stream()
                        .filter(record -> record.key() != null)
                        .map(ConsumerRecord::partition)
                        .distinct())
                .hasSize(1);
        assertThat(records)
                .extracting(ConsumerRecord::timestamp)
                .containsExactlyInAnyOrder(1_700_000_000_000L, 1_700_000_001_000L, 1_700_000_002_000L);
        assertThat(values()).containsExactly(json(1, "k"), "{\"id\":2,\"name\":null}", json(3, "k"));
    }

    @Test
    void whatATransactionLeftOpenIsNotThere() throws Exception {
        create();
        receiver().receive(name("f0", 0), rows(1, "a"));
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", server.servers()));
        settings.put("transactional.id", "millrace-" + topic);
        try (KafkaProducer<String, String> crashed =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            crashed.initTransactions();
            crashed.beginTransaction();
            crashed.send(new ProducerRecord<>(topic, "half")).get();
            // The transaction is ended by the next life, which finds that its batch was not taken.
            receiver().receive(name("f0", 1), rows(2, "b"));
        }
        assertThat(values()).containsExactly(json(1, "a"), json(2, "b"));
    }

    @Test
    void aRecordThatIsTooLargeDoesNotStopTheOthers() throws Exception {
        create();
        RowReceiver receiver = receiver("record_bytes_max", "10 KB");
        RowBatch batch = rows(1, "a", 2, "x".repeat(20_000), 3, "y".repeat(5_000), 4, "d");
        List<Refusal> refusals = receiver.receive(name("f0", 0), batch);
        assertThat(refusals).extracting(Refusal::record).containsExactly(1, 2);
        assertThat(refusals).extracting(Refusal::code).containsOnly(ErrorCode.LIMIT_EXCEEDED);
        assertThat(values()).containsExactly(json(1, "a"), json(4, "d"));
        // Also the next life is told, which finds the batch taken.
        assertThat(receiver("record_bytes_max", "10 KB").receive(name("f0", 0), batch))
                .isEqualTo(refusals);
        assertThat(values()).hasSize(2);
    }

    @Test
    void aRowWhoseTimeTheTopicDoesNotAllowGetsThatOfItsSending() throws Exception {
        create();
        RowBatch batch = rows(1, "a", 2, "b", 3, "c");
        // Brokers take what is an hour ahead of them, unless told otherwise.
        batch.origins(new Origins(Instant.now().plusSeconds(3598)));
        assertThat(receiver().receive(name("f0", 0), batch)).isEmpty();
        batch.origins(new Origins(Instant.now().plusSeconds(86_400)));
        assertThat(receiver().receive(name("f1", 0), batch)).isEmpty();
        assertThat(values()).hasSize(6);
        assertThat(server.records(topic))
                .extracting(record -> Instant.ofEpochMilli(record.timestamp()))
                .allMatch(time -> time.isBefore(Instant.now().plusSeconds(3700)));
    }

    @Test
    void manyBatchesGoThroughOneConnection() throws Exception {
        create();
        RowReceiver receiver = receiver();
        for (int i = 0; i < 50; i++) {
            receiver.receive(name("f0", i), rows(i, "n"));
        }
        assertThat(values()).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void aTopicThatIsNotThereIsTold() {
        topic = "nothing";
        assertThatThrownBy(() -> receiver().check())
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("no topic 'nothing'");
    }

    @Test
    void aBrokerThatIsGoneIsTriedAgain() {
        RowReceiver receiver = (RowReceiver) Receivers.open(
                new TopicFactory(), "b", "kafka://127.0.0.1:1/x", TYPE, new JsonFormat(), "timeout", "500 ms");
        assertThatThrownBy(() -> receiver.receive(name("f", 0), rows(1, "a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kafka://127.0.0.1:1/x");
        assertThatThrownBy(receiver::check).isInstanceOf(IOException.class);
        receiver.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kafka://host/            | key            | id    | names no topic
        kafka://me:pw@host/x     | key            | id    | names no topic
        kafka://host/x           | key            | odd   | no column
        kafka://host/x           | compression    | zip   | option 'compression'
        kafka://host/x           | sasl_mechanism | GSS   | option 'sasl_mechanism'
        kafka://host/x           | colour         | red   | unknown option
        """)
    void aWrongOptionIsRefused(String url, String name, String value, String told) {
        assertThatThrownBy(() ->
                        Receivers.open(new TopicFactory(), "a", url, TYPE, new JsonFormat(), name, value, "user", "me"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(told);
    }

    @Test
    void aBrokerThatSaysNothingIsNotWaitedFor() throws Exception {
        try (BadServer silent = BadServer.silent();
                RowReceiver receiver = (RowReceiver) Receivers.open(
                        new TopicFactory(),
                        "a",
                        "kafka://127.0.0.1:" + silent.port() + "/t",
                        TYPE,
                        new JsonFormat(),
                        "timeout",
                        "10 min")) {
            assertThat(Receivers.brokenOff(receiver, name("f", 0), rows(1L, "a"), () -> silent.connections() > 0))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("stopped while");
        }
    }
}
