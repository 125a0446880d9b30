package io.millrace.connector.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import io.millrace.spi.connector.Table;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of every type are what they were, and what the log says of a file lets readers pass it over. */
class EveryTypeTest {

    static final RowType EVERYTHING = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.nullable("flag", DataType.BOOLEAN),
            Field.nullable("tiny", DataType.TINYINT),
            Field.nullable("small", DataType.SMALLINT),
            Field.nullable("whole", DataType.INTEGER),
            Field.nullable("single", DataType.REAL),
            Field.nullable("precise", DataType.DOUBLE),
            Field.nullable("cents", new DecimalType(9, 2)),
            Field.nullable("money", new DecimalType(18, 4)),
            Field.nullable("huge", new DecimalType(38, 10)),
            Field.nullable("name", DataType.VARCHAR),
            Field.nullable("raw", DataType.VARBINARY),
            Field.nullable("day", DataType.DATE),
            Field.nullable("wall", DataType.TIMESTAMP),
            Field.nullable("instant", DataType.TIMESTAMP_WITH_TIME_ZONE),
            Field.nullable("numbers", new ArrayType(DataType.SMALLINT, true)),
            Field.nullable("prices", new MapType(DataType.VARCHAR, new DecimalType(12, 2), true)),
            Field.nullable(
                    "place",
                    RowType.of(
                            Field.nullable("city", DataType.VARCHAR),
                            Field.nullable("floors", new ArrayType(DataType.INTEGER, true)))));

    static final List<Object> FULL = Arrays.asList(
            1L,
            true,
            -128,
            32767,
            Integer.MIN_VALUE,
            1.5f,
            -2.25,
            new BigDecimal("1234567.89"),
            new BigDecimal("-99999999999999.9999"),
            new BigDecimal("1234567890123456789012345678.0123456789"),
            "Größe",
            new byte[] {0, -1, 16},
            LocalDate.of(1969, 12, 31),
            LocalDateTime.of(2026, 1, 31, 23, 59, 59, 123_456_000),
            Instant.parse("2026-01-31T22:59:59.000001Z"),
            Arrays.asList(1, null, 3),
            Map.of("a", new BigDecimal("1.50")),
            Arrays.asList("Bern", Arrays.asList(1, null)));

    private static final String FULL_TEXT =
            "1|true|-128|32767|-2147483648|1.5|-2.25|1234567.89|-99999999999999.9999|1234567890123456789012345678.0123456789|Größe|00ff10|1969-12-31|2026-01-31T23:59:59.123456|2026-01-31T22:59:59.000001Z|[1,"
                + " null, 3]|[a]=[1.50]|(Bern, [1, null])";

    @TempDir
    Path directory;

    private static List<Object> empty(long id) {
        List<Object> row = new ArrayList<>(Collections.nCopies(EVERYTHING.size(), null));
        row.set(0, id);
        return row;
    }

    @Test
    void valuesAreWhatTheyWere() throws Exception {
        Lake lake = new Lake(directory, EVERYTHING);
        lake.deliver("a", 0, FULL, empty(2));
        KernelTable read = new KernelTable(directory);
        assertThat(read.rows()).containsExactly(FULL_TEXT, "2" + "|null".repeat(EVERYTHING.size() - 1));
        assertThat(read.columns())
                .containsExactly(
                        "id long not null",
                        "flag boolean",
                        "tiny byte",
                        "small short",
                        "whole integer",
                        "single float",
                        "precise double",
                        "cents Decimal(9, 2)",
                        "money Decimal(18, 4)",
                        "huge Decimal(38, 10)",
                        "name string",
                        "raw binary",
                        "day date",
                        "wall timestamp_ntz",
                        "instant timestamp",
                        "numbers array[short]",
                        "prices map[string, Decimal(12, 2)]",
                        "place struct(StructField(name=city,type=string,nullable=true,metadata={},typeChanges=[]),"
                            + " StructField(name=floors,type=array[integer],nullable=true,metadata={},typeChanges=[]))");
    }

    /** A table is parted by each type that it may be. */
    @Test
    void partitionsHaveTheValuesToo() throws Exception {
        for (int i = 1; i < 15; i++) {
            Field field = EVERYTHING.field(i);
            if (field.type().equals(DataType.VARBINARY)) {
                continue;
            }
            Path own = directory.resolve(field.name());
            RowType columns = RowType.of(EVERYTHING.field(0), field);
            new Lake(own, columns).with("partition_by", field.name()).deliver("a", 0, List.of(1L, FULL.get(i)));
            assertThat(new KernelTable(own).rows())
                    .as(field.name())
                    .containsExactly("1|" + FULL_TEXT.split("\\|")[i]);
        }
    }

    private JsonNode statistics(long version) throws Exception {
        for (String line : Files.readAllLines(directory.resolve(LogNames.entry(version)))) {
            JsonNode add = Json.read(line).path("add");
            if (!add.isMissingNode()) {
                return Json.read(add.path("stats").asText());
            }
        }
        throw new AssertionError("no file was added");
    }

    @Test
    void theLogSaysWhatAFileHas() throws Exception {
        Lake lake = new Lake(directory, EVERYTHING);
        List<Object> other = new ArrayList<>(FULL);
        other.set(0, 7L);
        other.set(10, "x".repeat(40));
        other.set(6, Double.NaN);
        lake.deliver("a", 0, FULL, empty(2), other);
        JsonNode found = statistics(1);
        assertThat(found.path("numRecords").asInt()).isEqualTo(3);
        assertThat(found.path("minValues").toString())
                .isEqualTo(
                        "{\"id\":1,\"tiny\":-128,\"small\":32767,\"whole\":-2147483648,\"single\":1.5,\"precise\":-2.25,"
                            + "\"cents\":1234567.89,\"money\":-99999999999999.9999,"
                            + "\"huge\":1234567890123456789012345678.0123456789,\"name\":\"Größe\",\"day\":\"1969-12-31\","
                            + "\"wall\":\"2026-01-31T23:59:59.123\",\"instant\":\"2026-01-31T22:59:59.000Z\"}");
        assertThat(found.path("maxValues").path("name").asText())
                .isEqualTo("x".repeat(32) + Character.toString(0x10FFFF));
        assertThat(found.path("maxValues").path("wall").asText()).isEqualTo("2026-01-31T23:59:59.124");
        assertThat(found.path("maxValues").path("instant").asText()).isEqualTo("2026-01-31T22:59:59.001Z");
        assertThat(found.path("maxValues").has("precise")).as("NaN is above it").isFalse();
        assertThat(found.path("nullCount").path("name").asInt()).isEqualTo(1);
        assertThat(found.path("nullCount").path("flag").asInt()).isEqualTo(1);
        assertThat(found.path("nullCount").has("numbers")).isFalse();
    }

    @Test
    void aReaderPassesFilesOver() throws Exception {
        RowType columns = RowType.of(Field.nullable("id", DataType.BIGINT), Field.nullable("name", DataType.VARCHAR));
        Lake lake = new Lake(directory, columns);
        try (Table table = lake.open()) {
            for (long i = 0; i < 4; i++) {
                table.publish(lake.write(table, "a", i, List.of(i, "n" + i)));
            }
        }
        KernelTable read = new KernelTable(directory);
        assertThat(read.files(Optional.empty())).hasSize(4);
        assertThat(read.files(Optional.of(new Predicate(">=", new Column("id"), Literal.ofLong(3)))))
                .hasSize(1);
        assertThat(read.files(Optional.of(new Predicate("=", new Column("name"), Literal.ofString("n2")))))
                .hasSize(1);
    }

    @Test
    void anEmptyTableIsThere() throws Exception {
        new Lake(directory, EVERYTHING).open().close();
        assertThat(new KernelTable(directory).rows()).isEmpty();
    }
}
