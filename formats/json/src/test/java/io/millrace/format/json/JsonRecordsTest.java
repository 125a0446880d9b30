package io.millrace.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RowValues;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How records become rows: keys, columns, several objects, and what is refused. */
class JsonRecordsTest {

    private static final RowType TRADE =
            RowType.of(Field.nullable("symbol", DataType.VARCHAR), Field.nullable("price", DataType.DOUBLE));

    private final JsonRecords trades = new JsonRecords(TRADE, Map.of());

    @Test
    void columnsAreFoundByKeyInAnyOrder() {
        assertThat(trades.rows(
                        "{\"price\":1.5,\"x\":[{}],\"symbol\":\"A\"}", "{ \"symbol\" : \"B\" , \"price\" : 2 }", "{}"))
                .isEqualTo(List.of(List.of("A", 1.5), List.of("B", 2.0), Arrays.asList(null, null)));
    }

    @Test
    void keysMatchExactlyBeforeTheyMatchInAnotherCase() {
        assertThat(trades.rows(
                        "{\"Symbol\":\"other\",\"PRICE\":1,\"symbol\":\"exact\"}",
                        "{\"symbol\":\"exact\",\"Symbol\":\"other\",\"Price\":1}",
                        "{\"SYMBOL\":\"first\",\"Symbol\":\"last\",\"price\":1}"))
                .isEqualTo(List.of(List.of("exact", 1.0), List.of("exact", 1.0), List.of("last", 1.0)));
    }

    @Test
    void aKeyOfAnUnneededColumnIsNotTakenForAnother() {
        RowType schema = RowType.of(Field.nullable("a", DataType.VARCHAR), Field.nullable("A", DataType.VARCHAR));
        JsonRecords upper = new JsonRecords(schema, Map.of(), 1);
        assertThat(upper.rows("{\"a\":\"lower\"}")).isEqualTo(List.of(Arrays.asList((Object) null)));
        assertThat(upper.rows("{\"a\":\"lower\",\"A\":\"upper\"}")).isEqualTo(List.of(List.of("upper")));
    }

    @Test
    void theLastOfEqualKeysWins() {
        assertThat(trades.rows("{\"symbol\":\"A\",\"price\":1,\"symbol\":null,\"price\":2}"))
                .isEqualTo(List.of(Arrays.asList(null, 2.0)));
    }

    @Test
    void keysMayBeEscaped() {
        assertThat(trades.rows("{\"s\\u0079mbol\":\"A\",\"price\":1}")).isEqualTo(List.of(List.of("A", 1.0)));
    }

    @Test
    void aRequiredColumnNeedsAValue() {
        JsonRecords strict = new JsonRecords(RowType.of(Field.required("id", DataType.BIGINT)), Map.of());
        assertThat(strict.rejectionOf("{}").code()).isEqualTo(ErrorCode.NULL_NOT_ALLOWED);
        assertThat(strict.rejectionOf("{\"x\":1,\"id\":null}").reason())
                .isEqualTo("column id: no value for a NOT NULL column (byte 12)");
    }

    @Test
    void aRecordMayHoldSeveralObjects() {
        DecodedRows decoded = trades.decode(
                "{\"price\":1}{\"price\":2}\n{\"price\":3}\r\n", "{\"price\":4} garbage", " {\"price\":5} ");
        assertThat(RowValues.of(decoded.rows()).stream().map(row -> row.get(1))).containsExactly(1.0, 2.0, 3.0, 5.0);
        assertThat(Arrays.copyOf(decoded.recordOfRow(), 4)).containsExactly(0, 0, 0, 2);
        assertThat(decoded.rejections()).hasSize(1).allMatch(rejection -> rejection.record() == 1);
    }

    @Test
    void aRecordWithSomethingWrongGivesNoRowAtAll() {
        DecodedRows decoded =
                trades.decode("{\"price\":1}{\"price\":\"x\"}{\"price\":3}", "{\"symbol\":\"B\",\"price\":9}");
        assertThat(RowValues.of(decoded.rows())).isEqualTo(List.of(List.of("B", 9.0)));
        assertThat(decoded.rejections()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|the record is empty (byte 0)",
                "'  '|the record is empty (byte 2)",
                "[]|malformed JSON: expected an object (byte 0)",
                "{\"price\":1|malformed JSON: the record ends early, expected ',' or '}' after a value (byte 10)",
                "{\"price\" 1}|malformed JSON: expected ':' after a key (byte 9)",
                "{\"price\":01}|malformed JSON: expected a value (byte 9)",
                "{\"price\":1,}|malformed JSON: expected '\"' before a key (byte 11)",
                "{\"x\":nul}|malformed JSON: expected 'null' (byte 5)",
                "{\"x\":\"a|malformed JSON: the record ends early, expected the end of a string (byte 7)",
                "{\"x\":\"\\x\"}|malformed JSON: an unknown escape in a string (byte 6)",
                "{\"x\":\"\\ud800\"}|malformed JSON: half a surrogate pair (byte 6)",
                "{\"x\":[1 2]}|malformed JSON: expected ']' after an array's last value (byte 8)",
                "{\"x\":{\"a\":1,}}|malformed JSON: expected '\"' before a key (byte 12)",
                "{\"price\":1}}|malformed JSON: expected an object (byte 11)",
                "{\"price\":NaN}|malformed JSON: expected a value (byte 9)",
            })
    void whatIsMalformedIsToldWithItsPlace(String record, String reason) {
        assertThat(trades.rejectionOf(record).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c080", "eda080", "f4908080", "80", "c3", "e282", "ff"})
    void bytesThatAreNoUtf8AreRefusedInSkippedValuesToo(String hex) {
        byte[] bad = java.util.HexFormat.of().parseHex(hex);
        String record = "{\"x\":\"" + new String(bad, StandardCharsets.ISO_8859_1) + "\"}";
        DecodedRows decoded = trades.decode(record.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(decoded.rejections()).hasSize(1);
        assertThat(decoded.rejections().get(0).reason()).isEqualTo("malformed JSON: not UTF-8 (byte 6)");
    }

    @Test
    void everyTruncationIsRefused() {
        String record = " {\"symbol\":\"größ\\u00e9\",\"x\":[1,{\"y\":-1.5e+3},true,null,\"\"],\"price\":12.5}";
        byte[] whole = record.getBytes(StandardCharsets.UTF_8);
        JsonRecords nothing = new JsonRecords(TRADE, Map.of(), new int[0]);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(trades.decode(cut).rejections())
                    .as(record.substring(0, 5) + length)
                    .hasSize(1);
            assertThat(nothing.decode(cut).rejections())
                    .as("none needed, " + length)
                    .hasSize(1);
        }
        assertThat(trades.decode(whole).rejections()).isEmpty();
    }

    @Test
    void nestingHasALimit() {
        String deepest = "[".repeat(JsonScanner.DEPTH_MAX - 1) + "]".repeat(JsonScanner.DEPTH_MAX - 1);
        assertThat(trades.rows("{\"x\":" + deepest + "}")).hasSize(1);
        DecodedRows.Rejection rejection = trades.rejectionOf("{\"x\":[" + deepest + "]}");
        assertThat(rejection.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        assertThat(trades.decode("{\"x\":" + "[".repeat(100_000)).rejections()).hasSize(1);
    }

    @Test
    void keysWithoutEndAreRead() {
        StringBuilder record = new StringBuilder("{");
        for (int i = 0; i < 3 * MemberTable.MEMBERS_MAX; i++) {
            record.append("\"k").append(i).append("\":").append(i).append(',');
        }
        record.append("\"").append("long".repeat(100)).append("\":0,\"price\":7}");
        String text = record.toString();
        assertThat(trades.rows(text, text)).isEqualTo(List.of(Arrays.asList(null, 7.0), Arrays.asList(null, 7.0)));
    }

    @Test
    void textWithoutEscapesIsNotCopied() {
        BytesColumn records = new BytesColumn(2);
        records.append(0, "{\"symbol\":\"A\"}");
        records.append(1, "{\"symbol\":\"ü\"}");
        BytesColumn symbols = (BytesColumn) trades.decode(records, 2).rows().column(0);
        assertThat(symbols.data()).isSameAs(records.data());
    }

    @Test
    void textWithEscapesIsMixedWithTextWithout() {
        String[] records = {"{\"symbol\":\"A\"}", "{}", "{\"symbol\":\"b\\nc\"}", "{\"symbol\":\"D\"}"};
        for (int round = 0; round < 3; round++) {
            assertThat(trades.rows(records).stream().map(row -> row.get(0))).containsExactly("A", null, "b\nc", "D");
        }
    }

    @Test
    void pathsReachInside() {
        RowType schema = RowType.of(
                Field.nullable("mag", DataType.DOUBLE),
                Field.nullable("longitude", DataType.DOUBLE),
                Field.nullable("depth", DataType.DOUBLE),
                Field.nullable("geometry", DataType.VARCHAR),
                Field.nullable("first", DataType.VARCHAR));
        JsonRecords quakes = new JsonRecords(
                schema,
                Map.of(
                        "path.mag", "$.properties.mag",
                        "path.longitude", "$.geometry.coordinates[0]",
                        "path.depth", "$.geometry.coordinates[2]",
                        "path.first", "$['a b'][0][1].c"));
        String geometry = "{\"type\":\"Point\",\"coordinates\":[-122.5, 46, 3.28]}";
        assertThat(quakes.rows(
                        "{\"properties\":{\"mag\":0.5,\"x\":1},\"geometry\":" + geometry
                                + ",\"a b\":[[0,{\"c\":\"C\"}],9]}",
                        "{\"properties\":null,\"geometry\":{\"coordinates\":[7]},\"mag\":8}",
                        "{\"properties\":{},\"a b\":[]}"))
                .isEqualTo(List.of(
                        List.of(0.5, -122.5, 3.28, geometry, "C"),
                        Arrays.asList(null, 7.0, null, "{\"coordinates\":[7]}", null),
                        Arrays.asList(null, null, null, null, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "mag", "$[0]", "$.a.", "$.a[x]", "$..a", "$.a[0", "$.a b]"})
    void aPathThatIsNoneIsRefused(String path) {
        assertThatThrownBy(() -> new JsonRecords(TRADE, Map.of("path.price", path)))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("path.price");
    }

    @Test
    void aFieldIsNeededOnce() {
        assertThatThrownBy(() -> new JsonRecords(TRADE, Map.of(), 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPathOfNoColumnIsRefused() {
        assertThatThrownBy(() -> new JsonRecords(TRADE, Map.of("path.prize", "$.a")))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("names no column");
    }
}
