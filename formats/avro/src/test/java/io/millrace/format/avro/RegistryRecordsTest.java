package io.millrace.format.avro;

import static io.millrace.format.avro.AvroRecords.datum;
import static io.millrace.format.avro.AvroRecords.decode;
import static io.millrace.format.avro.AvroRecords.decoder;
import static io.millrace.format.avro.AvroRecords.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.RegistryServer;
import io.millrace.testing.row.RowValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records whose schemas are in a registry, with Avro's own library on the other side. */
@Timeout(60)
class RegistryRecordsTest {

    private static final RowType TRADES =
            RowType.of(Field.nullable("id", DataType.BIGINT), Field.nullable("symbol", DataType.VARCHAR));

    private static final String FIRST = """
        {"type": "record", "name": "Trade", "fields": [
          {"name": "id", "type": "int"}, {"name": "symbol", "type": "string"}]}
        """;

    private static final String SECOND = """
        {"type": "record", "name": "Trade", "fields": [
          {"name": "venue", "type": ["null", "string"], "default": null},
          {"name": "symbol", "type": ["string", "null"]}, {"name": "id", "type": "long"}]}
        """;

    private RegistryServer registry;

    @BeforeEach
    void open() throws IOException {
        registry = new RegistryServer();
        registry.compatibility((schema, before) -> before.stream()
                .map(earlier -> SchemaCompatibility.checkReaderWriterCompatibility(parse(schema), parse(earlier)))
                .filter(found -> found.getType() == SchemaCompatibilityType.INCOMPATIBLE)
                .map(SchemaCompatibility.SchemaPairCompatibility::getDescription)
                .findFirst()
                .orElse(null));
    }

    @AfterEach
    void close() {
        registry.close();
        assertThat(registry.violations()).isEmpty();
    }

    private Options options(String... more) {
        Map<String, String> all = new HashMap<>(Map.of("registry", registry.url()));
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return new Options(all);
    }

    private static byte[] framed(int id, byte[] datum) {
        return ByteBuffer.allocate(5 + datum.length)
                .put((byte) 0)
                .putInt(id)
                .put(datum)
                .array();
    }

    private static RowBatch trades(Object... cells) {
        return batch(TRADES, cells);
    }

    private static RowBatch batch(RowType type, Object... cells) {
        RowBatch rows = RowBatch.create(type, 1);
        for (int i = 0; i < cells.length; i++) {
            JavaValues.set(type.field(i).type(), rows.column(i), 0, cells[i]);
        }
        rows.size(1);
        return rows;
    }

    private static byte[] encode(RowEncoder encoder, RowBatch rows) {
        BytesColumn out = new BytesColumn(0);
        encoder.encode(rows, out);
        return out.get(0);
    }

    private RowEncoder encoder(Options options) {
        return new AvroRecordFormat().encoder(TRADES, options, "trades");
    }

    @Test
    void recordsOfSeveralSchemasAreRowsOfTheSameColumns() throws IOException {
        int first = registry.register("trades-value", FIRST);
        int second = registry.register("trades-value", SECOND);
        RowDecoder decoder = decoder(TRADES, options());
        byte[] one = framed(first, datum(FIRST, Map.of("id", 7, "symbol", "ABC")));
        byte[] two = framed(second, datum(SECOND, Map.of("id", 1L << 40, "symbol", "XYZ", "venue", "dark")));
        DecodedRows rows = decode(decoder, TRADES, one, two, one);
        assertThat(rows.rejections()).isEmpty();
        assertThat(RowValues.of(rows.rows()))
                .containsExactly(List.of(7L, "ABC"), List.of(1L << 40, "XYZ"), List.of(7L, "ABC"));
        decode(decoder, TRADES, two, one);
        assertThat(registry.requests()).containsExactly("GET /schemas/ids/1", "GET /schemas/ids/2");
    }

    @Test
    void whatCannotBeReadIsRejectedWithItsReasonAndTheRestGoesOn() throws IOException {
        int id = registry.register("trades-value", FIRST);
        int text = registry.register("other-value", FIRST.replace("\"int\"", "\"string\""));
        int proto = registry.register(
                "p-value",
                new ObjectMapper().createObjectNode().put("schema", "syntax").put("schemaType", "PROTOBUF"));
        int number = registry.register("n-value", "\"long\"");
        byte[] good = datum(FIRST, Map.of("id", 7, "symbol", "ABC"));
        byte[] longer = Arrays.copyOf(good, good.length + 2);
        DecodedRows rows = decode(
                decoder(TRADES, options()),
                TRADES,
                "{\"id\":7}".getBytes(StandardCharsets.UTF_8),
                framed(99, good),
                new byte[] {0, 0},
                framed(text, datum(FIRST.replace("\"int\"", "\"string\""), Map.of("id", "x", "symbol", "y"))),
                framed(proto, good),
                framed(number, new byte[] {2}),
                framed(id, longer),
                framed(id, Arrays.copyOf(good, good.length - 1)),
                framed(id, good),
                framed(99, good));
        assertThat(rows.rejections())
                .extracting(rejection -> rejection.record() + " " + rejection.reason())
                .containsExactly(
                        "0 it begins with 0x7b, where a header of Confluent's registry begins with 0x00",
                        "1 its schema 99 is not known",
                        "2 a record of 2 bytes, where the header alone has 5",
                        "3 by schema 2, column id: BIGINT cannot hold Avro's string",
                        "4 schema 3 is of PROTOBUF and not Avro's",
                        "5 its schema 4 is one of long and of no records",
                        "6 2 bytes are left behind the datum that schema 1 wrote",
                        "7 by schema 1, a value of 3 bytes where 2 are left",
                        "9 its schema 99 is not known");
        assertThat(RowValues.of(rows.rows())).containsExactly(List.of(7L, "ABC"));
        assertThat(registry.requests())
                .filteredOn(request -> request.endsWith("/99"))
                .hasSize(1);
    }

    @Test
    void recordsWaitWhileTheRegistryIsAway() throws IOException {
        int id = registry.register("trades-value", FIRST);
        byte[] record = framed(id, datum(FIRST, Map.of("id", 7, "symbol", "ABC")));
        RowDecoder decoder = decoder(TRADES, options());
        registry.away(true);
        assertThatThrownBy(() -> decode(decoder, TRADES, record))
                .isInstanceOfSatisfying(MillraceException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.IO_ERROR);
                    assertThat(failure).hasMessageContaining("answers 503: the registry is away");
                });
        registry.away(false);
        assertThat(RowValues.of(decode(decoder, TRADES, record).rows())).containsExactly(List.of(7L, "ABC"));
    }

    @Test
    void typesOfOtherSubjectsAreFetched() throws IOException {
        String money = "{\"type\": \"record\", \"name\": \"Money\", \"namespace\": \"m\", \"fields\": ["
                + "{\"name\": \"amount\", \"type\": \"long\"}]}";
        registry.register("money", money);
        ObjectMapper json = new ObjectMapper();
        var order = json.createObjectNode()
                .put(
                        "schema",
                        "{\"type\": \"record\", \"name\": \"Order\", \"fields\": [{\"name\": \"price\", \"type\":"
                                + " \"m.Money\"}]}");
        order.putArray("references")
                .addObject()
                .put("name", "m.Money")
                .put("subject", "money")
                .put("version", 1);
        int id = registry.register("orders-value", order);
        RowType type = RowType.of(Field.nullable("price", RowType.of(Field.nullable("amount", DataType.BIGINT))));
        DecodedRows rows = decode(decoder(type, options()), type, framed(id, new byte[] {84}));
        assertThat(rows.rejections()).isEmpty();
        assertThat(RowValues.of(rows.rows())).containsExactly(List.of(List.of(42L)));
    }

    @Test
    void rowsAreWrittenAsAvrosOwnReaderReadsThem() throws IOException {
        RowEncoder encoder = encoder(options("record_name", "com.example.Trade"));
        encoder.prepare();
        byte[] record = encode(encoder, trades(7L, "ABC"));
        assertThat(HexFormat.ofDelimiter(" ").formatHex(record)).isEqualTo("00 00 00 00 01 02 0e 02 06 41 42 43");
        Schema schema = parse(registry.versions("trades-value").getFirst());
        assertThat(schema.getFullName()).isEqualTo("com.example.Trade");
        GenericRecord read = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(record, 5, record.length - 5, null));
        assertThat(read.toString()).isEqualTo("{\"id\": 7, \"symbol\": \"ABC\"}");
        assertThat(registry.requests()).containsExactly("POST /subjects/trades-value/versions");
    }

    @Test
    void subjectsAreNamedAsIsAskedFor() throws IOException {
        encoder(options("subject", "my trades/x")).prepare();
        encoder(options("subject_naming", "record", "record_name", "a.B")).prepare();
        encoder(options("subject_naming", "topic_record")).prepare();
        assertThat(registry.requests())
                .containsExactly(
                        "POST /subjects/my%20trades%2Fx/versions",
                        "POST /subjects/a.B/versions", "POST /subjects/trades-row/versions");
        assertThatThrownBy(() -> new AvroRecordFormat().encoder(TRADES, options()))
                .hasMessageContaining("subject");
    }

    @Test
    void anIncompatibleSchemaIsToldBeforeTheFirstRow() {
        registry.register("trades-value", FIRST.replace("\"int\"", "\"string\"").replace("Trade", "row"));
        assertThatThrownBy(() -> encoder(options()).prepare())
                .isInstanceOfSatisfying(MillraceException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
                    assertThat(failure)
                            .hasMessageContaining("subject 'trades-value' does not take the schema of these columns")
                            .hasMessageContaining("incompatible with an earlier schema");
                });
    }

    @Test
    void withoutRegisteringASchemaMustBeThere() throws IOException {
        assertThatThrownBy(() -> encoder(options("auto_register", "false")).prepare())
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("has no version with this schema");
        encoder(options()).prepare();
        RowEncoder encoder = encoder(options("auto_register", "false"));
        encoder.prepare();
        assertThat(encode(encoder, trades(7L, "ABC"))).startsWith(0, 0, 0, 0, 1);
        assertThat(registry.versions("trades-value")).hasSize(1);
    }

    @Test
    void rowsWaitWhileTheRegistryIsAway() {
        registry.away(true);
        RowEncoder encoder = encoder(options());
        assertThatThrownBy(() -> encode(encoder, trades(7L, "ABC"))).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(encoder::prepare).isInstanceOf(IOException.class);
        registry.away(false);
        assertThat(encode(encoder, trades(7L, "ABC"))).startsWith(0, 0, 0, 0, 1);
    }

    @Test
    void whoAsksIsSaid() {
        String basic = "Basic " + Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));
        registry.require(basic);
        assertThatThrownBy(() -> encoder(options()).prepare()).hasMessageContaining("answers 401: Unauthorized");
        assertThat(encode(encoder(options("registry_user", "ada", "registry_password", "secret")), trades(7L, "ABC")))
                .isNotEmpty();
        registry.require("Bearer t0ken");
        assertThat(encode(encoder(options("registry_token", "t0ken")), trades(7L, "ABC")))
                .isNotEmpty();
    }

    @Test
    void aGivenSchemaIsWrittenInItsOwnOrderAndUnits() throws IOException {
        RowType type = RowType.of(
                Field.nullable("symbol", DataType.VARCHAR), Field.nullable("at", DataType.TIMESTAMP_WITH_TIME_ZONE));
        String schema = """
            {"type": "record", "name": "Tick", "fields": [
              {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
              {"name": "symbol", "type": ["null", "string"]}]}
            """;
        RowEncoder encoder = new AvroRecordFormat().encoder(type, options("schema", schema), "ticks");
        RowBatch rows = batch(type, "ABC", Instant.parse("1970-01-01T00:00:01.5Z"));
        byte[] record = encode(encoder, rows);
        GenericRecord read = new GenericDatumReader<GenericRecord>(parse(schema))
                .read(null, DecoderFactory.get().binaryDecoder(record, 5, record.length - 5, null));
        assertThat(read.get("at")).isEqualTo(1500L);
        assertThat(RowValues.of(decode(decoder(type, options("schema", schema)), type, record)
                        .rows()))
                .isEqualTo(RowValues.of(rows));
    }

    @Test
    void schemasThatDoNotFitTheColumnsAreRefused() {
        for (String[] bad : new String[][] {
            {"\"long\"", "a schema of records"},
            {"{", "a schema of Avro"},
            {FIRST.replace("symbol", "sym"), "a field for each column, also for 'symbol'"},
            {FIRST, "it is one for INTEGER"},
            {FIRST.replace("\"int\"", "\"long\""), "that may be null"},
        }) {
            assertThatThrownBy(() -> encoder(options("schema", bad[0])))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            failure -> assertThat(failure.hint()).contains(bad[1]));
        }
    }

    /** Records of a registry that is not asked: its header, and the schema that is given. */
    @Test
    void headersOfRegistriesGoWithoutThemWhereTheIdIsSaid() throws IOException {
        Options confluent = new Options(Map.of("framing", "confluent", "schema_id", "9"));
        byte[] record = encode(encoder(confluent), trades(7L, "ABC"));
        assertThat(record).startsWith(0, 0, 0, 0, 9);
        assertThat(RowValues.of(
                        decode(decoder(TRADES, confluent), TRADES, record).rows()))
                .containsExactly(List.of(7L, "ABC"));
        String id = "b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63";
        Options glue = new Options(Map.of("framing", "glue", "schema_id", id, "schema", FIRST.replace("Trade", "T")));
        byte[] theirs = ByteBuffer.allocate(18 + 5)
                .put((byte) 3)
                .put((byte) 0)
                .put(HexFormat.of().parseHex(id.replace("-", "")))
                .put(datum(FIRST, Map.of("id", 7, "symbol", "ABC")))
                .array();
        DecodedRows rows = decode(decoder(TRADES, glue), TRADES, theirs, record);
        assertThat(RowValues.of(rows.rows())).containsExactly(List.of(7L, "ABC"));
        assertThat(rows.rejections().getFirst().reason()).contains("a record of 12 bytes");
        theirs[5]++;
        assertThat(decode(decoder(TRADES, glue), TRADES, theirs)
                        .rejections()
                        .getFirst()
                        .reason())
                .contains("is not known");
        for (Map<String, String> bad : List.of(
                Map.of("framing", "confluent"),
                Map.of("framing", "confluent", "schema_id", "x"),
                Map.of("framing", "glue", "schema_id", "7"),
                Map.of("schema_id", "7"))) {
            assertThatThrownBy(() -> encoder(new Options(bad))).hasMessageContaining("schema_id");
        }
    }

    @Test
    void optionsOfNoUseAreRefused() {
        Options none = new Options(Map.of("subject", "x"));
        assertThatThrownBy(() -> encoder(none)).hasMessageContaining("subject");
        assertThatThrownBy(() -> encoder(options("framing", "none"))).hasMessageContaining("framing");
        assertThatThrownBy(() -> encoder(options("registry", "http://me:pw@host/")))
                .hasMessageContaining("registry")
                .hasMessageNotContaining("pw");
        assertThatThrownBy(() -> encoder(options("registry_timeout", "1 h"))).hasMessageContaining("registry_timeout");
        assertThatThrownBy(() -> encoder(options("nosuch", "1"))).hasMessageContaining("nosuch");
    }

    @Test
    void singleObjectsAreThoseOfAvrosLibrary() throws IOException {
        Schema schema = WriteSchema.of(TRADES);
        GenericRecord record = new GenericRecordBuilder(schema)
                .set("id", 7L)
                .set("symbol", "ABC")
                .build();
        byte[] theirs = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema)
                .encode(record)
                .array();
        byte[] ours = encode(encoder(Options.NONE), trades(7L, "ABC"));
        assertThat(ours).isEqualTo(Arrays.copyOf(theirs, ours.length));
        assertThat(new BinaryMessageDecoder<GenericRecord>(GenericData.get(), schema).decode(ours))
                .isEqualTo(record);
        assertThat(RowValues.of(
                        decode(decoder(TRADES, Options.NONE), TRADES, ours).rows()))
                .containsExactly(List.of(7L, "ABC"));
        ours[3]++;
        assertThat(decode(decoder(TRADES, Options.NONE), TRADES, ours)
                        .rejections()
                        .getFirst()
                        .reason())
                .contains("is not known");
    }
}
