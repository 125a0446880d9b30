package io.millrace.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.GuessedRows;
import io.millrace.spi.row.BytesColumn;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvGuessTest {

    private static GuessedRows guess(Options options, String... records) {
        BytesColumn column = new BytesColumn(records.length);
        for (int i = 0; i < records.length; i++) {
            column.append(i, records[i]);
        }
        return new CsvFormat().guess(column, records.length, options);
    }

    private static String type(String... records) {
        GuessedRows rows = guess(Options.NONE, records);
        return (rows.header() ? "header " : "") + rows.type();
    }

    @Test
    void theFirstLineNamesColumnsWhereItHasNothingButTexts() {
        assertThat(type("id,at", "1,2026-01-01")).isEqualTo("header ROW(id BIGINT, at DATE)");
        assertThat(type("1,2026-01-01", "2,2026-01-02")).isEqualTo("ROW(column1 BIGINT, column2 DATE)");
        assertThat(type("a,a", "b,c")).isEqualTo("ROW(column1 VARCHAR, column2 VARCHAR)");
        assertThat(type("a,", "b,c")).isEqualTo("ROW(column1 VARCHAR, column2 VARCHAR)");
        assertThat(type("only")).isEqualTo("header ROW(only VARCHAR)");
    }

    @Test
    void aTypeIsOneThatEveryFieldReadsAs() {
        assertThat(type("a,b,c,d,e", "1,1,true,2026-01-01,007", "-2,1.5e3,,2026-01-01 10:00:00,10"))
                .isEqualTo("header ROW(a BIGINT, b DOUBLE, c BOOLEAN, d TIMESTAMP(6), e VARCHAR)");
        assertThat(type("a", "1", "x")).isEqualTo("header ROW(a VARCHAR)");
        assertThat(type("a", "2026-02-30")).isEqualTo("header ROW(a VARCHAR)");
        assertThat(type("a,b", ",1")).isEqualTo("header ROW(a VARCHAR, b BIGINT)");
    }

    @Test
    void integersKeepTheirDigits() {
        assertThat(type("a", "9223372036854775807")).isEqualTo("header ROW(a BIGINT)");
        assertThat(type("a", "1", "-9223372036854775809")).isEqualTo("header ROW(a DECIMAL(38, 0))");
        assertThat(type("a", "1.5", "9223372036854775808")).isEqualTo("header ROW(a DOUBLE)");
        assertThat(type("a", "1", "9".repeat(39))).isEqualTo("header ROW(a VARCHAR)");
    }

    @Test
    void optionsOfTheFormatCount() {
        assertThat(guess(new Options(Map.of("delimiter", ";", "header", "false")), "a;b", "c;d")
                        .type()
                        .toString())
                .isEqualTo("ROW(column1 VARCHAR, column2 VARCHAR)");
    }

    @Test
    void linesOfOtherLengthsAreToldOf() {
        assertThatThrownBy(() -> type("a,b", "1,2", "3"))
                .isInstanceOf(MillraceException.class)
                .hasMessage("line 3 has 1 fields, and the first has 2");
    }
}
