package io.millrace.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Options;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the encoder writes means the same to another reader of JSON. (DuckDB reads numbers as doubles on their way
 * to DECIMAL, so here they have no more digits than those.)
 */
class DuckDbReadsOurJsonTest {

    private static final RowType SCHEMA = RowType.of(
            Field.nullable("id", DataType.BIGINT),
            Field.nullable("name", DataType.VARCHAR),
            Field.nullable("happened", DataType.TIMESTAMP),
            Field.nullable("instant", DataType.TIMESTAMP_WITH_TIME_ZONE),
            Field.nullable("day", DataType.DATE),
            Field.nullable("clock", DataType.TIME),
            Field.nullable("amount", new DecimalType(20, 3)),
            Field.nullable("ratio", DataType.DOUBLE),
            Field.nullable("flag", DataType.BOOLEAN),
            Field.nullable("parts", new ArrayType(DataType.INTEGER, true)));
    private static final String TYPES = "{id:'BIGINT', name:'VARCHAR', happened:'TIMESTAMP', instant:'TIMESTAMPTZ',"
            + " day:'DATE', clock:'TIME', amount:'DECIMAL(20,3)', ratio:'DOUBLE', flag:'BOOLEAN', parts:'INTEGER[]'}";

    @Test
    void everyColumnArrives(@TempDir Path directory) throws IOException, SQLException {
        RowBatch rows = RowBatch.create(SCHEMA, 3);
        JavaValues.append(
                rows,
                List.of(
                        Long.MIN_VALUE,
                        "a \"quoted\"\n\\ 日本 \u0001",
                        LocalDateTime.parse("2026-11-20T12:30:15.123456"),
                        Instant.parse("2026-11-20T12:30:15.5Z"),
                        LocalDate.of(1600, 2, 29),
                        LocalTime.of(23, 59, 59, 999_999_000),
                        new BigDecimal("-123456789012.890"),
                        1.5e-300,
                        true,
                        List.of(1, -2)));
        JavaValues.append(rows, Collections.nCopies(SCHEMA.size(), null));
        JavaValues.append(
                rows,
                List.of(
                        Long.MAX_VALUE,
                        "",
                        LocalDateTime.parse("1969-12-31T23:59:59"),
                        Instant.EPOCH,
                        LocalDate.EPOCH,
                        LocalTime.MIDNIGHT,
                        new BigDecimal("0.001"),
                        Double.NaN,
                        false,
                        List.of()));
        Path file = directory.resolve("rows.json");
        Files.write(file, lines(rows));
        String query =
                "SELECT id, name, happened, epoch_us(instant), day, clock, amount, ratio, flag, len(parts), parts[2]"
                        + " FROM read_json('" + file + "', format='newline_delimited', columns=" + TYPES + ")";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet result = connection.createStatement().executeQuery(query)) {
            assertThat(result.next()).isTrue();
            assertThat(result.getLong(1)).isEqualTo(Long.MIN_VALUE);
            assertThat(result.getString(2)).isEqualTo("a \"quoted\"\n\\ 日本 \u0001");
            assertThat(result.getObject(3, LocalDateTime.class)).hasToString("2026-11-20T12:30:15.123456");
            assertThat(result.getLong(4)).isEqualTo(JavaValues.micros(Instant.parse("2026-11-20T12:30:15.5Z")));
            assertThat(result.getObject(5, LocalDate.class)).hasToString("1600-02-29");
            assertThat(result.getString(6)).isEqualTo("23:59:59.999999");
            assertThat(result.getBigDecimal(7)).isEqualTo(new BigDecimal("-123456789012.890"));
            assertThat(result.getDouble(8)).isEqualTo(1.5e-300);
            assertThat(result.getBoolean(9)).isTrue();
            assertThat(result.getInt(11)).isEqualTo(-2);
            assertThat(result.next()).isTrue();
            for (int i = 1; i <= 11; i++) {
                assertThat(result.getObject(i)).isNull();
            }
            assertThat(result.next()).isTrue();
            assertThat(result.getString(2)).isEmpty();
            assertThat(result.getObject(3, LocalDateTime.class)).hasToString("1969-12-31T23:59:59");
            assertThat(result.getDouble(8)).isNaN();
            assertThat(result.next()).isFalse();
        }
    }

    private static byte[] lines(RowBatch rows) {
        BytesColumn records = new BytesColumn(0);
        new JsonFormat().encoder(SCHEMA, Options.NONE).encode(rows, records);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < rows.size(); i++) {
            lines.writeBytes(records.get(i));
            lines.write('\n');
        }
        return lines.toByteArray();
    }
}
