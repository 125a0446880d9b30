package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * ClickHouse reads the Parquet and ORC files that we write: every type, NULLs, nesting. What differs is its own: it has no
 * NULL for arrays and maps, which are empty then, and for rows of Parquet, whose fields are NULL then; and its dates go
 * from 1900 to 2299, so that days are read as numbers here.
 */
@Tag("slow")
@Timeout(900)
final class ClickHouseFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Numbers as text, which JSON would not have to the last digit; -0 among them. */
    private static final String ROWS = "SELECT * REPLACE (hex(raw) AS raw, toFloat64(single) AS single)"
            + " FROM file('%s', %s, '%s') ORDER BY id SETTINGS output_format_json_quote_64bit_integers = 1,"
            + " output_format_json_quote_64bit_floats = 1, output_format_json_quote_denormals = 1,"
            + " output_format_json_quote_decimals = 1, date_time_output_format = 'iso',"
            + " allow_experimental_nullable_tuple_type = 1";

    private final long seed = Long.getLong("seed", 1);

    @TempDir
    private Path directory;

    @Test
    void parquetIsRead() throws Exception {
        ClickHouse clickhouse = ClickHouse.require(directory);
        Map<Path, List<String>> expected = new LinkedHashMap<>();
        long next = seed;
        for (Map<String, String> options : SampleFiles.parquetOptions()) {
            RowBatch rows = SampleFiles.rows(next++);
            Path file = SampleFiles.parquet(directory, rows, options);
            expected.put(read(clickhouse, file, "Parquet"), given(rows, false));
        }
        clickhouse.run();
        check(expected);
    }

    @Test
    void orcIsRead() throws Exception {
        ClickHouse clickhouse = ClickHouse.require(directory);
        Map<Path, List<String>> expected = new LinkedHashMap<>();
        long next = seed;
        for (Map<String, String> options : SampleFiles.orcOptions()) {
            RowBatch rows = SampleFiles.rows(next++);
            expected.put(read(clickhouse, SampleFiles.orc(directory, rows, options), "ORC"), given(rows, true));
        }
        clickhouse.run();
        check(expected);
    }

    @Test
    void typesOfParquetAreOurs() throws Exception {
        ClickHouse clickhouse = ClickHouse.require(directory);
        Path file = SampleFiles.parquet(directory, SampleFiles.rows(seed), Map.of());
        Path seen = clickhouse.query("TSVRaw", "DESCRIBE file('" + file + "') SETTINGS print_pretty_type_names = 0");
        clickhouse.run();
        assertThat(Files.readAllLines(seen).stream()
                        .filter(line -> !line.isEmpty())
                        .map(line -> line.split("\t", -1))
                        .map(cells -> cells[0] + " " + cells[1])
                        .collect(Collectors.joining(", ")))
                .isEqualTo(columns(SampleFiles.TYPE, false).replace("day Nullable(Int32)", "day Nullable(Date32)"));
    }

    private static Path read(ClickHouse clickhouse, Path file, String format) {
        String structure = columns(SampleFiles.TYPE, format.equals("ORC")).replace("'", "''");
        return clickhouse.query("JSONCompactEachRow", ROWS.formatted(file, format, structure));
    }

    private void check(Map<Path, List<String>> expected) throws IOException {
        for (Map.Entry<Path, List<String>> each : expected.entrySet()) {
            List<String> seen = new ArrayList<>();
            for (String line : Files.readAllLines(each.getKey())) {
                seen.add(ValueText.of(row(JSON.readTree(line))));
            }
            assertThat(seen).as("seed %d", seed).isEqualTo(each.getValue());
        }
    }

    private static List<@Nullable Object> row(JsonNode cells) {
        List<Field> fields = SampleFiles.TYPE.fields();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            values.add(value(fields.get(i).type(), cells.get(i)));
        }
        return values;
    }

    private static @Nullable Object value(DataType type, JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        return switch (type) {
            case BooleanType t -> node.booleanValue();
            case FloatingType t when t.bits() == Float.SIZE -> (float) floating(node.asText());
            case FloatingType t -> floating(node.asText());
            case DecimalType t -> new BigDecimal(node.asText()).setScale(t.scale());
            case CharacterType t -> node.textValue();
            case BinaryType t -> HexFormat.of().parseHex(node.textValue());
            case DateType t -> LocalDate.ofEpochDay(node.longValue());
            case TimestampType t -> time(t, Instant.parse(node.textValue()));
            case ArrayType t -> {
                List<@Nullable Object> values = new ArrayList<>();
                node.forEach(element -> values.add(value(t.element(), element)));
                yield values;
            }
            case MapType t -> {
                Map<String, @Nullable Object> map = new HashMap<>();
                node.properties().forEach(entry -> map.put(entry.getKey(), value(t.value(), entry.getValue())));
                yield map;
            }
            case RowType t -> {
                List<@Nullable Object> values = new ArrayList<>();
                t.fields().forEach(field -> values.add(value(field.type(), node.path(field.name()))));
                yield values;
            }
            default -> Long.parseLong(node.asText());
        };
    }

    private static double floating(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan", "-nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }

    private static Object time(TimestampType type, Instant instant) {
        return type.zoned() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Returns our rows as ClickHouse has them; see above. */
    private static List<String> given(RowBatch rows, boolean nullRows) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.selectedCount(); i++) {
            lines.add(ValueText.of(fields(SampleFiles.TYPE, JavaValues.row(rows, i), nullRows)));
        }
        return lines;
    }

    /** Fields of a row, or of one that is not there. */
    private static List<@Nullable Object> fields(RowType type, @Nullable List<?> row, boolean nullRows) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            values.add(given(type.fields().get(i).type(), row == null ? null : row.get(i), nullRows));
        }
        return values;
    }

    private static @Nullable Object given(DataType type, @Nullable Object value, boolean nullRows) {
        return switch (type) {
            case ArrayType t when value == null -> List.of();
            case ArrayType t ->
                ((List<?>) value)
                        .stream()
                                .map(element -> given(t.element(), element, nullRows))
                                .collect(Collectors.toCollection(ArrayList::new));
            case MapType t when value == null -> Map.of();
            case RowType t when value == null && nullRows -> null;
            case RowType t -> fields(t, (List<?>) value, nullRows);
            default -> value;
        };
    }

    private static String columns(RowType type, boolean nullRows) {
        return type.fields().stream()
                .map(field -> field.name() + " "
                        + (field.nullable() ? nullable(field.type(), nullRows) : name(field.type(), nullRows)))
                .collect(Collectors.joining(", "));
    }

    private static String nullable(DataType type, boolean nullRows) {
        boolean never = type instanceof ArrayType || type instanceof MapType || (type instanceof RowType && !nullRows);
        return never ? name(type, nullRows) : "Nullable(" + name(type, nullRows) + ")";
    }

    private static String name(DataType type, boolean nullRows) {
        return switch (type) {
            case BooleanType t -> "Bool";
            case IntegerType t -> "Int" + t.bits();
            case FloatingType t -> "Float" + t.bits();
            case DecimalType t -> "Decimal(" + t.precision() + ", " + t.scale() + ")";
            case CharacterType t -> "String";
            case BinaryType t -> "String";
            case DateType t -> "Int32";
            case TimestampType t -> "DateTime64(6, 'UTC')";
            case ArrayType t -> "Array(" + nullable(t.element(), nullRows) + ")";
            case MapType t -> "Map(String, " + nullable(t.value(), nullRows) + ")";
            case RowType t -> "Tuple(" + columns(t, nullRows) + ")";
            default -> throw new IllegalArgumentException(type.toString());
        };
    }
}
