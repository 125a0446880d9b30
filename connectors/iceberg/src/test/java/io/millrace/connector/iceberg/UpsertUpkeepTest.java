package io.millrace.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.iceberg.FaultyStore.Life;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableUpkeep;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compaction and expiry of a table whose rows change. */
class UpsertUpkeepTest extends UpsertFixture {

    @Test
    void compactionLeavesOutWhatIsGoneAndTheKeysWithIt() throws Exception {
        for (int i = 0; i < 9; i++) {
            commit(insert(i % 3, i), delete((i + 1) % 3, 0));
        }
        assertThat(lake.keyFiles()).isEqualTo(9);
        String before = lake.look(table -> table.currentSnapshot().summary().get("millrace.d-identity"));
        keep();
        assertRows();
        assertThat(lake.files()).hasSize(1);
        assertThat(lake.files().getFirst().recordCount()).isEqualTo(expected.size());
        assertThat(lake.keyFiles()).as("fewer than make a commit worth while").isLessThan(4);
        String after = lake.look(table -> table.currentSnapshot().summary().get("millrace.d-identity"));
        assertThat(after).isEqualTo(before);
        commit(insert(0, 100), insert(1, 100), insert(2, 100));
        assertRows();
    }

    @Test
    void aLongFileOfWhichMuchIsGoneIsWrittenAnew() throws Exception {
        lake.with("compaction_bytes", "64 kB");
        List<List<?>> many = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 30_000; i++) {
            many.add(insert(i, random.nextLong()));
        }
        commit(many.toArray(List<?>[]::new));
        keep();
        String first = lake.files().getFirst().location();
        commit(delete(1, 0), delete(2, 0));
        keep();
        assertThat(lake.files()).extracting(file -> file.location()).contains(first);
        List<List<?>> most = new ArrayList<>();
        for (int i = 10; i < 20_000; i++) {
            most.add(delete(i, 0));
        }
        commit(most.toArray(List<?>[]::new));
        keep();
        assertThat(lake.files()).extracting(file -> file.location()).doesNotContain(first);
        assertRows();
    }

    @Test
    void aFileThatIsOlderThanTheKeysColumnHasItAsNull() throws Exception {
        Lake before = new Lake(directory, RowType.of(CHANGES.field(2)));
        try (Table table = before.open()) {
            for (long n = 0; n < 4; n++) {
                table.publish(before.write(table, "b", n, List.of(n)));
            }
        }
        commit(insert(1, 10));
        commit(delete(null, 0));
        assertThat(lake.rows()).containsExactly("[1, 10]");
        keep();
        assertRows();
        assertThat(lake.files()).as("the four that were one, and the other").hasSizeLessThan(3);
    }

    @Test
    void allRowsMayGo() throws Exception {
        for (int i = 0; i < 4; i++) {
            commit(insert(i, i));
        }
        commit(delete(0, 0), delete(1, 1), delete(2, 2), delete(3, 3));
        keep();
        assertThat(lake.rows()).isEmpty();
        assertThat(lake.files()).isEmpty();
        commit(insert(1, 7));
        assertRows();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCommitInBetweenIsKept(boolean sameKeys) throws Exception {
        for (int i = 0; i < 4; i++) {
            commit(insert(i, i), insert(9, i));
        }
        Life life = new Life(Integer.MAX_VALUE).meantime(name -> {
            if (!name.contains("compacted")) {
                return false;
            }
            try {
                commit(insert(sameKeys ? 2 : 50, 99), delete(sameKeys ? 9 : 60, 0));
                return true;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        try (TableUpkeep upkeep = lake.upkeep(life)) {
            while (upkeep.step()) {
                // Until there is nothing to do.
            }
        }
        assertRows();
        keep();
        assertRows();
    }

    @Test
    @Tag("slow")
    void aCrashWhileTheTableIsKeptInOrderLosesNothing() throws Exception {
        crashKeeping(61);
    }

    @Test
    @Tag("slow")
    void aCrashBeforeAnyCallWhileTheTableIsKeptInOrderLosesNothing() throws Exception {
        crashKeeping(1);
    }

    private void crashKeeping(int step) throws Exception {
        lake.with("snapshots_max", "2");
        boolean crashed = true;
        for (int calls = 1; crashed; calls += step) {
            for (int i = 0; i < 4; i++) {
                commit(insert(i, calls), delete(i + 1, 0), insert(i + 10, calls));
            }
            try (TableUpkeep upkeep = lake.upkeep(new Life(calls))) {
                while (upkeep.step()) {
                    // Until there is nothing to do.
                }
                crashed = false;
            } catch (Exception e) {
                assertRows();
            }
            keep();
            assertRows();
        }
        assertThat(next).isGreaterThan(12);
    }

    @Test
    void filesThatOnlyOldSnapshotsNeedGo() throws Exception {
        lake.with("snapshots_max", "1");
        for (int i = 0; i < 8; i++) {
            commit(insert(i % 2, i), delete(5, 0));
        }
        keep();
        lake.passes(Duration.ofDays(10));
        keep();
        assertRows();
        assertThat(lake.stored("data")).as("one of rows, and few of keys").hasSizeLessThan(5);
    }
}
