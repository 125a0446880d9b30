package io.millrace.format.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.format.avro.registry.Framing;
import io.millrace.format.avro.registry.SchemaId;
import io.millrace.format.avro.registry.SchemaRegistry;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RowValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Data of other schemas than the columns', read as Avro's own resolution reads them. */
class EvolutionTest {

    private static final int RECORDS = 200;

    private final long seed = Long.getLong("millrace.seed", 20_261_129L);

    private static Schema record(String fields) {
        return new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + fields + "]}");
    }

    private static String field(String name, String type) {
        return "{\"name\": \"" + name + "\", \"type\": " + type + "}";
    }

    private static String field(String name, String type, String more) {
        return "{\"name\": \"" + name + "\", \"type\": " + type + ", " + more + "}";
    }

    /** A registry of one schema. */
    private record One(Schema schema) implements SchemaRegistry {
        @Override
        public Framing framing() {
            return Framing.NONE;
        }

        @Override
        public Optional<Schema> find(SchemaId id) {
            return Optional.of(schema);
        }

        @Override
        public SchemaId idOf(String subject, Schema written, boolean register) {
            return SchemaId.UNSAID;
        }
    }

    private DecodedRows decode(Schema writer, @Nullable Schema reader, RowType type, List<byte[]> records) {
        BytesColumn column = new BytesColumn(records.size());
        for (int i = 0; i < records.size(); i++) {
            column.append(i, records.get(i));
        }
        int[] all = IntStream.range(0, type.size()).toArray();
        DecodedRows rows = new DecodedRows(RowBatch.create(type, 1));
        new AvroDecoder(type, all, reader, new One(writer)).decode(column, 0, records.size(), rows);
        return rows;
    }

    private List<byte[]> random(Schema writer) throws IOException {
        List<byte[]> records = new ArrayList<>();
        for (Object datum : new RandomData(writer, RECORDS, seed, true)) {
            records.add(bytes(writer, datum));
        }
        return records;
    }

    private static byte[] bytes(Schema writer, Object datum) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(writer).write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** Has Avro read the records by the reader's schema, and us, and compares. */
    private void assertRead(Schema writer, Schema reader, RowType type) throws IOException {
        List<byte[]> records = random(writer);
        List<List<@Nullable Object>> expected = new ArrayList<>();
        GenericDatumReader<GenericRecord> theirs = new GenericDatumReader<>(writer, reader);
        for (byte[] record : records) {
            GenericRecord read = theirs.read(null, DecoderFactory.get().binaryDecoder(record, null));
            expected.add(type.fields().stream()
                    .map(field -> plain(read.get(field.name()), field.type()))
                    .toList());
        }
        DecodedRows ours = decode(writer, reader, type, records);
        assertThat(ours.rejections()).as("seed %d", seed).isEmpty();
        assertThat(RowValues.of(ours.rows())).as("seed %d, %s", seed, writer).isEqualTo(expected);
    }

    private static @Nullable Object plain(@Nullable Object value, DataType type) {
        return switch (value) {
            case null -> null;
            case CharSequence text
            when type instanceof DataType.BinaryType ->
                HexFormat.of().formatHex(text.toString().getBytes(StandardCharsets.UTF_8));
            case CharSequence text -> text.toString();
            case GenericData.EnumSymbol symbol -> symbol.toString();
            case ByteBuffer bytes -> HexFormat.of().formatHex(bytes.array());
            case GenericFixed fixed -> HexFormat.of().formatHex(fixed.bytes());
            case GenericRecord record ->
                ((RowType) type)
                        .fields().stream()
                                .map(field -> plain(record.get(field.name()), field.type()))
                                .toList();
            case List<?> list ->
                list.stream()
                        .map(item -> plain(item, ((ArrayType) type).element()))
                        .toList();
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> plain = new HashMap<>();
                map.forEach((key, item) -> plain.put(key.toString(), plain(item, ((MapType) type).value())));
                yield plain;
            }
            default -> value;
        };
    }

    @Test
    void fieldsAreAddedRemovedReorderedAndRenamed() throws IOException {
        RowType type = RowType.of(
                Field.required("id", DataType.BIGINT),
                Field.nullable("name", DataType.VARCHAR),
                Field.nullable("tags", new ArrayType(DataType.VARCHAR, false)),
                Field.nullable("level", DataType.INTEGER));
        Schema reader = record(String.join(
                ",",
                field("id", "\"long\""),
                field("name", "\"string\"", "\"aliases\": [\"title\", \"label\"], \"default\": \"nobody\""),
                field("tags", "{\"type\": \"array\", \"items\": \"string\"}", "\"default\": [\"a\", \"b\"]"),
                field("level", "[\"null\", \"int\"]", "\"default\": null")));
        for (String writer : List.of(
                String.join(",", field("id", "\"long\""), field("name", "\"string\"")),
                String.join(",", field("label", "\"string\""), field("id", "\"int\"")),
                String.join(",", field("gone", "\"double\""), field("level", "\"int\""), field("id", "\"int\"")),
                String.join(
                        ",",
                        field(
                                "old",
                                "{\"type\": \"map\", \"values\": [\"null\", {\"type\": \"array\", \"items\":"
                                        + " \"bytes\"}]}"),
                        field("level", "[\"int\", \"null\"]"),
                        field("id", "\"long\""),
                        field("tags", "{\"type\": \"array\", \"items\": \"string\"}")))) {
            assertRead(record(writer), reader, type);
        }
    }

    @Test
    void numbersAndTextAreWidened() throws IOException {
        Map<String, DataType> columns = Map.of(
                "\"long\"", DataType.BIGINT,
                "\"float\"", DataType.REAL,
                "\"double\"", DataType.DOUBLE,
                "\"string\"", DataType.VARCHAR,
                "\"bytes\"", DataType.VARBINARY);
        Map<String, List<String>> writers = Map.of(
                "\"long\"", List.of("\"int\"", "\"long\""),
                "\"float\"", List.of("\"int\"", "\"long\"", "\"float\""),
                "\"double\"", List.of("\"int\"", "\"long\"", "\"float\"", "\"double\""),
                "\"string\"", List.of("\"string\""),
                "\"bytes\"", List.of("\"bytes\"", "\"string\""));
        for (Map.Entry<String, List<String>> entry : writers.entrySet()) {
            RowType type = RowType.of(Field.nullable("v", Objects.requireNonNull(columns.get(entry.getKey()))));
            Schema reader = record(field("v", "[\"null\", " + entry.getKey() + "]"));
            for (String writer : entry.getValue()) {
                assertRead(record(field("v", writer)), reader, type);
                assertRead(record(field("v", "[" + writer + ", \"null\"]")), reader, type);
            }
        }
    }

    @Test
    void partsOfRecordsEvolveToo() throws IOException {
        String inner = "{\"type\": \"record\", \"name\": \"P\", \"fields\": [%s]}";
        RowType point = RowType.of(Field.required("x", DataType.DOUBLE), Field.nullable("y", DataType.DOUBLE));
        RowType type = RowType.of(
                Field.nullable("at", point),
                Field.nullable("path", new ArrayType(point, true)),
                Field.nullable("named", new MapType(DataType.VARCHAR, point, false)));
        String read = inner.formatted(
                field("x", "\"double\"") + "," + field("y", "[\"null\", \"double\"]", "\"default\": null"));
        String written = inner.formatted(field("skipped", "\"string\"") + "," + field("x", "\"int\""));
        Schema reader = record(String.join(
                ",",
                field("at", read),
                field("path", "{\"type\": \"array\", \"items\": [\"null\", \"P\"]}"),
                field("named", "{\"type\": \"map\", \"values\": \"P\"}")));
        Schema writer = record(String.join(
                ",",
                field("named", "{\"type\": \"map\", \"values\": " + written + "}"),
                field("path", "{\"type\": \"array\", \"items\": [\"P\", \"null\"]}"),
                field("at", "\"P\"")));
        assertRead(writer, reader, type);
    }

    @Test
    void enumsAndFixedAreTextAndBytes() throws IOException {
        String kinds = "{\"type\": \"enum\", \"name\": \"K\", \"symbols\": [\"BUY\", \"SELL\"]}";
        String mark = "{\"type\": \"fixed\", \"name\": \"F\", \"size\": 4}";
        Schema schema = record(field("kind", kinds) + "," + field("mark", mark));
        assertRead(
                schema,
                schema,
                RowType.of(Field.nullable("kind", DataType.VARCHAR), Field.nullable("mark", DataType.VARBINARY)));
    }

    private List<String> rejections(Schema writer, RowType type, Object... values) throws IOException {
        GenericData.Record record = new GenericData.Record(writer);
        for (int i = 0; i < values.length; i++) {
            record.put(i, values[i]);
        }
        DecodedRows rows = decode(writer, null, type, List.of(bytes(writer, record)));
        List<String> said = new ArrayList<>();
        rows.rejections().forEach(rejection -> said.add(rejection.reason()));
        RowValues.of(rows.rows()).forEach(row -> said.add(row.toString()));
        return said;
    }

    @Test
    void whatAColumnCannotHoldIsRejectedByName() throws IOException {
        RowType small = RowType.of(Field.nullable("v", DataType.SMALLINT));
        assertThat(rejections(record(field("v", "\"int\"")), small, 32767)).containsExactly("[32767]");
        assertThat(rejections(record(field("v", "\"int\"")), small, 32768))
                .containsExactly("by schema of the stream, column v: 32768 does not fit SMALLINT");
        assertThat(rejections(record(field("v", "\"double\"")), small, 1.0))
                .containsExactly("by schema of the stream, column v: SMALLINT cannot hold Avro's double");
        assertThat(rejections(record(field("v", "[\"string\", \"int\"]")), small, 7))
                .containsExactly("[7]");
        assertThat(rejections(record(field("v", "[\"string\", \"int\"]")), small, "seven"))
                .containsExactly("by schema of the stream, column v: SMALLINT cannot hold Avro's string");
        RowType wanted = RowType.of(Field.required("v", DataType.BIGINT));
        assertThat(rejections(record(field("w", "\"int\"")), wanted, 7))
                .containsExactly("by schema of the stream, column v: NULL, which it may not be");
        RowType text = RowType.of(Field.nullable("v", new DataType.CharacterType(3, false)));
        assertThat(rejections(record(field("v", "\"string\"")), text, "long"))
                .containsExactly(
                        "by schema of the stream, column v: a text of 4 characters is too long for VARCHAR(3)");
    }

    @Test
    void namesThatDifferInCaseAreTheSameColumnUnlessAnotherIsExact() throws IOException {
        RowType type = RowType.of(Field.nullable("userId", DataType.BIGINT));
        assertThat(rejections(record(field("USERID", "\"int\"")), type, 7)).containsExactly("[7]");
    }

    @Test
    void timesAndDecimalsChangeTheirUnits() throws IOException {
        RowType type = RowType.of(
                Field.nullable("at", DataType.TIMESTAMP_WITH_TIME_ZONE),
                Field.nullable("money", new DecimalType(8, 3)),
                Field.nullable("clock", DataType.TIME));
        Schema writer = record(String.join(
                ",",
                field("at", "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}"),
                field("money", "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 6, \"scale\": 2}"),
                field("clock", "{\"type\": \"int\", \"logicalType\": \"time-millis\"}")));
        assertThat(rejections(writer, type, 1500L, ByteBuffer.wrap(new byte[] {-1, 56}), 1001))
                .containsExactly("[1970-01-01T00:00:01.500Z, -2.000, 00:00:01.001]");
        RowType coarse = RowType.of(Field.nullable("money", new DecimalType(8, 1)));
        Schema money = record(
                field("money", "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 6, \"scale\": 2}"));
        assertThat(rejections(money, coarse, ByteBuffer.wrap(new byte[] {110}))).containsExactly("[1.1]");
        assertThat(rejections(money, coarse, ByteBuffer.wrap(new byte[] {111})))
                .containsExactly("by schema of the stream, column money: 1.11 does not fit DECIMAL(8, 1)");
    }

    @Test
    void nothingIsMadeOfLengthsThatCannotBe() {
        Schema writer = record(field("tags", "{\"type\": \"array\", \"items\": \"string\"}") + ","
                + field("deep", "[\"null\", \"R\"]"));
        RowType type = RowType.of(Field.nullable("tags", new ArrayType(DataType.VARCHAR, false)));
        byte[] many = {-2, -1, -1, -1, 15, 0};
        byte[] tall = {2, -2, -1, -1, -1, 15, 0};
        byte[] deep = new byte[100_000];
        for (int i = 1; i < deep.length; i += 2) {
            deep[i] = 2;
        }
        assertThat(decode(writer, null, type, List.of(many, tall, deep)).rejections())
                .extracting(DecodedRows.Rejection::reason)
                .containsExactly(
                        "by schema of the stream, a block of 2147483647 items where 1 bytes are left",
                        "by schema of the stream, a value of 2147483647 bytes where 1 are left",
                        "by schema of the stream, it is nested more than 500 levels deep");
    }
}
