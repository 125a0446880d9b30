package io.millrace.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableUpkeep;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RandomRows;
import io.millrace.testing.row.RowValues;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of every type, NULL here and there and nested in all ways, are what they were; and bounds hold them. */
class EveryTypeTest {

    private static final RowType EVERYTHING = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.nullable("flag", DataType.BOOLEAN),
            Field.nullable("tiny", DataType.TINYINT),
            Field.nullable("small", DataType.SMALLINT),
            Field.nullable("whole", DataType.INTEGER),
            Field.nullable("single", DataType.REAL),
            Field.nullable("precise", DataType.DOUBLE),
            Field.nullable("cents", new DecimalType(9, 2)),
            Field.nullable("money", new DecimalType(18, 4)),
            Field.nullable("wide", new DecimalType(20, 4)),
            Field.nullable("huge", new DecimalType(38, 10)),
            Field.nullable("name", DataType.VARCHAR),
            Field.nullable("raw", DataType.VARBINARY),
            Field.nullable("day", DataType.DATE),
            Field.nullable("clock", DataType.TIME),
            Field.nullable("wall", DataType.TIMESTAMP),
            Field.nullable("instant", DataType.TIMESTAMP_WITH_TIME_ZONE),
            Field.nullable("numbers", new ArrayType(DataType.SMALLINT, true)),
            Field.nullable("names", new ArrayType(DataType.VARCHAR, false)),
            Field.nullable("prices", new MapType(DataType.VARCHAR, new DecimalType(12, 2), true)),
            Field.nullable(
                    "place",
                    RowType.of(
                            Field.nullable("city", DataType.VARCHAR),
                            Field.nullable("floors", new ArrayType(DataType.INTEGER, true)))));

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void valuesAreWhatTheyWereAndBoundsHoldThem() throws Exception {
        System.out.println("seed " + seed);
        Lake lake = new Lake(directory, EVERYTHING).with("compaction_files", "2");
        RandomRows random = new RandomRows(new Random(seed), 0.3);
        List<List<?>> rows = new ArrayList<>();
        try (Table table = lake.open()) {
            for (int file = 0; file < 2; file++) {
                List<List<?>> some = new ArrayList<>();
                for (int i = 0; i < 300; i++) {
                    some.add(random.row(EVERYTHING));
                }
                List<CommittedFile> files = lake.write(table, "a", file * 300L, some.toArray(List<?>[]::new));
                table.publish(files);
                rows.addAll(some);
            }
        }
        List<String> expected = comparable(rows);
        assertThat(comparable(lake.values())).as("seed %s", seed).isEqualTo(expected);
        assertThat(comparable(lake.scanned())).as("seed %s", seed).isEqualTo(expected);
        try (TableUpkeep upkeep = lake.upkeep()) {
            while (upkeep.step()) {
                // Until there is nothing to do.
            }
        }
        assertThat(lake.files()).hasSize(1);
        assertThat(comparable(lake.values())).as("compacted, seed %s", seed).isEqualTo(expected);
        DataFile file = lake.files().getFirst();
        assertThat(file.recordCount()).isEqualTo(600);
        Schema schema = lake.look(table -> table.schema());
        for (int column = 0; column < 17; column++) {
            checkBounds(file, schema.columns().get(column), column, rows);
        }
    }

    private static List<String> comparable(List<? extends List<?>> rows) {
        return rows.stream()
                .map(row -> RowValues.comparable(row).toString())
                .sorted()
                .toList();
    }

    private void checkBounds(DataFile file, NestedField field, int column, List<List<?>> rows) {
        long nulls = rows.stream().filter(row -> row.get(column) == null).count();
        assertThat(file.nullValueCounts().get(field.fieldId())).as(field.name()).isEqualTo(nulls);
        assertThat(file.valueCounts().get(field.fieldId())).isEqualTo(600L);
        ByteBuffer lower = file.lowerBounds().get(field.fieldId());
        ByteBuffer upper = file.upperBounds().get(field.fieldId());
        if (lower == null || upper == null) {
            assertThat(field.type().typeId())
                    .as("%s has no bounds, seed %s", field.name(), seed)
                    .isIn(Type.TypeID.FLOAT, Type.TypeID.DOUBLE, Type.TypeID.STRING, Type.TypeID.BINARY);
            return;
        }
        Comparator<Object> order = Comparators.forType(field.type().asPrimitiveType());
        Object min = Conversions.fromByteBuffer(field.type(), lower);
        Object max = Conversions.fromByteBuffer(field.type(), upper);
        for (List<?> row : rows) {
            Object value = row.get(column);
            // Bounds in Iceberg are of numbers.
            if (value != null && !value.equals(Float.NaN) && !value.equals(Double.NaN)) {
                Object plain = plain(value);
                assertThat(order.compare(min, plain))
                        .as("%s %s >= %s", field, plain, min)
                        .isNotPositive();
                assertThat(order.compare(max, plain))
                        .as("%s %s <= %s", field, plain, max)
                        .isNotNegative();
            }
        }
    }

    /** Returns a value as Iceberg has it. */
    private static Object plain(Object value) {
        return switch (value) {
            case java.time.LocalDate day -> (int) day.toEpochDay();
            case java.time.LocalTime time -> time.toNanoOfDay() / 1000;
            case java.time.LocalDateTime time ->
                io.millrace.spi.row.JavaValues.micros(time.toInstant(java.time.ZoneOffset.UTC));
            case java.time.Instant time -> io.millrace.spi.row.JavaValues.micros(time);
            case byte[] bytes -> ByteBuffer.wrap(bytes);
            default -> value;
        };
    }

    /** A table that no file was written to says so. */
    @Test
    void anEmptyTableIsThere() throws Exception {
        Lake lake = new Lake(directory, EVERYTHING);
        lake.open().close();
        assertThat(lake.rows()).isEmpty();
        Map<String, String> types = new java.util.TreeMap<>();
        lake.look(table -> {
            table.schema()
                    .columns()
                    .forEach(field -> types.put(field.name(), field.type().toString()));
            return table;
        });
        assertThat(types)
                .containsEntry("tiny", "int")
                .containsEntry("wide", "decimal(20, 4)")
                .containsEntry("instant", "timestamptz")
                .containsEntry("wall", "timestamp");
    }
}
