package io.millrace.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.BytesColumn;
import org.junit.jupiter.api.Test;

class JsonGuessTest {

    private static String type(String... records) {
        BytesColumn column = new BytesColumn(records.length);
        for (int i = 0; i < records.length; i++) {
            column.append(i, records[i]);
        }
        return new JsonFormat()
                .guess(column, records.length, Options.NONE)
                .type()
                .toString();
    }

    @Test
    void keysOfAllObjectsAreColumns() {
        assertThat(type("{\"a\": 1, \"b\": \"x\"}", "{\"c\": true, \"A\": 2.5}"))
                .isEqualTo("ROW(a DOUBLE, b VARCHAR, c BOOLEAN)");
        assertThat(type("{\"a\": 1} {\"\\u0062\": null}")).isEqualTo("ROW(a BIGINT, b VARCHAR)");
    }

    @Test
    void objectsAreRowsAndArraysAreArrays() {
        assertThat(type("{\"a\": {\"b\": [1, 2.5], \"c\": {}}, \"d\": []}", "{\"a\": {\"e\": [[\"x\"]]}}"))
                .isEqualTo("ROW(a ROW(b DOUBLE ARRAY, c VARCHAR, e VARCHAR ARRAY ARRAY), d VARCHAR ARRAY)");
    }

    @Test
    void valuesOfDifferentKindsAreText() {
        assertThat(type("{\"a\": 1, \"b\": {\"x\": 1}, \"c\": [1]}", "{\"a\": \"x\", \"b\": 2, \"c\": {\"y\": 1}}"))
                .isEqualTo("ROW(a VARCHAR, b VARCHAR, c VARCHAR)");
    }

    @Test
    void integersKeepTheirDigits() {
        assertThat(type("{\"a\": 9223372036854775807}")).isEqualTo("ROW(a BIGINT)");
        assertThat(type("{\"a\": 1}", "{\"a\": 1234567890123456789012}")).isEqualTo("ROW(a DECIMAL(38, 0))");
        assertThat(type("{\"a\": 1.5}", "{\"a\": 1234567890123456789012}")).isEqualTo("ROW(a DOUBLE)");
    }

    @Test
    void whatIsNoObjectIsToldOf() {
        assertThatThrownBy(() -> type("{\"a\": 1}", "[1]"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("line 2: ");
    }
}
