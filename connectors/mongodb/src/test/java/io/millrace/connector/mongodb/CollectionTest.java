package io.millrace.connector.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.millrace.format.json.JsonFormat;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.FaultyProxy;
import io.millrace.testing.connector.Origins;
import io.millrace.testing.connector.Receivers;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes into a collection, by the real driver, of a server in memory. */
class CollectionTest {

    private static final RowType TYPE =
            RowType.of(Field.nullable("id", DataType.BIGINT), Field.nullable("name", DataType.VARCHAR));
    private static final BatchName NAME = new BatchName("f", 0);

    private MongoServer server;
    private MongoClient client;
    private String url;

    @BeforeEach
    void start() {
        server = new MongoServer(new MemoryBackend());
        server.bind();
        url = server.getConnectionString() + "/db";
        client = MongoClients.create(url);
    }

    @AfterEach
    void stop() {
        client.close();
        server.shutdownNow();
    }

    private MongoCollection<Document> collection() {
        return client.getDatabase("db").getCollection("quakes");
    }

    private RowReceiver open(RowType type, String... options) {
        List<String> all = new ArrayList<>(List.of("collection", "quakes"));
        all.addAll(List.of(options));
        return (RowReceiver)
                Receivers.open(new CollectionFactory(), "a", url, type, new JsonFormat(), all.toArray(String[]::new));
    }

    private static List<@Nullable Object> row(@Nullable Long id, @Nullable String name) {
        return Arrays.asList(id, name);
    }

    @Test
    void aBatchThatIsSentAgainIsThereOnce() throws IOException {
        try (RowReceiver receiver = open(TYPE)) {
            receiver.check();
            assertThat(receiver.receive(NAME, Origins.rows(TYPE, row(1L, "one"), row(2L, null))))
                    .isEmpty();
            assertThat(receiver.receive(NAME, Origins.rows(TYPE, row(1L, "one"), row(2L, null))))
                    .isEmpty();
        }
        assertThat(collection().find())
                .containsExactlyInAnyOrder(
                        new Document("_id", "quakes:shard:0").append("id", 1L).append("name", "one"),
                        new Document("_id", "quakes:shard:1").append("id", 2L).append("name", null));
    }

    @Test
    void aColumnMayBeTheIdAndTheLastRowCounts() throws IOException {
        try (RowReceiver receiver = open(TYPE, "key", "id")) {
            List<Refusal> refusals = receiver.receive(
                    NAME, Origins.rows(TYPE, row(1L, "a"), row(null, "none"), row(2L, "b"), row(1L, "c")));
            assertThat(refusals).extracting(Refusal::record).containsExactly(1);
        }
        assertThat(collection().find())
                .containsExactlyInAnyOrder(
                        new Document("_id", 1L).append("id", 1L).append("name", "c"),
                        new Document("_id", 2L).append("id", 2L).append("name", "b"));
    }

    @Test
    void aDocumentThatIsRefusedDoesNotStopTheOthers() throws IOException {
        collection().createIndex(new Document("name", 1), new IndexOptions().unique(true));
        try (RowReceiver receiver = open(TYPE)) {
            List<Refusal> refusals =
                    receiver.receive(NAME, Origins.rows(TYPE, row(1L, "a"), row(2L, "a"), row(3L, "b")));
            assertThat(refusals)
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal.reason()).contains("duplicate"));
        }
        assertThat(collection().countDocuments()).isEqualTo(2);
    }

    @Test
    void valuesHaveTypesOfBson() throws IOException {
        RowType types = RowType.of(
                Field.nullable("_id", DataType.INTEGER),
                Field.nullable("b", DataType.BOOLEAN),
                Field.nullable("d", DataType.DOUBLE),
                Field.nullable("m", new DecimalType(38, 2)),
                Field.nullable("x", DataType.VARBINARY),
                Field.nullable("day", DataType.DATE),
                Field.nullable("time", DataType.TIME),
                Field.nullable("ts", DataType.TIMESTAMP),
                Field.nullable("tz", DataType.TIMESTAMP_WITH_TIME_ZONE),
                Field.nullable("a", new ArrayType(DataType.VARCHAR, true)),
                Field.nullable("map", new MapType(DataType.VARCHAR, DataType.INTEGER, true)),
                Field.nullable("r", RowType.of(Field.nullable("n", DataType.INTEGER))));
        List<@Nullable Object> row = Arrays.asList(
                7,
                true,
                1.5,
                new BigDecimal("12.50"),
                new byte[] {1, 2},
                LocalDate.of(2026, 1, 31),
                LocalTime.of(1, 2, 3),
                LocalDateTime.of(2026, 1, 31, 1, 2, 3, 4_000_000),
                Instant.parse("2026-01-31T01:02:03Z"),
                Arrays.asList("x", null),
                Map.of("k", 1),
                List.of(5));
        try (RowReceiver receiver = open(types, "key", "_id")) {
            assertThat(receiver.receive(NAME, Origins.rows(types, row))).isEmpty();
        }
        assertThat(collection().find())
                .containsExactly(new Document("_id", 7)
                        .append("b", true)
                        .append("d", 1.5)
                        .append("m", new Decimal128(new BigDecimal("12.50")))
                        .append("x", new Binary(new byte[] {1, 2}))
                        .append("day", Date.from(Instant.parse("2026-01-31T00:00:00Z")))
                        .append("time", "01:02:03")
                        .append("ts", Date.from(Instant.parse("2026-01-31T01:02:03.004Z")))
                        .append("tz", Date.from(Instant.parse("2026-01-31T01:02:03Z")))
                        .append("a", Arrays.asList("x", null))
                        .append("map", new Document("k", 1))
                        .append("r", new Document("n", 5)));
    }

    @Test
    void aDecimalOfTooManyDigitsIsRefused() throws IOException {
        RowType types = RowType.of(Field.nullable("m", new DecimalType(38, 0)));
        try (RowReceiver receiver = open(types)) {
            assertThat(receiver.receive(
                            NAME,
                            Origins.rows(types, List.of(new BigDecimal("1".repeat(38))), List.of(BigDecimal.ONE))))
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal.reason()).contains("34 digits"));
        }
        assertThat(collection().countDocuments()).isEqualTo(1);
    }

    @Test
    void aServerThatIsGoneIsTriedAgain() {
        server.shutdownNow();
        try (RowReceiver receiver = open(TYPE, "timeout", "300 ms")) {
            assertThatThrownBy(() -> receiver.receive(NAME, Origins.rows(TYPE, row(1L, "a"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/db quakes");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mongodb://h:1          | key        | id      | names no database
        mongodb://u:pw@h:1/db  | key        | id      | names no database
        mongodb://h:1/db       | key        | nothing | no column
        mongodb://h:1/db       | collection | a$b     | option 'collection'
        mongodb://h:1/db       | colour     | red     | unknown option
        """)
    void aWrongOptionIsRefused(String url, String name, String value, String told) {
        String[] options =
                name.equals("collection") ? new String[] {name, value} : new String[] {"collection", "c", name, value};
        assertThatThrownBy(() -> Receivers.open(new CollectionFactory(), "a", url, TYPE, new JsonFormat(), options))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(told);
    }

    @Test
    void aServerThatFallsSilentIsNotWaitedFor() throws Exception {
        try (FaultyProxy proxy = new FaultyProxy(
                        URI.create("tcp://127.0.0.1:" + server.getLocalAddress().getPort()));
                RowReceiver receiver = (RowReceiver) Receivers.open(
                        new CollectionFactory(),
                        "a",
                        "mongodb://127.0.0.1:" + proxy.port() + "/db",
                        TYPE,
                        new JsonFormat(),
                        "collection",
                        "quakes",
                        "timeout",
                        "10 min")) {
            assertThat(receiver.receive(NAME, Origins.rows(TYPE, row(1L, "a")))).isEmpty();
            proxy.have(FaultyProxy.Fault.SILENT);
            int before = proxy.met();
            assertThat(Receivers.brokenOff(
                            receiver, NAME, Origins.rows(TYPE, row(2L, "b")), () -> proxy.met() > before))
                    .isInstanceOf(IOException.class);
        }
        assertThat(collection().countDocuments()).isEqualTo(1);
    }
}
