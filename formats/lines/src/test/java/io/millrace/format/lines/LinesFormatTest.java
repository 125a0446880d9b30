package io.millrace.format.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.data.SharedData;
import io.millrace.testing.row.RowValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinesFormatTest {

    private static final RowType TEXT = RowType.of(Field.nullable("line", DataType.VARCHAR));

    @Test
    void aRecordIsTheValueToItsLastByte() {
        assertThat(RowValues.of(decode(TEXT, bytes("a line\r\n"), bytes("")).rows()))
                .isEqualTo(List.of(List.of("a line\r\n"), List.of("")));
    }

    @Test
    void textPointsIntoTheRecords() {
        BytesColumn records = new BytesColumn(1);
        records.append(0, "a line");
        DecodedRows rows = new DecodedRows(RowBatch.create(TEXT, 1));
        new LinesFormat()
                .decoder(TEXT, new int[] {0}, Options.NONE, noCompiler())
                .decode(records, 0, 1, rows);
        assertThat(((BytesColumn) rows.rows().column(0)).data()).isSameAs(records.data());
    }

    @Test
    void textMustBeUtf8AndBytesNeedNot() {
        byte[] bad = {'o', 'k', (byte) 0xFF};
        DecodedRows text = decode(TEXT, bytes("ok"), bad);
        assertThat(text.rows().size()).isEqualTo(1);
        assertThat(text.rejections())
                .containsExactly(
                        new DecodedRows.Rejection(1, ErrorCode.INVALID_VALUE, "column line: not UTF-8 (byte 2)"));
        RowType binary = RowType.of(Field.nullable("data", DataType.VARBINARY));
        assertThat(RowValues.of(decode(binary, bad).rows())).isEqualTo(List.of(List.of("6f6bff")));
    }

    @Test
    void whatIsTooLongIsRefused() {
        RowType three = RowType.of(Field.nullable("line", new CharacterType(3, false)));
        assertThat(decode(three, bytes("äöü"), bytes("äöüß")).rejections())
                .singleElement()
                .extracting(DecodedRows.Rejection::record)
                .isEqualTo(1);
        RowType fixed = RowType.of(Field.nullable("data", new BinaryType(2, true)));
        assertThat(RowValues.of(decode(fixed, bytes("a"), bytes("abc")).rows())).isEqualTo(List.of(List.of("6100")));
    }

    @Test
    void otherSchemasAreRefused() {
        RowType two = RowType.of(Field.nullable("a", DataType.VARCHAR), Field.nullable("b", DataType.VARCHAR));
        RowType number = RowType.of(Field.nullable("a", DataType.BIGINT));
        for (RowType schema : List.of(two, number)) {
            assertThatThrownBy(() -> new LinesFormat().encoder(schema, Options.NONE))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
        }
    }

    @Test
    void anAccessLogIsReadWhole() throws IOException {
        byte[] log = Files.readAllBytes(SharedData.file("logs/apache_access.log"));
        List<String> lines = new String(log, StandardCharsets.UTF_8).lines().toList();
        DecodedRows rows =
                decode(TEXT, lines.stream().map(LinesFormatTest::bytes).toArray(byte[][]::new));
        assertThat(rows.rejections()).isEmpty();
        assertThat(RowValues.of(rows.rows()).stream().map(row -> row.get(0))).isEqualTo(lines);
        assertThat(lines).hasSize(10_000);
    }

    private static DecodedRows decode(RowType schema, byte[]... records) {
        BytesColumn column = new BytesColumn(records.length);
        for (int i = 0; i < records.length; i++) {
            column.append(i, records[i]);
        }
        DecodedRows rows = new DecodedRows(RowBatch.create(schema, 1));
        new LinesFormat()
                .decoder(schema, new int[] {0}, Options.NONE, noCompiler())
                .decode(column, 0, records.length, rows);
        return rows;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ClassCompiler noCompiler() {
        return new ClassCompiler() {
            @Override
            public <T> T instantiate(String className, String source, Class<T> contract, Set<Class<?>> used) {
                throw new MillraceException(ErrorCode.INTERNAL, "lines need no compiler");
            }
        };
    }
}
