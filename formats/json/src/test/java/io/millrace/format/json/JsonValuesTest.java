package io.millrace.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.format.DecodedRows.Rejection;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each type makes of each kind of value. */
class JsonValuesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "12345678, 12345678",
        "123456789012345678, 123456789012345678",
        "1e3, 1000",
        "1.50e2, 150",
        "12.0, 12",
        "0.0000, 0",
        "0e999999999, 0",
        "'\"42\"', 42",
        "true, 1",
        "false, 0",
        "1000000000000000000000e-3, 1000000000000000000"
    })
    void integersAreExact(String json, long expected) {
        assertThat(JsonRecords.of(DataType.BIGINT).value(json)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9223372036854775808", "-9223372036854775809", "1e19", "1e999999999", "\"9223372036854775808\""})
    void integersThatDoNotFitAreRefused(String json) {
        assertThat(JsonRecords.of(DataType.BIGINT).rejection(json).code()).isEqualTo(ErrorCode.NUMERIC_OVERFLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.5", "1e-1", "0.00000000000000000000000001", "1e-999999999", "\"x\"", "\"\"", "{}", "[1]"})
    void whatIsNoIntegerIsRefused(String json) {
        assertThat(JsonRecords.of(DataType.BIGINT).rejection(json).code()).isEqualTo(ErrorCode.INVALID_VALUE);
    }

    @Test
    void smallIntegersAreHeldToTheirRange() {
        assertThat(JsonRecords.of(DataType.TINYINT).value("-128")).isEqualTo(-128);
        assertThat(JsonRecords.of(DataType.TINYINT).rejection("128").code()).isEqualTo(ErrorCode.NUMERIC_OVERFLOW);
        assertThat(JsonRecords.of(DataType.INTEGER).rejection("2147483648").reason())
                .isEqualTo("column v: '2147483648' does not fit 32 bits (byte 5)");
    }

    @Test
    void decimalsAreExactAndRoundedHalfUp() {
        JsonRecords money = JsonRecords.of(new DecimalType(10, 2));
        assertThat(money.value("1.005")).isEqualTo(new BigDecimal("1.01"));
        assertThat(money.value("-1.005")).isEqualTo(new BigDecimal("-1.01"));
        assertThat(money.value("1.0049999999999999999999")).isEqualTo(new BigDecimal("1.00"));
        assertThat(money.value("99999999.99")).isEqualTo(new BigDecimal("99999999.99"));
        assertThat(money.value("1e-999999999")).isEqualTo(new BigDecimal("0.00"));
        assertThat(money.rejection("99999999.995").code()).isEqualTo(ErrorCode.NUMERIC_OVERFLOW);
        assertThat(money.rejection("1e999999999").code()).isEqualTo(ErrorCode.NUMERIC_OVERFLOW);
        assertThat(JsonRecords.of(new DecimalType(38, 0)).value("99999999999999999999999999999999999999"))
                .isEqualTo(new BigDecimal("99999999999999999999999999999999999999"));
    }

    @Test
    void floatingPointNumbersAreTheNearest() {
        JsonRecords doubles = JsonRecords.of(DataType.DOUBLE);
        for (String text : List.of(
                "0.1",
                "-0.0",
                "1e23",
                "9007199254740993",
                "2.2250738585072012e-308",
                "1e-400",
                "5e-324",
                "74.93588199999998",
                "123456789012345678901234567890")) {
            assertThat(doubles.value(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
        assertThat(JsonRecords.of(DataType.REAL).value("16777217.0000001"))
                .isEqualTo(Float.parseFloat("16777217.0000001"));
        assertThat(doubles.value("\"NaN\"")).isEqualTo(Double.NaN);
        assertThat(doubles.value("\"-Infinity\"")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(doubles.rejection("1e309").code()).isEqualTo(ErrorCode.NUMERIC_OVERFLOW);
        assertThat(JsonRecords.of(DataType.REAL).rejection("1e39").code()).isEqualTo(ErrorCode.NUMERIC_OVERFLOW);
    }

    @Test
    void aNumberWithoutEndIsRefusedAndNotComputed() {
        String digits = "1".repeat(100_000);
        assertThat(JsonRecords.of(new DecimalType(38, 0)).rejection(digits).code())
                .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    }

    @Test
    void truthIsALiteralOrAStringSayingSo() {
        JsonRecords truth = JsonRecords.of(DataType.BOOLEAN);
        assertThat(truth.value("true")).isEqualTo(true);
        assertThat(truth.value("\"FALSE\"")).isEqualTo(false);
        assertThat(truth.rejection("1").reason()).isEqualTo("column v: a number is not a BOOLEAN (byte 5)");
        assertThat(truth.rejection("\"maybe\"").code()).isEqualTo(ErrorCode.INVALID_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2026-11-20T12:30:15.123456789Z\"', 2026-11-20T12:30:15.123456",
        "'\"2026-11-20 12:30:15\"', 2026-11-20T12:30:15",
        "'\"2026-11-20T12:30:15.5+02:00\"', 2026-11-20T10:30:15.5",
        "'\"2026-11-20\"', 2026-11-20T00:00",
        "'\"1992-02-14 18:35:44.0\"', 1992-02-14T18:35:44",
        "'\"2026\\u002d11-20T12:30Z\"', 2026-11-20T12:30",
        "1517363399650, 2018-01-31T01:49:59.650",
        "-1, 1969-12-31T23:59:59.999",
        "1.5, 1970-01-01T00:00:00.0015",
        "1517363399650.25, 2018-01-31T01:49:59.650250"
    })
    void pointsInTimeAreTextOrMilliseconds(String json, LocalDateTime expected) {
        assertThat(JsonRecords.of(DataType.TIMESTAMP).value(json)).isEqualTo(expected);
    }

    @Test
    void theUnitOfNumbersIsAnOption() {
        RowType schema = RowType.of(Field.nullable("v", new TimestampType(3, true)));
        JsonRecords seconds = new JsonRecords(schema, Map.of("timestamp_unit", "s"));
        assertThat(seconds.value("1517363399.6507")).isEqualTo(Instant.parse("2018-01-31T01:49:59.650Z"));
        assertThat(seconds.value("-0.0005")).isEqualTo(Instant.parse("1969-12-31T23:59:59.999Z"));
        assertThat(new JsonRecords(schema, Map.of("timestamp_unit", "us")).value("1517363399650700"))
                .isEqualTo(Instant.parse("2018-01-31T01:49:59.650Z"));
    }

    @Test
    void datesAndTimesAreText() {
        assertThat(JsonRecords.of(DataType.DATE).value("\"2024-02-29\"")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(JsonRecords.of(DataType.TIME).value("\"13:45:01.5\""))
                .isEqualTo(LocalTime.of(13, 45, 1, 500_000_000));
        assertThat(JsonRecords.of(DataType.DATE).rejection("\"2023-02-29\"").code())
                .isEqualTo(ErrorCode.INVALID_VALUE);
        assertThat(JsonRecords.of(DataType.DATE).rejection("0").code()).isEqualTo(ErrorCode.INVALID_VALUE);
        assertThat(JsonRecords.of(DataType.TIMESTAMP).rejection("true").code()).isEqualTo(ErrorCode.INVALID_VALUE);
    }

    @Test
    void textOfOtherValuesIsTheirSource() {
        JsonRecords text = JsonRecords.of(DataType.VARCHAR);
        assertThat(text.value("{\"a\": [1, 2.50]}")).isEqualTo("{\"a\": [1, 2.50]}");
        assertThat(text.value("[ ]")).isEqualTo("[ ]");
        assertThat(text.value("1.50")).isEqualTo("1.50");
        assertThat(text.value("true")).isEqualTo("true");
        assertThat(text.value("\"\"")).isEqualTo("");
    }

    @Test
    void escapesAreDecoded() {
        JsonRecords text = JsonRecords.of(DataType.VARCHAR);
        assertThat(text.value("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\\ud83d\\uDE00\\u0000\""))
                .isEqualTo("\"\\/\b\f\n\r\tAé€😀\0");
    }

    @Test
    void textTooLongIsRefusedByCharacters() {
        JsonRecords three = JsonRecords.of(new CharacterType(3, false));
        assertThat(three.value("\"größ\\u00e9\"".replace("gr", ""))).isEqualTo("ößé");
        assertThat(three.rejection("\"😀😀😀😀\"").reason())
                .isEqualTo("column v: a text of 4 characters is too long for VARCHAR(3) (byte 5)");
        assertThat(JsonRecords.of(new CharacterType(3, true)).value("\"é\"")).isEqualTo("é  ");
    }

    @Test
    void nestedValuesBecomeRowsArraysAndMaps() {
        RowType inner = RowType.of(
                Field.nullable("a", DataType.BIGINT), Field.nullable("b", new ArrayType(DataType.VARCHAR, true)));
        assertThat(JsonRecords.of(inner).value("{\"b\":[\"x\", null, \"\\n\"], \"other\":{}, \"A\": 1}"))
                .isEqualTo(List.of(1L, Arrays.asList("x", null, "\n")));
        assertThat(JsonRecords.of(inner).value("{}")).isEqualTo(Arrays.asList(null, null));
        assertThat(JsonRecords.of(new ArrayType(inner, true)).value("[ ]")).isEqualTo(List.of());
        assertThat(JsonRecords.of(new MapType(DataType.VARCHAR, DataType.DOUBLE, true))
                        .value("{\"x\": 1, \"\\u0079\" :2.5}"))
                .isEqualTo(Map.of("x", 1.0, "y", 2.5));
    }

    @Test
    void nestedProblemsNameTheirColumn() {
        RowType inner = RowType.of(Field.nullable("a", new ArrayType(DataType.INTEGER, false)));
        assertThat(JsonRecords.of(inner).rejection("{\"a\":[1,null]}"))
                .isEqualTo(new Rejection(
                        0, ErrorCode.NULL_NOT_ALLOWED, "column v.a[]: no value for a NOT NULL column (byte 13)"));
        assertThat(JsonRecords.of(inner).rejection("[]").reason()).contains("an array is not a ROW(a ");
    }

    @Test
    void binaryIsBase64() {
        assertThat(JsonRecords.of(DataType.VARBINARY).value("\"AP8=\"")).isEqualTo("00ff");
        assertThat(JsonRecords.of(DataType.VARBINARY).rejection("\"A*\"").code())
                .isEqualTo(ErrorCode.INVALID_VALUE);
    }
}
