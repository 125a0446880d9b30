package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.testing.connector.FirehoseEndpoint;
import io.millrace.testing.connector.KafkaServer;
import io.millrace.testing.connector.RegistryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records in Avro, whose schemas are in a registry: into topics of Kafka and out of streams. */
@Timeout(120)
class AvroRecordsTest {

    @TempDir
    Path directory;

    private RegistryServer registry;
    private EngineFixture engine;

    @BeforeEach
    void open() throws IOException {
        registry = new RegistryServer();
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run("CREATE STREAM trades (id BIGINT, ticker VARCHAR, price DECIMAL(10, 2))");
    }

    @AfterEach
    void close() {
        engine.close();
        registry.close();
        assertThat(registry.violations()).isEmpty();
    }

    private String avro() {
        return "format = 'avro', registry = '" + registry.url() + "'";
    }

    private void put(String stream, List<byte[]> records) {
        RecordBatch batch = new RecordBatch();
        records.forEach(record -> batch.add("key".getBytes(StandardCharsets.UTF_8), record));
        engine.put(stream, 0, batch);
    }

    @Test
    void rowsGoIntoATopicExactlyOnceAndComeBackAsOtherColumns() throws Exception {
        try (KafkaServer kafka = KafkaServer.start()) {
            kafka.create("trades", 1, Map.of());
            String create =
                    "CREATE DELIVERY d FROM trades TO '" + kafka.url("trades") + "' WITH (key = 'ticker', " + avro()
                            + ", record_name = 'com.example.Trade', roll_interval = '20 ms', registry_timeout = '5 s')";
            registry.compatibility((schema, before) -> "READER_FIELD_MISSING_DEFAULT_VALUE");
            var refused = engine.failure(create);
            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
            assertThat(refused)
                    .hasMessageContaining("subject 'trades-value' does not take the schema of these columns")
                    .hasMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE");
            registry.compatibility(RegistryServer.Compatibility.NONE);
            engine.run(create);
            registry.away(true);
            engine.restart();
            engine.run("INSERT INTO trades VALUES (1, 'ABC', 10.5), (2, 'XYZ', NULL)");
            engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("answers 503: the registry is away"));
            assertThat(kafka.records("trades")).isEmpty();
            registry.away(false);
            engine.await("SHOW DELIVERIES", rows -> rows.getFirst().matches(".*\\|exactly-once\\|\\d+\\|2\\|0\\|.*"));
            List<ConsumerRecord<byte[], byte[]>> records = kafka.records("trades");
            records.sort(Comparator.comparingLong(ConsumerRecord::offset));
            assertThat(records).extracting(record -> new String(record.key())).containsExactly("ABC", "XYZ");
            assertThat(records).allSatisfy(record -> assertThat(record.value()).startsWith(0, 0, 0, 0, 1));
            comeBack(records.stream().map(ConsumerRecord::value).toList());
        }
    }

    private void comeBack(List<byte[]> records) {
        engine.run("CREATE STREAM copies (ticker VARCHAR, price DECIMAL(12, 4), venue VARCHAR) WITH (" + avro() + ")");
        put("copies", records);
        put("copies", List.of(new byte[] {0, 0, 0, 0, 9, 2}, "{\"id\": 7}".getBytes(StandardCharsets.UTF_8)));
        assertThat(engine.rows("SELECT * FROM copies")).containsExactly("ABC|10.5000|null", "XYZ|null|null");
        engine.run(
                "CREATE STREAM heard (ticker VARCHAR)",
                "CREATE PUMP hear AS INSERT INTO heard SELECT STREAM ticker FROM copies");
        engine.await("SELECT * FROM heard", rows -> rows.equals(List.of("ABC", "XYZ")));
        assertThat(engine.rows("SELECT * FROM error_stream"))
                .anyMatch(row -> row.contains("its schema 9 is not known"))
                .anyMatch(row -> row.contains("it begins with 0x7b"));
    }

    @Test
    void aPumpWaitsForTheRegistryAndLosesNothing() {
        engine.run(
                "CREATE STREAM source (id BIGINT) WITH (" + avro() + ")",
                "CREATE STREAM heard (id BIGINT)",
                "CREATE PUMP hear AS INSERT INTO heard SELECT STREAM id FROM source");
        int id = registry.register(
                "s-value",
                "{\"type\": \"record\", \"name\": \"S\", \"fields\": [{\"name\": \"id\", \"type\": \"long\"}]}");
        registry.away(true);
        put("source", List.of(new byte[] {0, 0, 0, 0, (byte) id, 14}));
        assertThat(engine.failure("SELECT * FROM source"))
                .hasMessageContaining("records in Avro wait for their schemas")
                .hasMessageContaining("the registry is away");
        registry.away(false);
        engine.await("SELECT * FROM heard", rows -> rows.equals(List.of("7")));
        assertThat(engine.rows("SELECT * FROM error_stream")).isEmpty();
    }

    @Test
    void rowsOfSqlAreRecordsOfTheStreamsSchema() {
        engine.run(
                "CREATE STREAM out (id BIGINT) WITH (" + avro() + ", subject = 'outs')", "INSERT INTO out VALUES (7)");
        assertThat(engine.rows("SELECT * FROM out")).containsExactly("7");
        RowBatch rows = RowBatch.create(engine.engine().streams().columns("out"), 1);
        JavaValues.append(rows, List.of(7L));
        BytesColumn record = new BytesColumn(1);
        engine.engine().streams().encoder("out").encode(rows, record);
        assertThat(record.get(0)).containsExactly(0, 0, 0, 0, 1, 2, 14);
        assertThat(registry.versions("outs")).hasSize(1);
    }

    @Test
    void endpointsOfHttpWantASubject() throws IOException {
        try (FirehoseEndpoint endpoint = new FirehoseEndpoint()) {
            String to = "CREATE DELIVERY d FROM trades TO '" + endpoint.url() + "' WITH (roll_interval = '20 ms', ";
            assertThat(engine.failure(to + avro() + ")")).hasMessageContaining("'subject'");
            engine.run(to + avro() + ", subject = 'posts')", "INSERT INTO trades VALUES (1, 'ABC', 10.5)");
            engine.await("SHOW DELIVERIES", rows -> rows.getFirst().matches(".*\\|1\\|.*"));
            assertThat(registry.versions("posts")).hasSize(1);
        }
    }

    @Test
    void whoAsksIsHidden() {
        registry.require("Bearer t0ken");
        engine.run("CREATE STREAM hidden (id BIGINT) WITH (" + avro() + ", registry_token = 't0ken')");
        assertThat(engine.rows("SHOW CREATE STREAM hidden").getFirst()).doesNotContain("t0ken");
    }
}
