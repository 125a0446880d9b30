package io.millrace.format.avro;

import static io.millrace.format.avro.AvroRecords.datum;
import static io.millrace.format.avro.AvroRecords.decode;
import static io.millrace.format.avro.AvroRecords.decoder;
import static io.millrace.format.avro.AvroRecords.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.millrace.testing.connector.GlueServer;
import io.millrace.testing.row.RowValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records whose schemas are in Glue's registry, of which a server of ours has the interface and checks who signs. */
@Timeout(60)
class GlueRecordsTest {

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

    private GlueServer registry;

    @BeforeEach
    void open() throws IOException {
        registry = new GlueServer();
        registry.compatibility(
                (schema, before) -> before.stream()
                        .map(earlier ->
                                SchemaCompatibility.checkReaderWriterCompatibility(parse(schema), parse(earlier)))
                        .filter(found -> found.getType() == SchemaCompatibilityType.INCOMPATIBLE)
                        .map(SchemaCompatibility.SchemaPairCompatibility::getDescription)
                        .findFirst()
                        .orElse(null),
                2);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Options options(String... more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "registry", "glue:default-registry",
                "registry_endpoint", registry.url(),
                "registry_region", GlueServer.REGION,
                "registry_access_key_id", GlueServer.ACCESS_KEY_ID,
                "registry_secret_access_key", GlueServer.SECRET_ACCESS_KEY));
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return new Options(all);
    }

    /** A record as Amazon's serializer writes it. */
    private static byte[] framed(String id, byte[] datum) {
        return framed(id, datum, 0);
    }

    private static byte[] framed(String id, byte[] datum, int compression) {
        UUID uuid = UUID.fromString(id);
        return ByteBuffer.allocate(18 + datum.length)
                .put((byte) 3)
                .put((byte) compression)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .put(datum)
                .array();
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    private static RowEncoder encoder(Options options) {
        return new AvroRecordFormat().encoder(TRADES, options, "trades");
    }

    private static byte[] encode(RowEncoder encoder) {
        RowBatch rows = RowBatch.create(TRADES, 1);
        JavaValues.append(rows, List.of(7L, "ABC"));
        BytesColumn out = new BytesColumn(0);
        encoder.encode(rows, out);
        return out.get(0);
    }

    @Test
    void recordsOfSeveralSchemasAreRowsOfTheSameColumns() throws IOException {
        String first = registry.register("trades", "AVRO", FIRST);
        String second = registry.register("trades", "AVRO", SECOND);
        RowDecoder decoder = decoder(TRADES, options());
        byte[] one = framed(first, datum(FIRST, Map.of("id", 7, "symbol", "ABC")));
        byte[] two = framed(second, zipped(datum(SECOND, Map.of("id", 1L << 40, "symbol", "XYZ", "venue", "dark"))), 5);
        DecodedRows rows = decode(decoder, TRADES, one, two, one);
        assertThat(rows.rejections()).isEmpty();
        assertThat(RowValues.of(rows.rows()))
                .containsExactly(List.of(7L, "ABC"), List.of(1L << 40, "XYZ"), List.of(7L, "ABC"));
        decode(decoder, TRADES, two, one);
        assertThat(registry.requests()).containsExactly("GetSchemaVersion", "GetSchemaVersion");
        assertThat(registry.violations()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsRejectedWithItsReason() throws IOException {
        byte[] good = datum(FIRST, Map.of("id", 7, "symbol", "ABC"));
        String json = registry.register("j", "JSON", "{}");
        String unknown = "6d1b1e6f-0000-4000-8000-000000000001";
        DecodedRows rows = decode(decoder(TRADES, options()), TRADES, framed(unknown, good), framed(json, good));
        assertThat(rows.rejections())
                .extracting(rejection -> rejection.reason())
                .containsExactly(
                        "its schema " + unknown + " is not known", "schema " + json + " is of JSON and not Avro's");
        assertThat(registry.violations()).isEmpty();
    }

    @Test
    void aSchemaIsMadeAndReadBack() throws IOException {
        byte[] record = encode(encoder(options()));
        assertThat(registry.requests())
                .containsExactly("GetSchemaByDefinition", "RegisterSchemaVersion", "CreateSchema");
        assertThat(registry.versions("trades-value")).hasSize(1);
        assertThat(record).startsWith(3, 0);
        assertThat(RowValues.of(
                        decode(decoder(TRADES, options()), TRADES, record).rows()))
                .containsExactly(List.of(7L, "ABC"));
        assertThat(encode(encoder(options()))).isEqualTo(record);
        assertThat(registry.versions("trades-value")).hasSize(1);
        assertThat(registry.violations()).isEmpty();
    }

    /** The registry holds a version against those before while it is PENDING. */
    @Test
    void aVersionIsWaitedForUntilItIsChecked() throws IOException {
        registry.register("trades", "AVRO", FIRST);
        byte[] record = encode(encoder(options("subject", "trades", "record_name", "Trade")));
        assertThat(RowValues.of(
                        decode(decoder(TRADES, options()), TRADES, record).rows()))
                .containsExactly(List.of(7L, "ABC"));
        assertThat(registry.requests().subList(0, 4))
                .containsExactly(
                        "GetSchemaByDefinition", "RegisterSchemaVersion", "GetSchemaVersion", "GetSchemaVersion");
        assertThat(registry.violations()).isEmpty();
    }

    @Test
    void aVersionThatIsNotCompatibleIsRefused() {
        registry.register("trades", "AVRO", FIRST.replace("\"int\"", "\"string\""));
        assertRefused(options("subject", "trades"), "does not take a version of schema 'trades' (FAILURE)");
        assertRefused(
                options("subject", "none", "auto_register", "false"),
                "schema 'none' has no version with this definition");
        assertRefused(options("registry", "glue:other"), "Registry is not found");
        assertThat(registry.versions("none")).isEmpty();
        assertThat(registry.violations()).isEmpty();
    }

    private static void assertRefused(Options options, String message) {
        assertThatThrownBy(() -> encoder(options).prepare())
                .isInstanceOfSatisfying(MillraceException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
                    assertThat(failure).hasMessageContaining(message);
                });
    }

    @Test
    void recordsWaitWhileTheRegistryHasTooMuchToDo() throws IOException {
        String id = registry.register("trades", "AVRO", FIRST);
        byte[] record = framed(id, datum(FIRST, Map.of("id", 7, "symbol", "ABC")));
        RowDecoder decoder = decoder(TRADES, options());
        registry.failWith("ThrottlingException");
        assertThatThrownBy(() -> decode(decoder, TRADES, record))
                .isInstanceOfSatisfying(MillraceException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.IO_ERROR);
                    assertThat(failure).hasMessageContaining("answers ThrottlingException: Rate exceeded");
                });
        assertThatThrownBy(() -> encode(encoder(options()))).isInstanceOf(UncheckedIOException.class);
        registry.failWith(null);
        assertThat(RowValues.of(decode(decoder, TRADES, record).rows())).containsExactly(List.of(7L, "ABC"));
    }

    /** Also tells that the server looks at signatures. */
    @Test
    void wrongKeysAreNoReasonToRejectRecords() throws IOException {
        String id = registry.register("trades", "AVRO", FIRST);
        byte[] record = framed(id, datum(FIRST, Map.of("id", 7, "symbol", "ABC")));
        RowDecoder decoder = decoder(
                TRADES, options("registry_secret_access_key", "wrong", "registry_session_token", "secret-token"));
        assertThatThrownBy(() -> decode(decoder, TRADES, record))
                .hasMessageContaining("the signature does not match")
                .hasMessageNotContaining("secret-token");
        assertThat(registry.violations()).containsExactly("GetSchemaVersion: the signature does not match");
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() {
        assertThat(refusal(options("registry_token", "t"))).contains("registry_access_key_id");
        assertThat(refusal(new Options(Map.of("registry", "http://127.0.0.1:1", "registry_region", "x"))))
                .contains("registry = 'glue:NAME'");
        assertThat(refusal(options("registry", "glue:a b"))).contains("glue:default-registry");
        assertThat(refusal(options("registry_region", ""))).contains("such as 'eu-central-1'");
        assertThat(refusal(options("registry_region", "eu central"))).contains("such as 'eu-central-1'");
        assertThat(refusal(options("registry_compatibility", "SOME"))).contains("BACKWARD_ALL");
        assertThat(refusal(options("registry_endpoint", "nowhere"))).contains("a URL such as");
        assertThat(refusal(new Options(Map.of(
                        "registry", "glue:x", "registry_region", "eu-central-1", "registry_access_key_id", "a"))))
                .contains("give both");
        assertThat(refusal(options("framing", "glue"))).contains("records begin as the registry has it");
    }

    private static String refusal(Options options) {
        MillraceException[] refused = new MillraceException[1];
        assertThatThrownBy(() -> decoder(TRADES, options))
                .isInstanceOfSatisfying(MillraceException.class, failure -> refused[0] = failure);
        return String.valueOf(refused[0].hint());
    }
}
