package io.millrace.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.iceberg.FaultyStore.Life;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableUpkeep;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ExpireSnapshots.CleanupLevel;
import org.apache.iceberg.Snapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compaction, expiry and the deletion of what nobody knows, beside a delivery that goes on. */
class IcebergUpkeepTest {

    private static final RowType COLUMNS =
            RowType.of(Field.nullable("id", DataType.BIGINT), Field.nullable("ticker", DataType.VARCHAR));

    @TempDir
    Path directory;

    private Lake lake;
    private long next;
    private final List<String> expected = new ArrayList<>();

    @BeforeEach
    void open() {
        lake = new Lake(directory, COLUMNS).with("compaction_files", "4");
    }

    /** Commits one row, in a file of its own. */
    private List<CommittedFile> append(Table table, String ticker) throws IOException {
        List<CommittedFile> files = lake.write(table, "a", next, Arrays.asList(next, ticker));
        table.publish(files);
        expected.add("[" + next + ", " + ticker + "]");
        expected.sort(null);
        next++;
        return files;
    }

    private void appendAll(String... tickers) throws IOException {
        try (Table table = lake.open()) {
            for (String ticker : tickers) {
                append(table, ticker);
            }
        }
    }

    private void keep(TableUpkeep upkeep) throws IOException {
        while (upkeep.step()) {
            // Until there is nothing to do.
        }
    }

    private void keep() throws IOException {
        try (TableUpkeep upkeep = lake.upkeep()) {
            keep(upkeep);
        }
    }

    @Test
    void shortFilesBecomeOneAndThePositionsStay() throws Exception {
        appendAll("A", "B", "A", "B", "A");
        String before = lake.look(table -> table.currentSnapshot().summary().get("millrace.d-identity"));
        keep();
        assertThat(lake.files()).hasSize(1);
        assertThat(lake.files().getFirst().recordCount()).isEqualTo(5);
        assertThat(lake.rows()).isEqualTo(expected);
        Snapshot snapshot = lake.look(table -> table.currentSnapshot());
        assertThat(snapshot.operation()).isEqualTo("replace");
        assertThat(snapshot.summary().get("millrace.d-identity")).isEqualTo(before);
        appendAll("C");
        assertThat(lake.rows()).isEqualTo(expected);
    }

    @Test
    void filesAreFewHoweverMany() throws Exception {
        try (Table table = lake.open();
                TableUpkeep upkeep = lake.upkeep()) {
            for (int i = 0; i < 24; i++) {
                append(table, "A");
                lake.passes(Duration.ofSeconds(11));
                keep(upkeep);
                assertThat(lake.files()).hasSizeLessThan(8);
            }
        }
        assertThat(lake.rows()).isEqualTo(expected);
    }

    @Test
    void partitionsStayApart() throws Exception {
        lake.with("partition_by", "ticker");
        for (int i = 0; i < 4; i++) {
            appendAll("A", null, "null", "");
        }
        keep();
        assertThat(lake.files()).hasSize(4).allMatch(file -> file.recordCount() == 4);
        assertThat(lake.rows()).isEqualTo(expected);
        assertThat(lake.files().stream().map(file -> file.partition().get(0, String.class)))
                .containsExactlyInAnyOrder("A", null, "null", "");
    }

    @Test
    void aCrashLosesNothingAndDoublesNothing() throws Exception {
        crashBeforeEach(37);
    }

    @Test
    @Tag("slow")
    void aCrashBeforeAnyCallLosesNothingAndDoublesNothing() throws Exception {
        crashBeforeEach(1);
    }

    private void crashBeforeEach(int step) throws Exception {
        // Few, so that the last life comes to expiry and to the search for orphans too.
        lake.with("snapshots_max", "2");
        boolean crashed = true;
        for (int calls = 1; crashed; calls += step) {
            appendAll("A", "A", "A", "A");
            crashed = crashes(calls);
            assertThat(lake.rows()).as("crashed before call %s", calls + 1).isEqualTo(expected);
            keep();
            assertThat(lake.rows()).as("crashed before call %s", calls + 1).isEqualTo(expected);
        }
        assertThat(expected).hasSizeGreaterThan(12);
    }

    private boolean crashes(int calls) {
        try (TableUpkeep upkeep = lake.upkeep(new Life(calls))) {
            keep(upkeep);
            return false;
        } catch (Exception e) {
            return true;
        }
    }

    @Test
    void aCommitInBetweenIsKept() throws Exception {
        appendAll("A", "A", "A", "A");
        Life life = new Life(Integer.MAX_VALUE).meantime(name -> meantime(name, () -> appendAll("B")));
        try (TableUpkeep upkeep = lake.upkeep(life)) {
            keep(upkeep);
        }
        assertThat(lake.rows()).isEqualTo(expected);
        assertThat(lake.files()).hasSize(2);
        Map<String, String> summary = lake.look(table -> table.currentSnapshot().summary());
        assertThat(summary.get("millrace.d-identity")).contains("\"a\":5");
    }

    @Test
    void whatSomebodyDeletesInBetweenStaysDeleted() throws Exception {
        appendAll("A", "A", "A", "A");
        DataFile gone = lake.files().getFirst();
        Life life = new Life(Integer.MAX_VALUE)
                .meantime(name -> meantime(
                        name,
                        () -> lake.look(table -> {
                            table.newDelete().deleteFile(gone).commit();
                            return table;
                        })));
        try (TableUpkeep upkeep = lake.upkeep(life)) {
            keep(upkeep);
        }
        assertThat(lake.rows()).hasSize(3).isSubsetOf(expected);
        assertThat(lake.stored("data")).as("what was written in vain is gone").hasSize(4);
    }

    private interface Something {
        void happens() throws Exception;
    }

    private static boolean meantime(String name, Something something) {
        if (!name.contains("compacted")) {
            return false;
        }
        try {
            something.happens();
            return true;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void filesOfAnEarlierSchemaStayAmongThemselves() throws Exception {
        appendAll("A", "A", "A", "A");
        lake = new Lake(
                        directory,
                        RowType.of(COLUMNS.field(0), COLUMNS.field(1), Field.nullable("venue", DataType.VARCHAR)))
                .with("compaction_files", "4");
        try (Table table = lake.open()) {
            for (int i = 0; i < 4; i++) {
                table.publish(lake.write(table, "a", next, Arrays.asList(next, "B", "X")));
                expected.add("[" + next + ", B, X]");
                next++;
            }
        }
        keep();
        assertThat(lake.files()).hasSize(2);
        assertThat(lake.rows()).isEqualTo(expected);
    }

    @Test
    void snapshotsAndWhatOnlyTheyNeedGo() throws Exception {
        lake.with("snapshots_max", "3");
        appendAll("A", "A", "A", "A", "A", "A", "A", "A");
        keep();
        assertThat(lake.rows()).isEqualTo(expected);
        List<Snapshot> kept = lake.look(table -> {
            List<Snapshot> snapshots = new ArrayList<>();
            table.snapshots().forEach(snapshots::add);
            return snapshots;
        });
        assertThat(kept).hasSize(3);
        lake.passes(Duration.ofDays(6));
        keep();
        assertThat(lake.stored("data")).hasSize(1);
        appendAll("B");
        assertThat(lake.rows()).isEqualTo(expected);
    }

    @Test
    void filesThatNobodyKnowsGoAndThoseThatWaitStay() throws Exception {
        AtomicReference<List<CommittedFile>> waiting = new AtomicReference<>();
        String done;
        try (Table table = lake.open()) {
            done = append(table, "A").getFirst().name();
            litter(table, "data/" + "d-identity-compacted-0.parquet");
            litter(table, "data/" + "d-identity-other.parquet");
            litter(table, "metadata/" + "0-m0.avro");
            waiting.set(lake.write(table, "a", next, Arrays.asList(next, "W")));
            lake.look(found -> {
                found.newDelete().deleteFile(found.location() + "/" + done).commit();
                found.expireSnapshots()
                        .expireOlderThan(Long.MAX_VALUE)
                        .cleanupLevel(CleanupLevel.NONE)
                        .commit();
                return found;
            });
        }
        try (Table crashing = lake.open(new Life(3))) {
            crashing.publish(waiting.get());
        } catch (Exception expectedToFail) {
            assertThat(lake.stored("data")).contains(waiting.get().getFirst().name());
        }
        keep();
        assertThat(lake.stored("data")).as("all are young").hasSize(4);
        lake.passes(Duration.ofDays(4));
        keep();
        assertThat(lake.stored("data"))
                .containsExactlyInAnyOrder(waiting.get().getFirst().name(), "data/d-identity-other.parquet");
        assertThat(lake.stored("metadata")).doesNotContain("metadata/0-m0.avro");
        try (Table table = lake.open()) {
            table.publish(waiting.get());
        }
        assertThat(lake.rows()).containsExactly("[1, W]");
    }

    private static void litter(Table table, String name) throws IOException {
        try (StagedObject staged = table.stage(name)) {
            staged.out().write(name.getBytes(StandardCharsets.UTF_8));
            staged.seal();
        }
        // As the store of the table's files has it, which appends nothing.
        ((IcebergTable) table).store().publish(name);
    }
}
