package io.millrace.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowCondition.Compared;
import io.millrace.spi.connector.RowCondition.Comparison;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is done to a table by chance is done to one of DuckDB as well: rows come and go by keys and places, columns and
 * partitions change. Then both are asked for the same rows, and no wanted one is missing.
 */
class RandomReadTest {

    private static final int STEPS = 20;
    private static final int QUESTIONS = 15;

    private static final RowType COLUMNS = RowType.of(
            Field.nullable("id", DataType.INTEGER),
            Field.nullable("p", DataType.INTEGER),
            Field.nullable("v", DataType.DOUBLE),
            Field.nullable("s", DataType.VARCHAR),
            Field.nullable("d", DataType.DATE));

    @TempDir
    Path directory;

    private final List<DataFile> files = new ArrayList<>();
    private Random random = new Random(0);
    private ForeignTable foreign;
    private Table table;
    private int nextId;

    @ParameterizedTest
    @ValueSource(longs = {1, 0})
    void noWantedRowIsMissingAndNoneTooMany(long given) throws Exception {
        long seed = given == 0 ? Long.getLong("seed", System.nanoTime()) : given;
        random = new Random(seed);
        Lake lake = new Lake(directory, COLUMNS);
        lake.open().close();
        lake.look(found -> {
            table = found;
            try (ForeignTable duckDb = new ForeignTable(found)) {
                foreign = duckDb;
                foreign.execute("CREATE TABLE mirror (f INTEGER, pos BIGINT, id BIGINT, p INTEGER, v DOUBLE, s VARCHAR,"
                        + " d DATE, extra INTEGER)");
                for (int step = 0; step < STEPS; step++) {
                    change();
                }
                assertRows(lake, List.of(), List.of(), "true", seed);
                for (int i = 0; i < QUESTIONS; i++) {
                    ask(lake, seed);
                }
            }
            return found;
        });
    }

    private void change() throws Exception {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> append();
            case 5 -> deletePlaces();
            case 6, 7 -> deleteKeys();
            case 8 -> changePartitions();
            default -> changeColumns();
        }
    }

    private boolean has(String column) {
        return table.schema().findField(column) != null;
    }

    /** Returns the numbers of the table's fields by name. */
    private Map<String, Integer> ids() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        table.schema().columns().forEach(field -> ids.put(field.name(), field.fieldId()));
        return ids;
    }

    private void append() throws Exception {
        int file = files.size();
        int p = random.nextInt(30);
        int rows = 1 + random.nextInt(random.nextInt(6) == 0 ? 3000 : 50);
        String extra = has("extra") ? "(range % 7)::INTEGER" : "NULL::INTEGER";
        String id = random.nextInt(8) == 0
                ? "CASE WHEN range % 3 > 0 THEN range + " + nextId + " END"
                : "range + " + nextId;
        foreign.execute("INSERT INTO mirror SELECT " + file + ", range, " + id + ", " + p + ", CASE WHEN range % "
                + (1 + random.nextInt(9)) + " = 0 THEN " + special()
                + " ELSE (range - 20) / 4.0 END, CASE WHEN range % "
                + (1 + random.nextInt(9)) + " = 0 THEN NULL ELSE 's' || (range % 40) END, DATE '2026-01-01' + INTERVAL "
                + random.nextInt(90) + " DAY, " + extra + " FROM range(" + rows + ")");
        nextId += rows / 2;
        String idType = table.schema().findType("id").equals(Types.LongType.get()) ? "BIGINT" : "INTEGER";
        String place = foreign.write(
                "SELECT id::" + idType + " AS id, p, v, s, d" + (has("extra") ? ", extra" : "")
                        + " FROM mirror WHERE f = " + file + " ORDER BY pos",
                ids());
        DataFile entry = foreign.entry(place, partition(p));
        table.newAppend().appendFile(entry).commit();
        files.add(entry);
    }

    private String special() {
        return List.of("NULL", "'NaN'::DOUBLE", "'-0.0'::DOUBLE", "0.0", "'inf'::DOUBLE")
                .get(random.nextInt(5));
    }

    private PartitionKey partition(int p) {
        if (table.spec().isUnpartitioned()) {
            return null;
        }
        PartitionKey key = new PartitionKey(table.spec(), table.schema());
        Record row = GenericRecord.create(table.schema());
        row.setField("p", p);
        key.partition(row);
        return key;
    }

    private void deletePlaces() throws Exception {
        if (files.isEmpty()) {
            return;
        }
        int file = random.nextInt(files.size());
        DataFile of = files.get(file);
        String which = "FROM mirror WHERE f = " + file + " AND pos % " + (2 + random.nextInt(5)) + " = 0";
        PartitionKey partition = null;
        if (table.specs().get(of.specId()).isPartitioned()) {
            partition = new PartitionKey(table.specs().get(of.specId()), table.schema());
            for (int i = 0; i < partition.size(); i++) {
                partition.set(i, of.partition().get(i, Object.class));
            }
        }
        table.newRowDelta()
                .addDeletes(foreign.positionDeletes(
                        "SELECT '" + of.location() + "' AS file_path, pos " + which + " ORDER BY pos",
                        table.specs().get(of.specId()),
                        partition))
                .commit();
        foreign.execute("DELETE " + which);
    }

    /** A file of keys without a partition is about all rows that were there. */
    private void deleteKeys() throws Exception {
        int from = random.nextInt(nextId + 1);
        boolean byText = random.nextBoolean();
        String which = byText
                ? "s = 's" + random.nextInt(40) + "'"
                : "id BETWEEN " + from + " AND " + (from + random.nextInt(30));
        String column = byText ? "s" : "id";
        String query = byText
                ? "SELECT DISTINCT s FROM mirror WHERE " + which
                : "SELECT DISTINCT id::INTEGER AS id FROM mirror WHERE " + which;
        if (foreign.rows(query).isEmpty()) {
            return;
        }
        table.newRowDelta()
                .addDeletes(foreign.keyDeletes(
                        query, Map.of(column, ids().get(column)), table.specs().get(0), null))
                .commit();
        foreign.execute("DELETE FROM mirror WHERE " + which);
    }

    private void changePartitions() {
        UpdatePartitionSpec update = table.updateSpec();
        table.spec().fields().stream()
                .filter(field -> !field.transform().isVoid())
                .forEach(field -> update.removeField(field.name()));
        switch (random.nextInt(4)) {
            case 0 -> update.addField("p" + random.nextInt(), Expressions.ref("p"));
            case 1 -> update.addField("p" + random.nextInt(), Expressions.bucket("p", 4));
            case 2 -> update.addField("p" + random.nextInt(), Expressions.truncate("p", 10));
            default -> {}
        }
        update.commit();
    }

    private void changeColumns() {
        if (!has("extra")) {
            table.updateSchema().addColumn("extra", Types.IntegerType.get()).commit();
        } else if (random.nextBoolean()) {
            table.updateSchema().updateColumn("id", Types.LongType.get()).commit();
        } else {
            table.updateSchema().moveFirst(random.nextBoolean() ? "s" : "v").commit();
        }
    }

    private void ask(Lake lake, long seed) throws Exception {
        List<RowCondition> conditions = new ArrayList<>();
        List<ColumnBounds> bounds = new ArrayList<>();
        List<String> sql = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            String column = List.of("id", "p", "v", "s", "d").get(random.nextInt(5));
            if (random.nextInt(6) == 0) {
                boolean isNull = random.nextBoolean();
                conditions.add(isNull ? new RowCondition.Null(column) : new RowCondition.NotNull(column));
                bounds.add(
                        isNull ? ColumnBounds.nulls(column, type(column)) : ColumnBounds.notNull(column, type(column)));
                sql.add(column + (isNull ? " IS NULL" : " IS NOT NULL"));
            } else {
                Comparison comparison = Comparison.values()[random.nextInt(6)];
                Object value = value(column);
                conditions.add(new Compared(column, comparison, value));
                bound(column, comparison, value, bounds);
                sql.add(column + " " + comparison.sign() + " " + literal(value));
            }
        }
        assertRows(lake, conditions, bounds, String.join(" AND ", sql), seed);
    }

    private Object value(String column) {
        return switch (column) {
            case "id" -> (long) random.nextInt(nextId + 1);
            case "p" -> random.nextInt(30);
            case "v" -> random.nextInt(4) == 0 ? 0.0 : (random.nextInt(60) - 20) / 4.0;
            case "s" -> "s" + random.nextInt(40);
            default -> LocalDate.of(2026, 1, 1).plusDays(random.nextInt(100));
        };
    }

    private DataType type(String column) {
        return column.equals("id") && table.schema().findType("id").equals(Types.LongType.get())
                ? DataType.BIGINT
                : COLUMNS.field(COLUMNS.indexOf(column)).type();
    }

    private void bound(String column, Comparison comparison, Object value, List<ColumnBounds> into) {
        Comparable<?> bound = switch (value) {
            case LocalDate date -> date.toEpochDay();
            case String text -> ColumnBounds.ordered(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            default -> new BigDecimal(value.toString());
        };
        boolean open = comparison == Comparison.LESS || comparison == Comparison.GREATER;
        boolean below = comparison == Comparison.LESS || comparison == Comparison.LESS_OR_EQUAL;
        boolean above = comparison == Comparison.GREATER || comparison == Comparison.GREATER_OR_EQUAL;
        if (comparison == Comparison.EQUAL || below || above) {
            into.add(new ColumnBounds(
                    column, type(column), false, below ? null : bound, open, above ? null : bound, open));
        }
    }

    private static String literal(Object value) {
        return switch (value) {
            case LocalDate date -> "DATE '" + date + "'";
            case String text -> "'" + text + "'";
            case Double number -> number + "::DOUBLE";
            default -> value.toString();
        };
    }

    private void assertRows(Lake lake, List<RowCondition> conditions, List<ColumnBounds> bounds, String sql, long seed)
            throws Exception {
        String columns = "id, p, v, s, d" + (has("extra") ? ", extra" : "");
        String text =
                columns.replaceAll("(\\w+)", "coalesce($1::VARCHAR, '-')").replace(", coalesce", " || ',' || coalesce");
        List<String> wanted = foreign.rows("SELECT " + text + " FROM mirror WHERE " + sql);
        Relation relation = lake.relation();
        RowType known = relation.columns();
        RowType type = new RowType(java.util.Arrays.stream(columns.split(", "))
                .map(name -> known.field(known.indexOf(name)))
                .toList());
        List<String> read = new ArrayList<>();
        for (List<Object> row : Lake.scanned(relation, type, conditions, bounds)) {
            read.add(text(row));
        }
        read.sort(null);
        Set<String> all = new HashSet<>(foreign.rows("SELECT " + text + " FROM mirror"));
        assertThat(all).as("%s, seed %s", sql, seed).containsAll(read);
        if (conditions.isEmpty()) {
            assertThat(read).as("all, seed %s", seed).isEqualTo(wanted);
        }
        Map<String, Long> missing = new HashMap<>();
        wanted.forEach(row -> missing.merge(row, 1L, Long::sum));
        read.forEach(row -> missing.computeIfPresent(row, (key, count) -> count == 1 ? null : count - 1));
        assertThat(missing).as("%s, seed %s", sql, seed).isEmpty();
    }

    private static String text(List<Object> row) {
        return row.stream()
                .map(value -> Objects.requireNonNullElse(value, "-"))
                .map(value -> value instanceof Double number ? number(number) : value.toString())
                .collect(java.util.stream.Collectors.joining(","));
    }

    /** Returns a number as DuckDB writes it. */
    private static String number(double number) {
        return Double.isNaN(number) ? "nan" : Double.isInfinite(number) ? "inf" : String.valueOf(number);
    }
}
