package io.millrace.connector.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connector.file.FileStoreFactory;
import io.millrace.format.parquet.ParquetFormat;
import io.millrace.spi.Options;
import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RelationChange;
import io.millrace.spi.connector.RelationScan;
import io.millrace.spi.connector.RelationSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table is read as Delta's own library reads it, and no file of it that has no row wanted. */
class DeltaRelationTest extends LocalTable {

    private static final List<ColumnBounds> NONE = List.of();

    private static Relation relation(Path directory) {
        return new DeltaRelations()
                .open(new RelationSetup(
                        "t",
                        "delta:" + directory.toUri(),
                        Options.NONE,
                        ParquetFormat::new,
                        place -> new FileStoreFactory().open(place, Options.NONE)));
    }

    private static List<String> read(RelationScan opened) throws Exception {
        List<String> rows = new ArrayList<>();
        try (RelationScan scan = opened) {
            for (RowBatch batch = scan.next(); batch != null; batch = scan.next()) {
                for (int i = 0; i < batch.size(); i++) {
                    rows.add(JavaValues.row(batch, i).stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining("|")));
                }
            }
        }
        return rows;
    }

    private List<String> rows() throws Exception {
        Relation relation = relation(directory);
        return read(relation.scan(relation.columns(), List.of(), NONE)).stream()
                .sorted()
                .toList();
    }

    private static ColumnBounds from(String column, Comparable<?> least, DataType type) {
        return new ColumnBounds(column, type, false, least, false, null, false);
    }

    @Test
    void rowsAreThoseThatDeltaReads() throws Exception {
        lake.deliver("a", 0, row(0), row(1), Arrays.asList(null, null));
        lake.deliver("a", 3, row(3));
        assertThat(relation(directory).columns()).isEqualTo(COLUMNS);
        assertThat(rows()).hasSize(4).isEqualTo(read.rows());
    }

    @Test
    void valuesOfEveryTypeAreWhatTheyWere() throws Exception {
        Path own = directory.resolve("every");
        new Lake(own, EveryTypeTest.EVERYTHING).deliver("a", 0, EveryTypeTest.FULL);
        Relation relation = relation(own);
        assertThat(relation.columns()).isEqualTo(EveryTypeTest.EVERYTHING);
        try (RelationScan scan = relation.scan(EveryTypeTest.EVERYTHING, List.of(), NONE)) {
            List<Object> values = JavaValues.row(Objects.requireNonNull(scan.next()), 0);
            assertThat(Arrays.deepToString(values.toArray()))
                    .isEqualTo(Arrays.deepToString(EveryTypeTest.FULL.toArray()));
        }
    }

    @Test
    void partitionsOfEveryTypeAreReadAndPassedOver() throws Exception {
        for (int i = 1; i < 15; i++) {
            Field field = EveryTypeTest.EVERYTHING.field(i);
            if (field.type().equals(DataType.VARBINARY)) {
                continue;
            }
            Path own = directory.resolve(field.name());
            RowType columns = RowType.of(EveryTypeTest.EVERYTHING.field(0), field);
            Object value = EveryTypeTest.FULL.get(i);
            new Lake(own, columns)
                    .with("partition_by", field.name())
                    .deliver("a", 0, List.of(1L, value), Arrays.asList(2L, null));
            Relation relation = relation(own);
            assertThat(read(relation.scan(columns, List.of(), NONE)))
                    .as(field.name())
                    .containsExactlyInAnyOrder("1|" + value, "2|null");
            assertThat(read(relation.scan(columns, List.of(), List.of(ColumnBounds.nulls(field.name(), field.type())))))
                    .as(field.name())
                    .containsExactly("2|null");
        }
    }

    @Test
    void filesWithoutRowsThatAreWantedAreNotRead() throws Exception {
        lake.deliver("a", 0, row(0), row(1));
        lake.deliver("a", 2, row(2), row(3));
        Relation relation = relation(directory);
        RelationScan scan = relation.scan(COLUMNS, List.of(), List.of(from("id", BigDecimal.TWO, DataType.BIGINT)));
        assertThat(scan.asked()).contains("files 1 of 2");
        assertThat(scan.rowEstimate()).isEqualTo(2);
        assertThat(read(scan)).containsExactly("2|T0", "3|T1");
        assertThat(read(relation.scan(
                        RowType.of(COLUMNS.field(1)),
                        List.of(),
                        List.of(from("ticker", ColumnBounds.ordered(new byte[] {'U'}), DataType.VARCHAR)))))
                .isEmpty();
    }

    @Test
    void columnsThatCameLaterAreNullBefore() throws Exception {
        lake.deliver("a", 0, row(0));
        RowType more = RowType.of(COLUMNS.field(0), COLUMNS.field(1), Field.nullable("n", DataType.DOUBLE));
        lake.delivery("e", more).deliver("a", 0, List.of(1L, "T1", 1.5));
        assertThat(rows()).containsExactly("0|T0|null", "1|T1|1.5").isEqualTo(read.rows());
    }

    @Test
    void columnsThatWereRenamedAreFoundInFiles() throws Exception {
        lake.with("partition_by", "ticker").deliver("a", 0, row(0), row(1));
        String metadata = Files.readString(entry(0))
                .lines()
                .filter(line -> line.contains("metaData"))
                .findFirst()
                .orElseThrow();
        ObjectNode mapped = (ObjectNode) Json.read(metadata);
        ObjectNode table = (ObjectNode) mapped.path("metaData");
        table.withObject("/configuration")
                .put("delta.columnMapping.mode", "name")
                .put("delta.columnMapping.maxColumnId", "2");
        table.putArray("partitionColumns").add("symbol");
        ObjectNode schema = (ObjectNode) Json.read(table.path("schemaString").asText());
        rename((ObjectNode) schema.path("fields").get(0), "number", 1);
        rename((ObjectNode) schema.path("fields").get(1), "symbol", 2);
        table.put("schemaString", schema.toString());
        Files.writeString(entry(2), "{\"protocol\":{\"minReaderVersion\":2,\"minWriterVersion\":5}}\n" + mapped + "\n");
        assertThat(relation(directory).columns().fields().stream().map(Field::name))
                .containsExactly("number", "symbol");
        assertThat(rows()).containsExactly("0|T0", "1|T1").isEqualTo(read.rows());
        Relation relation = relation(directory);
        RelationScan scan =
                relation.scan(relation.columns(), List.of(), List.of(from("number", BigDecimal.ONE, DataType.BIGINT)));
        assertThat(scan.asked()).contains("files 1 of 2");
        assertThat(read(scan)).containsExactly("1|T1");
    }

    private static void rename(ObjectNode field, String name, int id) {
        field.putObject("metadata")
                .put("delta.columnMapping.id", id)
                .put("delta.columnMapping.physicalName", field.path("name").asText());
        field.put("name", name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"protocol":{"minReaderVersion":4,"minWriterVersion":7}} | version 4
        {"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["v2Checkpoint"],"writerFeatures":["v2Checkpoint"]}} | [v2Checkpoint]
        {"add":{"path":"x.parquet","partitionValues":{},"size":1,"dataChange":true,"deletionVector":{"storageType":"u","pathOrInlineDv":"ab","sizeInBytes":1,"cardinality":1}}} | deletion vectors
        {"add":{"path":"s3://elsewhere/x.parquet","partitionValues":{},"size":1,"dataChange":true}} | not named from the table's folder
        """)
    void whatIsNotReadHereIsRefused(String action, String words) throws Exception {
        lake.deliver("a", 0, row(0));
        Files.writeString(entry(2), action + "\n");
        assertThat(catchThrowableOfType(
                        MillraceException.class, () -> relation(directory).columns()))
                .hasMessageContaining(words)
                .extracting(MillraceException::code)
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void aPlaceWithoutATableIsTold() {
        assertThat(catchThrowableOfType(
                                MillraceException.class,
                                () -> relation(directory).columns())
                        .code())
                .isEqualTo(ErrorCode.UNDEFINED_NAME);
    }

    @Test
    void versionsAreFollowedWhereTheyAddRows() throws Exception {
        lake.deliver("a", 0, row(0));
        Relation first = relation(directory);
        List<RelationChange> newest = first.changes(null);
        assertThat(newest).hasSize(1);
        String at = newest.getFirst().id();
        assertThat(read(first.added(at, true, COLUMNS))).containsExactly("0|T0");
        lake.deliver("a", 1, row(1), row(2));
        String removed = Files.readString(entry(1))
                .lines()
                .filter(line -> line.contains("\"add\""))
                .map(line -> Json.read(line).path("add").path("path").asText())
                .findFirst()
                .orElseThrow();
        long next = Long.parseLong(relation(directory).changes(null).getFirst().id()) + 1;
        Files.writeString(entry(next), "{\"remove\":{\"path\":\"" + removed + "\",\"dataChange\":true}}\n");
        assertThat(first.changes(at)).as("of what it met first").isEmpty();
        Relation now = relation(directory);
        List<RelationChange> changes = now.changes(at);
        assertThat(changes.stream().filter(RelationChange::adds))
                .singleElement()
                .satisfies(change ->
                        assertThat(read(now.added(change.id(), false, COLUMNS))).containsExactly("1|T1", "2|T0"));
        assertThat(changes.getLast().refusal()).contains("takes rows away");
        assertThat(rows()).isEqualTo(read.rows());
        assertThat(read(now.added(at, true, COLUMNS))).as("as it was").containsExactly("0|T0");
    }

    @Test
    void whatACheckpointHasIsRead() throws Exception {
        lake.with("checkpoint_interval", "2");
        for (int i = 0; i < 6; i++) {
            lake.deliver("a", i, row(i));
        }
        try (var upkeep = lake.upkeep()) {
            while (upkeep.step()) {
                // Until there is nothing to do.
            }
        }
        assertThat(directory.resolve(LogNames.LAST_CHECKPOINT)).exists();
        lake.deliver("a", 6, row(6));
        Files.delete(entry(0));
        assertThat(rows()).hasSize(7).isEqualTo(read.rows());
    }
}
