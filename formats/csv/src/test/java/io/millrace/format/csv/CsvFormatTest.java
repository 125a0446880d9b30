package io.millrace.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.data.SharedData;
import io.millrace.testing.row.RowValues;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest {

    private static final RowType PAIR =
            RowType.of(Field.nullable("name", DataType.VARCHAR), Field.nullable("count", DataType.BIGINT));

    @Test
    void fieldsAreToldApart() {
        Map<String, String> names = Map.of(
                "a,1", "a",
                "a,1\r", "a",
                "a,1\n", "a",
                "a,1\r\n", "a",
                "\"a\",1\r\n", "a",
                "\"a,b\",\"1\"", "a,b",
                "\"say \"\"hi\"\"\",1", "say \"hi\"",
                " ,1", " ",
                "größ,1", "größ",
                "longer than eight bytes,1", "longer than eight bytes");
        names.forEach((record, name) ->
                assertThat(rows(PAIR, Map.of(), record)).as(record).isEqualTo(List.of(Arrays.asList(name, 1L))));
    }

    @Test
    void anEmptyTextHasQuotesAndNullHasNone() {
        assertThat(rows(PAIR, Map.of(), "\"\",1", ","))
                .isEqualTo(List.of(Arrays.asList("", 1L), Arrays.asList(null, null)));
        assertThat(encoded(PAIR, Map.of(), Arrays.asList("", null), Arrays.asList("NULL", 1L)))
                .containsExactly("\"\",", "NULL,1");
        assertThat(encoded(PAIR, Map.of("null_text", "NULL"), Arrays.asList("", null), Arrays.asList("NULL", 1L)))
                .containsExactly("\"\",NULL", "\"NULL\",1");
    }

    @Test
    void onlyWhatNeedsQuotesGetsThem() {
        assertThat(encoded(
                        PAIR,
                        Map.of(),
                        List.of("plain text", -5L),
                        List.of("a,b", 0L),
                        List.of("\"", 1L),
                        List.of("\n", 2L)))
                .containsExactly("plain text,-5", "\"a,b\",0", "\"\"\"\",1", "\"\n\",2");
    }

    @Test
    void aRecordMayHoldSeveralRows() {
        DecodedRows decoded = decode(PAIR, Map.of(), "a,1\nb,2\r\n\"c\nd\",3\n", "e,5", "f,6\ng");
        assertThat(RowValues.of(decoded.rows()))
                .isEqualTo(List.of(List.of("a", 1L), List.of("b", 2L), List.of("c\nd", 3L), List.of("e", 5L)));
        assertThat(Arrays.copyOf(decoded.recordOfRow(), 4)).containsExactly(0, 0, 0, 1);
        assertThat(decoded.rejections())
                .singleElement()
                .extracting(DecodedRows.Rejection::record)
                .isEqualTo(2);
    }

    @Test
    void otherCharactersMayBeChosen() {
        Map<String, String> options = Map.of("delimiter", "\\t", "quote", "'", "escape", "\\");
        assertThat(rows(PAIR, options, "'it\\'s \\\\ a \\n'\t1")).isEqualTo(List.of(List.of("it's \\ a \\n", 1L)));
    }

    @Test
    void aHeaderIsPassedOver() {
        Map<String, String> options = Map.of("header", "true");
        assertThat(rows(PAIR, options, "name,count\na,1", "Name,\"Count\"", "name,2"))
                .isEqualTo(List.of(List.of("a", 1L), List.of("name", 2L)));
        assertThat(decode(PAIR, Map.of(), "name,count").rejections()).hasSize(1);
    }

    @Test
    void onlyNeededColumnsAreConverted() {
        DecodedRows decoded = new DecodedRows(RowBatch.create(PAIR.project(0), 1));
        decoder(PAIR, Map.of(), 0).decode(column("a,not a number"), 0, 1, decoded);
        assertThat(RowValues.of(decoded.rows())).isEqualTo(List.of(List.of("a")));
    }

    @Test
    void textIsSharedUnlessItHasEscapes() {
        BytesColumn records = column("a,1", "\"b c\",2");
        DecodedRows decoded = new DecodedRows(RowBatch.create(PAIR, 1));
        decoder(PAIR, Map.of(), 0, 1).decode(records, 0, 2, decoded);
        assertThat(((BytesColumn) decoded.rows().column(0)).data()).isSameAs(records.data());
        assertThat(rows(PAIR, Map.of(), "a,1", ",2", "\"b\"\"\",3", "c,4").stream()
                        .map(row -> row.get(0)))
                .containsExactly("a", null, "b\"", "c");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "a|malformed CSV: 1 fields in a row of 2 (byte 0)",
                "a,1,2|malformed CSV: more fields than the 2 of a row (byte 4)",
                "a\"b,1|malformed CSV: a quote inside a field without quotes (byte 1)",
                "\"a\"b,1|malformed CSV: text behind a closing quote (byte 3)",
                "\"a,1|malformed CSV: the record ends inside quotes (byte 4)",
                "a,x|column count: 'x' is not an integer (byte 2)",
                "a,9223372036854775808|column count: '9223372036854775808' does not fit 64 bits (byte 2)",
            })
    void whatIsWrongIsToldWithItsPlace(String record, String reason) {
        DecodedRows decoded = decode(PAIR, Map.of(), record);
        assertThat(decoded.rejections())
                .singleElement()
                .extracting(DecodedRows.Rejection::reason)
                .isEqualTo(reason);
        assertThat(decoded.rows().size()).isZero();
    }

    @Test
    void moreFieldsMayBeAllowed() {
        assertThat(rows(PAIR, Map.of("ignore_extra", "true"), "a,1,2,\"x\ny\"\nb,2"))
                .isEqualTo(List.of(List.of("a", 1L), List.of("b", 2L)));
    }

    @Test
    void aRequiredColumnNeedsAValue() {
        RowType schema = RowType.of(Field.required("id", DataType.BIGINT), Field.nullable("x", DataType.VARCHAR));
        assertThat(decode(schema, Map.of(), ",a").rejections())
                .singleElement()
                .extracting(DecodedRows.Rejection::code)
                .isEqualTo(ErrorCode.NULL_NOT_ALLOWED);
    }

    @Test
    void numbersInAllFormsAreExact() {
        RowType schema = RowType.of(Field.nullable("d", DataType.DOUBLE), Field.nullable("m", new DecimalType(20, 2)));
        assertThat(rows(schema, Map.of(), "74.93588199999998,1.005", " 1e3 ,+1", "-Infinity,.5")
                        .toString())
                .isEqualTo("[[74.93588199999998, 1.01], [1000.0, 1.00], [-Infinity, 0.50]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "\n", "é", "\""})
    void aDelimiterThatIsNoneIsRefused(String delimiter) {
        assertThatThrownBy(() -> decoder(PAIR, Map.of("delimiter", delimiter), 0))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("delimiter");
    }

    @Test
    void aFieldIsNeededOnce() {
        assertThatThrownBy(() -> decoder(PAIR, Map.of(), 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nestedColumnsAreRefused() {
        RowType schema = RowType.of(Field.nullable("a", new ArrayType(DataType.BIGINT, true)));
        assertThatThrownBy(() -> new CsvFormat().encoder(schema, Options.NONE))
                .hasMessageContaining("no form for column a");
        assertThatThrownBy(() -> decoder(schema, Map.of(), 0)).hasMessageContaining("no form for column a");
    }

    @Test
    void aSeriesOfMeasurementsIsReadWhole() throws IOException {
        RowType schema =
                RowType.of(Field.required("timestamp", DataType.TIMESTAMP), Field.required("value", DataType.DOUBLE));
        for (String name :
                List.of("nyc_taxi", "machine_temperature_system_failure", "ec2_request_latency_system_failure")) {
            List<String> lines = Files.readAllLines(SharedData.file("metrics/" + name + ".csv"));
            List<List<@Nullable Object>> rows = rows(schema, Map.of("header", "true"), lines.toArray(String[]::new));
            assertThat(rows).hasSize(lines.size() - 1);
            for (int i = 1; i < lines.size(); i++) {
                String[] fields = lines.get(i).split(",");
                LocalDateTime timestamp = LocalDateTime.parse(fields[0].replace(' ', 'T'));
                assertThat(rows.get(i - 1)).isEqualTo(List.of(timestamp, Double.parseDouble(fields[1])));
            }
        }
    }

    private static List<String> encoded(RowType schema, Map<String, String> options, List<?>... rows) {
        RowBatch batch = RowBatch.create(schema, rows.length);
        for (List<?> row : rows) {
            JavaValues.append(batch, row);
        }
        BytesColumn out = new BytesColumn(0);
        new CsvFormat().encoder(schema, new Options(options)).encode(batch, out);
        return IntStream.range(0, rows.length).mapToObj(out::text).toList();
    }

    private static List<List<@Nullable Object>> rows(RowType schema, Map<String, String> options, String... records) {
        DecodedRows decoded = decode(schema, options, records);
        assertThat(decoded.rejections()).isEmpty();
        return RowValues.of(decoded.rows());
    }

    private static DecodedRows decode(RowType schema, Map<String, String> options, String... records) {
        DecodedRows decoded = new DecodedRows(RowBatch.create(schema, 1));
        int[] all = IntStream.range(0, schema.size()).toArray();
        decoder(schema, options, all).decode(column(records), 0, records.length, decoded);
        return decoded;
    }

    private static io.millrace.spi.format.RowDecoder decoder(
            RowType schema, Map<String, String> options, int... needed) {
        ClassCompiler none = new ClassCompiler() {
            @Override
            public <T> T instantiate(String className, String source, Class<T> contract, Set<Class<?>> used) {
                throw new MillraceException(ErrorCode.INTERNAL, "CSV needs no compiler");
            }
        };
        return new CsvFormat().decoder(schema, needed, new Options(options), none);
    }

    private static BytesColumn column(String... records) {
        BytesColumn column = new BytesColumn(records.length);
        for (int i = 0; i < records.length; i++) {
            column.append(i, records[i]);
        }
        return column;
    }
}
