package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code parquet-cli} prints our files. Lists it prints as null, DuckDB's as well as ours: it asks for them by the names
 * that an Avro schema gives their elements in files of old, where the format's rules have others. Spark compares those.
 */
@Tag("slow")
@Timeout(900)
final class ParquetCliTest {

    private static final Set<String> LISTS = Set.of("numbers", "matrix", "lines");

    private static final List<Field> COMPARED = SampleFiles.TYPE.fields().stream()
            .filter(field -> !LISTS.contains(field.name()))
            .toList();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final long seed = Long.getLong("seed", 1);

    @TempDir
    private Path directory;

    @Test
    void parquetCliPrintsOurRows() throws Exception {
        String libraries = MavenLibraries.require(
                "parquet-cli",
                "org.apache.parquet:parquet-cli:1.15.2",
                "org.apache.hadoop:hadoop-client-api:3.4.3",
                "org.apache.hadoop:hadoop-client-runtime:3.4.3",
                "com.google.guava:guava:33.4.8-jre",
                "ch.qos.reload4j:reload4j:1.2.25",
                "org.slf4j:slf4j-reload4j:1.7.36");
        long next = seed;
        for (Map<String, String> options : SampleFiles.parquetOptions()) {
            RowBatch rows = SampleFiles.rows(next++);
            assertThat(printed(libraries, SampleFiles.parquet(directory, rows, options)))
                    .as("%s, seed %d", options, next - 1)
                    .isEqualTo(given(rows));
        }
    }

    private static List<String> given(RowBatch rows) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.selectedCount(); i++) {
            List<@Nullable Object> values = JavaValues.row(rows, i);
            List<@Nullable Object> some = new ArrayList<>();
            COMPARED.forEach(field -> some.add(values.get(SampleFiles.TYPE.indexOf(field.name()))));
            lines.add(ValueText.of(some));
        }
        return lines;
    }

    private static List<String> printed(String libraries, Path file) throws Exception {
        List<String> command = Stream.of(
                        Stream.of(JavaHome.between(17, 25), "-Xmx500m", "-cp", libraries),
                        Stream.of("org.apache.parquet.cli.Main", "cat", file.toString()),
                        COMPARED.stream().flatMap(field -> Stream.of("-c", field.name())))
                .flatMap(words -> words)
                .toList();
        List<String> lines = new ArrayList<>();
        String output = Program.of(command.toArray(String[]::new)).within(120).run();
        for (String line : output.split("\n", -1)) {
            if (line.startsWith("{")) {
                lines.add(ValueText.of(fields(COMPARED, JSON.readTree(line))));
            }
        }
        return lines;
    }

    private static List<@Nullable Object> fields(List<Field> fields, JsonNode row) {
        List<@Nullable Object> values = new ArrayList<>();
        fields.forEach(field -> values.add(value(field.type(), row.path(field.name()))));
        return values;
    }

    /** Returns what a value of Avro stands for, as the file says it: of decimals, days and times, whole numbers. */
    private static @Nullable Object value(DataType type, JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        return switch (type) {
            case BooleanType t -> node.booleanValue();
            case FloatingType t when t.bits() == Float.SIZE -> Float.parseFloat(node.asText());
            case FloatingType t -> Double.parseDouble(node.asText());
            case DecimalType t -> new BigDecimal(unscaled(node), t.scale());
            case CharacterType t -> node.textValue();
            case BinaryType t -> node.textValue().getBytes(StandardCharsets.ISO_8859_1);
            case DateType t -> LocalDate.ofEpochDay(node.longValue());
            case TimestampType t -> time(t, node.longValue());
            case MapType t -> {
                Map<String, @Nullable Object> map = new HashMap<>();
                node.properties().forEach(entry -> map.put(entry.getKey(), value(t.value(), entry.getValue())));
                yield map;
            }
            case RowType t -> fields(t.fields(), node);
            default -> node.longValue();
        };
    }

    private static BigInteger unscaled(JsonNode node) {
        if (!node.isArray()) {
            return BigInteger.valueOf(node.longValue());
        }
        byte[] bytes = new byte[node.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) node.get(i).intValue();
        }
        return new BigInteger(bytes);
    }

    private static Object time(TimestampType type, long micros) {
        Instant instant = JavaValues.instant(micros);
        return type.zoned() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
