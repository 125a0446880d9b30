package io.millrace.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RelationScan;
import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowCondition.Compared;
import io.millrace.spi.connector.RowCondition.Comparison;
import io.millrace.spi.connector.Table;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that deliveries and others have written, as queries read them. */
class ReadTest {

    private static final RowType COLUMNS = RowType.of(
            Field.nullable("id", DataType.INTEGER),
            Field.nullable("s", DataType.VARCHAR),
            Field.nullable("r", DataType.REAL));

    @TempDir
    Path directory;

    private Lake lake;

    @BeforeEach
    void open() {
        lake = new Lake(directory, COLUMNS);
    }

    private long append(long from, List<?>... rows) throws IOException {
        try (Table table = lake.open()) {
            table.publish(lake.write(table, "a", from, rows));
        }
        return from + rows.length;
    }

    private static List<Object> row(int id) {
        return List.of(id, "s" + id, id / 2f);
    }

    private List<String> read(String... options) throws IOException {
        return lake.scanned(options).stream().map(List::toString).sorted().toList();
    }

    @Test
    void columnsAreKnownByTheirNumbers() throws Exception {
        append(0, row(1), row(2));
        lake.look(table -> {
            table.updateSchema()
                    .renameColumn("s", "text")
                    .updateColumn("id", Types.LongType.get())
                    .updateColumn("r", Types.DoubleType.get())
                    .commit();
            table.updateSchema().deleteColumn("text").commit();
            table.updateSchema()
                    .addColumn("text", Types.IntegerType.get())
                    .moveFirst("text")
                    .commit();
            return table;
        });
        assertThat(lake.relation().columns())
                .isEqualTo(RowType.of(
                        Field.nullable("text", DataType.INTEGER),
                        Field.nullable("id", DataType.BIGINT),
                        Field.nullable("r", DataType.DOUBLE)));
        assertThat(read()).containsExactly("[null, 1, 0.5]", "[null, 2, 1.0]");
    }

    @Test
    void fieldsInsideOthersAreKnownByTheirNumbersToo() throws Exception {
        RowType point = RowType.of(Field.nullable("x", DataType.INTEGER), Field.nullable("y", DataType.INTEGER));
        lake = new Lake(
                directory,
                RowType.of(
                        Field.nullable("p", point),
                        Field.nullable("ps", new DataType.ArrayType(point, true)),
                        Field.nullable("m", new DataType.MapType(DataType.VARCHAR, point, true))));
        List<Object> row = new ArrayList<>();
        row.add(List.of(1, 2));
        row.add(java.util.Arrays.asList(List.of(3, 4), null, List.of(5, 6)));
        row.add(Map.of("k", List.of(7, 8)));
        append(0, row, java.util.Arrays.asList(null, List.of(), null));
        lake.look(table -> {
            table.updateSchema()
                    .deleteColumn("p.x")
                    .addColumn("p", "z", Types.StringType.get())
                    .updateColumn("p.y", Types.LongType.get())
                    .renameColumn("ps.element.x", "first")
                    .deleteColumn("ps.element.y")
                    .addColumn("m.value", "x2", Types.LongType.get())
                    .moveFirst("m.value.x2")
                    .commit();
            return table;
        });
        assertThat(read()).containsExactly("[[2, null], [[3], null, [5]], {k=[null, 7, 8]}]", "[null, [], null]");
    }

    @Test
    void earlierVersionsAreRead() throws Exception {
        append(0, row(1));
        long first = lake.look(table -> table.currentSnapshot().snapshotId());
        long time = lake.look(table -> table.currentSnapshot().timestampMillis());
        lake.look(table -> {
            table.manageSnapshots()
                    .createTag("v1", first)
                    .createBranch("b", first)
                    .commit();
            table.updateSchema().renameColumn("s", "t").commit();
            return table;
        });
        while (System.currentTimeMillis() <= time) {
            Thread.onSpinWait();
        }
        lake = new Lake(
                directory,
                RowType.of(
                        Field.nullable("id", DataType.INTEGER),
                        Field.nullable("t", DataType.VARCHAR),
                        Field.nullable("r", DataType.REAL)));
        append(1, row(2));
        assertThat(read()).containsExactly("[1, s1, 0.5]", "[2, s2, 1.0]");
        String at = java.time.Instant.ofEpochMilli(time).toString();
        for (String[] version : new String[][] {
            {"snapshot_id", String.valueOf(first)}, {"as_of_timestamp", at}, {"tag", "v1"}, {"branch", "b"}
        }) {
            assertThat(read(version)).as(version[0]).containsExactly("[1, s1, 0.5]");
        }
        assertThat(lake.relation("tag", "v1").columns().field(1).name()).isEqualTo("s");
        assertThat(read("branch", "main")).hasSize(2);
    }

    @Test
    void versionsThatAreNotThereAreRefused() throws Exception {
        append(0, row(1));
        assertThatThrownBy(() -> read("snapshot_id", "7")).hasMessageContaining("no snapshot 7");
        assertThatThrownBy(() -> read("as_of_timestamp", "2001-01-01 00:00:00")).hasMessageContaining("as old as");
        assertThatThrownBy(() -> read("as_of_timestamp", "yesterday")).hasMessageContaining("as_of_timestamp");
        assertThatThrownBy(() -> read("snapshot_id", "x")).hasMessageContaining("snapshot_id");
        assertThatThrownBy(() -> read("tag", "main")).hasMessageContaining("no tag 'main'");
        assertThatThrownBy(() -> read("branch", "x")).hasMessageContaining("no branch 'x'");
        assertThatThrownBy(() -> read("tag", "v", "branch", "x")).hasMessageContaining("which version");
        assertThatThrownBy(() -> read("mode", "upsert")).hasMessageContaining("mode");
    }

    @Test
    void whatIsNotThereIsToldOf() {
        assertThatThrownBy(() -> lake.scanned(
                        "warehouse", directory.resolve("no").toUri().toString()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("there is no catalog");
        assertThat(directory.resolve("no")).doesNotExist();
    }

    @Test
    void allScansOfOneRelationSeeTheSameSnapshot() throws Exception {
        long next = append(0, row(1));
        Relation relation = lake.relation();
        RowType columns = relation.columns();
        append(next, row(2));
        assertThat(Lake.scanned(relation, columns, List.of(), List.of())).hasSize(1);
        assertThat(read()).hasSize(2);
    }

    @Test
    void filesThatAreExpiredWhileTheyAreReadAreToldOf() throws Exception {
        long next = append(0, row(1));
        Relation relation = lake.relation();
        try (RelationScan scan = relation.scan(relation.columns(), List.of(), List.of())) {
            append(next, row(2));
            java.nio.file.Files.delete(ForeignTable.path(lake.files().stream()
                    .filter(file -> file.dataSequenceNumber() == 1)
                    .findFirst()
                    .orElseThrow()
                    .location()));
            assertThatThrownBy(scan::next).hasMessageContaining("of the snapshot that is read is gone");
        }
    }

    private static String asked(Relation relation, RowCondition... conditions) throws IOException {
        try (RelationScan scan = relation.scan(relation.columns(), List.of(conditions), List.of())) {
            return scan.asked();
        }
    }

    @Test
    void partitionsAndBoundsLeaveFilesOut() throws Exception {
        lake.with("partition_by", "s");
        long next = append(0, row(1), row(2));
        lake.with("partition_by", "truncate(10, id)");
        append(next, row(11), row(21), row(22));
        Relation relation = lake.relation();
        assertThat(asked(relation)).contains("files 4 of 4");
        assertThat(asked(relation, new Compared("s", Comparison.EQUAL, "s2")))
                .contains("files 1 of 4")
                .endsWith(", where s == \"s2\"");
        assertThat(asked(relation, new Compared("id", Comparison.GREATER_OR_EQUAL, 20L)))
                .contains("files 1 of 4");
        assertThat(asked(relation, new RowCondition.OneOf("id", List.of(1, 11))))
                .contains("files 2 of 4");
        assertThat(asked(relation, new RowCondition.Null("id"))).contains("files 0 of 4");
        assertThat(asked(
                        relation,
                        new RowCondition.Any(List.of(
                                new Compared("id", Comparison.LESS, 2), new Compared("s", Comparison.EQUAL, "s11")))))
                .contains("files 2 of 4");
        assertThat(asked(relation, new Compared("id", Comparison.LESS, new java.math.BigDecimal("1.5"))))
                .as("a fraction is left to the filter")
                .contains("files 4 of 4");
    }

    /** Returns the numbers of the table's fields, by name. */
    private static Map<String, Integer> ids(org.apache.iceberg.Table table) {
        Map<String, Integer> ids = new TreeMap<>();
        table.schema().columns().forEach(field -> ids.put(field.name(), field.fieldId()));
        return ids;
    }

    private static final String SOME = "SELECT range::INTEGER AS id, 's' || range AS s, range::FLOAT AS r FROM range(";

    @Test
    void rowsThatAreDeletedByTheirPlacesAreLeftOut() throws Exception {
        lake.open().close();
        lake.look(table -> {
            try (ForeignTable foreign = new ForeignTable(table)) {
                DataFile file = foreign.entry(foreign.write(SOME + "10000)", ids(table)), null);
                table.newAppend().appendFile(file).commit();
                table.newRowDelta()
                        .addDeletes(foreign.positionDeletes(
                                "SELECT '" + file.location() + "' AS file_path, range AS pos FROM range(10000)"
                                        + " WHERE range % 1000 <> 7",
                                table.spec(),
                                null))
                        .commit();
            }
            return table;
        });
        Relation relation = lake.relation();
        List<List<Object>> rows = Lake.scanned(relation, relation.columns(), List.of(), List.of());
        assertThat(rows)
                .extracting(List::getFirst)
                .containsExactly(7, 1007, 2007, 3007, 4007, 5007, 6007, 7007, 8007, 9007);
        RowType id = RowType.of(Field.nullable("id", DataType.INTEGER));
        io.millrace.spi.format.ColumnBounds bounds = new io.millrace.spi.format.ColumnBounds(
                "id", DataType.INTEGER, false, java.math.BigDecimal.valueOf(6500), false, null, false);
        try (RelationScan scan = relation.scan(id, List.of(), List.of(bounds))) {
            int count = 0;
            for (var batch = scan.next(); batch != null; batch = scan.next()) {
                count += batch.selectedCount();
            }
            assertThat(count).as("places count from the beginning of the file").isEqualTo(3);
            assertThat(scan.read()).isEqualTo("1 files, 2 of 5 row groups");
        }
    }

    @Test
    void rowsThatAreDeletedByAKeyOfColumnsThatAreGoneAreLeftOut() throws Exception {
        lake.open().close();
        lake.look(table -> {
            try (ForeignTable foreign = new ForeignTable(table)) {
                Map<String, Integer> ids = ids(table);
                table.newAppend()
                        .appendFile(foreign.entry(foreign.write(SOME + "5)", ids), null))
                        .commit();
                table.newRowDelta()
                        .addDeletes(foreign.keyDeletes(
                                "SELECT * FROM (VALUES ('s1'), ('s3')) AS t(s)",
                                Map.of("s", ids.get("s")),
                                table.spec(),
                                null))
                        .addDeletes(
                                foreign.keyDeletes("SELECT 4 AS id", Map.of("id", ids.get("id")), table.spec(), null))
                        .commit();
                table.newAppend()
                        .appendFile(foreign.entry(foreign.write(SOME + "2, 4)", ids), null))
                        .commit();
                table.updateSchema()
                        .deleteColumn("s")
                        .updateColumn("id", Types.LongType.get())
                        .commit();
            }
            return table;
        });
        assertThat(read()).containsExactly("[0, 0.0]", "[2, 2.0]", "[2, 2.0]", "[3, 3.0]");
    }

    @Test
    void filesThatWereMadeForSomethingElseAreReadByName() throws Exception {
        lake.open().close();
        lake.look(table -> {
            table.updateProperties()
                    .set(
                            TableProperties.DEFAULT_NAME_MAPPING,
                            NameMappingParser.toJson(MappingUtil.create(table.schema())))
                    .commit();
            table.updateSpec().addField("s").commit();
            try (ForeignTable foreign = new ForeignTable(table)) {
                String place = foreign.write("SELECT 1.5::FLOAT AS r, 7 AS id, 'x' AS other", Map.of());
                PartitionSpec spec = table.spec();
                org.apache.iceberg.PartitionKey partition = new org.apache.iceberg.PartitionKey(spec, table.schema());
                partition.set(0, "Bern");
                table.newAppend().appendFile(foreign.entry(place, partition)).commit();
            }
            return table;
        });
        assertThat(read()).containsExactly("[7, Bern, 1.5]");
    }

    @Test
    void rowsThatAreDeletedByAVectorAreLeftOut() throws Exception {
        lake.open().close();
        lake.look(table -> {
            table.updateProperties().set("format-version", "3").commit();
            try (ForeignTable foreign = new ForeignTable(table)) {
                DataFile file = foreign.entry(foreign.write(SOME + "100)", ids(table)), null);
                table.newAppend().appendFile(file).commit();
                table.newRowDelta()
                        .addDeletes(DeletionVectors.write(table, file, 0L, 1L, 2L, 50L, 99L))
                        .commit();
            }
            return table;
        });
        assertThat(lake.scanned()).extracting(List::getFirst).hasSize(95).doesNotContain(0, 1, 2, 50, 99);
    }
}
