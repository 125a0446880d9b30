package io.millrace.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.RelationChange;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which snapshots bring rows to those who follow a table. */
class TableHistoryTest {

    private final InMemoryCatalog catalog = new InMemoryCatalog();
    private Table table;

    @BeforeEach
    void create() {
        catalog.initialize("test", Map.of());
        catalog.createNamespace(Namespace.of("market"));
        table = catalog.createTable(
                TableIdentifier.of("market", "trades"),
                new Schema(Types.NestedField.required(1, "id", Types.LongType.get())));
    }

    @AfterEach
    void close() throws Exception {
        catalog.close();
    }

    private static DataFile file(String name) {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath("file:///lake/" + name + ".parquet")
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(100)
                .withRecordCount(1)
                .build();
    }

    private String append(String name) {
        table.newAppend().appendFile(file(name)).commit();
        return String.valueOf(table.currentSnapshot().snapshotId());
    }

    @Test
    void appendsAddRowsAndCompactionNone() {
        assertThat(TableHistory.changes(table, null)).isEmpty();
        append("a");
        String first = append("b");
        assertThat(TableHistory.changes(table, null)).containsExactly(new RelationChange(first, true, null));
        assertThat(TableHistory.changes(table, first)).isEmpty();
        String second = append("c");
        table.newRewrite()
                .deleteFile(file("a"))
                .deleteFile(file("b"))
                .addFile(file("ab"))
                .commit();
        String compacted = String.valueOf(table.currentSnapshot().snapshotId());
        assertThat(TableHistory.changes(table, first))
                .containsExactly(new RelationChange(second, true, null), new RelationChange(compacted, false, null));
    }

    @Test
    void whatTakesRowsAwayIsRefused() {
        String first = append("a");
        table.newDelete().deleteFile(file("a")).commit();
        append("b");
        table.newOverwrite().deleteFile(file("b")).addFile(file("c")).commit();
        List<RelationChange> changes = TableHistory.changes(table, first);
        assertThat(changes).extracting(RelationChange::adds).containsExactly(false, true, false);
        assertThat(changes.get(0).refusal()).contains("'delete'");
        assertThat(changes.get(2).refusal()).contains("'overwrite'");
    }

    @Test
    void aSnapshotThatIsGoneIsNotGoneOnFrom() {
        String first = append("a");
        append("b");
        table.expireSnapshots().expireSnapshotId(Long.parseLong(first)).commit();
        assertThatThrownBy(() -> TableHistory.changes(table, first))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_STATE))
                .hasMessageContaining("none of its own any more");
    }
}
