package io.millrace.server.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.postgres.copy.CopyOptions.Form;
import io.millrace.server.postgres.copy.CopyOptions.Header;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read, what is refused, and what is said of it. */
final class CopyInputTest {

    private static final RowType TYPE =
            RowType.of(Field.nullable("a", DataType.VARCHAR), Field.nullable("n", DataType.INTEGER));
    private static final CopyOptions TEXT = CopyOptions.of(Form.TEXT);
    private static final CopyOptions CSV = CopyOptions.of(Form.CSV);

    private final List<String> rows = new ArrayList<>();

    private CopyInput input(CopyOptions options, RowType type) {
        rows.clear();
        return new CopyInput("trades", type, options, ZoneOffset.UTC, batch -> {
            for (int row = 0; row < batch.size(); row++) {
                rows.add(String.valueOf(JavaValues.row(batch, row)));
            }
        });
    }

    private List<String> read(CopyOptions options, String data) {
        CopyInput input = input(options, TYPE);
        input.add(data.getBytes(StandardCharsets.UTF_8));
        input.end();
        return rows;
    }

    private void refused(CopyOptions options, byte[] data, String sqlState, String message, String where) {
        CopyInput input = input(options, TYPE);
        assertThatThrownBy(() -> {
                    input.add(data);
                    input.end();
                })
                .isInstanceOfSatisfying(CopyException.class, e -> {
                    assertThat(e.sqlState()).isEqualTo(sqlState);
                    assertThat(e).hasMessageContaining(message);
                    assertThat(e.where()).isEqualTo(where);
                });
    }

    private void refused(CopyOptions options, String data, String sqlState, String message, String where) {
        refused(options, data.getBytes(StandardCharsets.UTF_8), sqlState, message, where);
    }

    private static CopyOptions csv(Header header, List<String> forceNotNull, List<String> forceNull) {
        return new CopyOptions(
                Form.CSV, header, (byte) ',', "", (byte) '"', (byte) '"', List.of(), forceNotNull, forceNull);
    }

    @Test
    void textMayEndWithOrWithoutALineEndAndHaveEither() {
        assertThat(read(TEXT, "x\t1\ny\t2\n")).containsExactly("[x, 1]", "[y, 2]");
        assertThat(read(TEXT, "x\t1\r\ny\t2")).containsExactly("[x, 1]", "[y, 2]");
        assertThat(read(TEXT, "")).isEmpty();
    }

    @Test
    void whatFollowsTheEndMarkIsPassedOver() {
        assertThat(read(TEXT, "x\t1\n\\.\nrubbish")).containsExactly("[x, 1]");
        assertThat(read(CSV, "x,1\n\\.\nrubbish,,,")).containsExactly("[x, 1]");
    }

    @Test
    void textKnowsAllEscapes() {
        assertThat(read(TEXT, "\\b\\f\\n\\r\\t\\v\\\\\\q\\x41\\101\\\t\\\n\t1\n"))
                .containsExactly("[\b\f\n\r\t\013\\qAA\t\n, 1]");
        assertThat(read(TEXT, "\\xc3\\xa4\t1\n")).containsExactly("[ä, 1]");
        assertThat(read(TEXT, "\\N\t\\N\n")).containsExactly("[null, null]");
    }

    @Test
    void csvTellsNullFromEmpty() {
        assertThat(read(CSV, ",1\n\"\",\n")).containsExactly("[null, 1]", "[, null]");
        assertThat(read(csv(Header.NONE, List.of("A"), List.of()), ",1\n")).containsExactly("[, 1]");
        assertThat(read(csv(Header.NONE, List.of(), CopyOptions.ALL), "\"\",1\n"))
                .containsExactly("[null, 1]");
    }

    @Test
    void csvQuotesMayStandAnywhere() {
        assertThat(read(CSV, "a\"b,\"c\"d\"\"\"\"\",1\n\"x\ny\r\nz\",2\r\n"))
                .containsExactly("[ab,cd\"\", 1]", "[x\ny\r\nz, 2]");
    }

    @Test
    void headerIsPassedOverOrCompared() {
        assertThat(read(csv(Header.YES, List.of(), List.of()), "what,ever,it\nx,1\n"))
                .containsExactly("[x, 1]");
        assertThat(read(csv(Header.MATCH, List.of(), List.of()), "\"a\",n\nx,1\n"))
                .containsExactly("[x, 1]");
        refused(
                csv(Header.MATCH, List.of(), List.of()),
                "a,m\nx,1\n",
                "22P04",
                "header line field 2: got \"m\", expected \"n\"",
                "COPY trades, line 1");
    }

    @Test
    void rowsBeforeTheFaultAreTaken() {
        refused(TEXT, "x\t1\ny\t2\nz\tthree\nw\t4\n", "22P02", "three", "COPY trades, line 3, column n: \"three\"");
        assertThat(rows).containsExactly("[x, 1]", "[y, 2]");
    }

    @Test
    void lineBreaksInQuotesCount() {
        refused(CSV, "\"a\n\n\",1\nx,y\n", "22P02", "y", "COPY trades, line 4, column n: \"y\"");
    }

    @Test
    void wrongNumbersOfFieldsAreRefused() {
        refused(TEXT, "x\n", "22P04", "missing data for column \"n\"", "COPY trades, line 1: \"x\"");
        refused(CSV, "x,1,2\n", "22P04", "extra data after last expected column", "COPY trades, line 1: \"x,1,2\"");
    }

    @Test
    void brokenFormsAreRefused() {
        refused(CSV, "\"x,1\n", "22P04", "unterminated CSV quoted field", "COPY trades, line 2");
        refused(CSV, "x\ry,1\n", "22P04", "unquoted carriage return", "COPY trades, line 1");
        refused(TEXT, "x\ry\t1\n", "22P04", "literal carriage return", "COPY trades, line 1");
        refused(CopyOptions.of(Form.BINARY), "PGCOPX", "22P04", "signature", "COPY trades, line 0");
        refused(CopyOptions.of(Form.BINARY), "PGC", "22P04", "invalid COPY file header", "COPY trades, line 1");
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        byte[] broken = "x\t1\ny\t2\n".getBytes(StandardCharsets.ISO_8859_1);
        broken[4] = (byte) 0xE4;
        refused(TEXT, broken, "22021", "invalid byte sequence", "COPY trades, line 2");
        assertThat(rows).containsExactly("[x, 1]");
        refused(
                TEXT,
                "x\t1\n\\xe4\t2\n",
                "22021",
                "invalid byte sequence",
                "COPY trades, line 2, column a: \"\uFFFD\"");
    }

    @Test
    void nullAndTooLongAreRefused() {
        RowType narrow =
                RowType.of(Field.required("a", new CharacterType(3, false)), Field.nullable("n", DataType.INTEGER));
        CopyInput first = input(TEXT, narrow);
        assertThatThrownBy(() -> {
                    first.add("\\N\t1\n".getBytes(StandardCharsets.UTF_8));
                    first.end();
                })
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.sqlState()).isEqualTo("23502"));
        CopyInput second = input(TEXT, narrow);
        assertThatThrownBy(() -> {
                    second.add("äöü\t1\nlong\t2\n".getBytes(StandardCharsets.UTF_8));
                    second.end();
                })
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("too long");
        assertThat(rows).containsExactly("[äöü, 1]");
    }

    @Test
    void integersOfOtherFormsAreReadAsPostgresqlDoes() {
        assertThat(read(TEXT, "x\t +7 \ny\t007\n")).containsExactly("[x, 7]", "[y, 7]");
        refused(TEXT, "x\t1.0\n", "22P02", "1.0", "COPY trades, line 1, column n: \"1.0\"");
        refused(TEXT, "x\t2147483648\n", "22003", "2147483648", "COPY trades, line 1, column n: \"2147483648\"");
    }

    @Test
    void rowsGoOnWhenTheClientPauses() {
        CopyInput input = input(TEXT, TYPE);
        input.add("x\t1\ny\t".getBytes(StandardCharsets.UTF_8));
        assertThat(rows).isEmpty();
        assertThat(input.isEmpty()).isFalse();
        input.flush();
        assertThat(rows).containsExactly("[x, 1]");
        assertThat(Arrays.asList(input.isEmpty(), input.rows())).containsExactly(true, 1L);
    }
}
