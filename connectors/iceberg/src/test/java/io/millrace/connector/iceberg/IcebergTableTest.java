package io.millrace.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.connector.iceberg.FaultyStore.Life;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.Table;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appends to a table, whatever happens in between. */
class IcebergTableTest {

    private static final RowType COLUMNS =
            RowType.of(Field.nullable("id", DataType.BIGINT), Field.nullable("ticker", DataType.VARCHAR));

    @TempDir
    Path directory;

    private Lake lake;

    @BeforeEach
    void open() {
        lake = new Lake(directory, COLUMNS);
    }

    private static List<Object> row(long id) {
        return List.of(id, "T" + id % 2);
    }

    @Test
    void filesOfSeveralRangesAreOneSnapshot() throws Exception {
        try (Table table = lake.open()) {
            List<CommittedFile> files = new ArrayList<>(lake.write(table, "a", 0, row(1), row(2)));
            files.addAll(lake.write(table, "a", 2, row(3)));
            files.addAll(lake.write(table, "b", 7, row(4)));
            table.publish(files);
        }
        assertThat(lake.rows()).containsExactly("[1, T1]", "[2, T0]", "[3, T1]", "[4, T0]");
        Map<String, String> summary = lake.look(found -> found.currentSnapshot().summary());
        assertThat(summary).containsEntry("added-records", "4");
        assertThat(summary.get("millrace.d-identity")).contains("\"ends\":{\"a\":3,\"b\":8}");
        String property = lake.look(found -> found.properties().get("millrace.d-identity"));
        assertThat(property).isEqualTo(summary.get("millrace.d-identity"));
    }

    @Test
    void whatIsPublishedAgainIsThereOnce() throws Exception {
        List<CommittedFile> first;
        List<CommittedFile> second;
        try (Table table = lake.open()) {
            first = lake.write(table, "a", 0, row(1));
            second = lake.write(table, "a", 1, row(2));
            table.publish(first);
            table.publish(first);
        }
        try (Table table = lake.open()) {
            List<CommittedFile> both = new ArrayList<>(first);
            both.addAll(second);
            table.publish(both);
            table.publish(both);
        }
        assertThat(lake.rows()).containsExactly("[1, T1]", "[2, T0]");
    }

    /** A life that crashes before its first, its second … call, and one after it that finishes the work. */
    @Test
    void aCrashBeforeAnyCallLosesNothingAndDoublesNothing() throws Exception {
        lake.with("partition_by", "ticker");
        long from = 0;
        List<String> expected = new ArrayList<>();
        boolean crashed = true;
        for (int calls = 0; crashed; calls++) {
            List<CommittedFile> files;
            try (Table table = lake.open()) {
                files = lake.write(table, "a", from, row(from), row(from + 1));
            }
            expected.add("[" + from + ", T0]");
            expected.add("[" + (from + 1) + ", T1]");
            from += 2;
            crashed = crashes(calls, files);
            try (Table table = lake.open()) {
                table.publish(files);
            }
            expected.sort(null);
            assertThat(lake.rows()).as("crashed before call %s", calls + 1).isEqualTo(expected);
        }
        assertThat(from).isGreaterThan(20);
    }

    private boolean crashes(int calls, List<CommittedFile> files) {
        try (Table table = lake.open(new Life(calls))) {
            table.publish(files);
            return false;
        } catch (Exception e) {
            return true;
        }
    }

    @Test
    void aWriterThatAnotherHasReplacedIsRefused() throws Exception {
        try (Table stale = lake.open();
                Table fresh = lake.open()) {
            stale.publish(lake.write(stale, "a", 0, row(0)));
            List<CommittedFile> same = lake.write(fresh, "a", 1, row(1));
            fresh.publish(same);
            assertThat(refusal(stale, lake.write(stale, "a", 2, row(2)))).contains("another server has taken over");
            assertThat(refusal(stale, same)).contains("another server has taken over");
        }
        assertThat(lake.rows()).containsExactly("[0, T0]", "[1, T1]");
    }

    @Test
    void rangesThatWereCutOtherwiseElsewhereAreRefused() throws Exception {
        try (Table other = lake.open()) {
            other.publish(lake.write(other, "a", 0, row(0), row(1), row(2)));
        }
        try (Table copy = lake.open()) {
            assertThat(refusal(copy, lake.write(copy, "a", 1, row(7)))).contains("not written from here");
        }
        assertThat(lake.rows()).containsExactly("[0, T0]", "[1, T1]", "[2, T0]");
    }

    private static String refusal(Table table, List<CommittedFile> files) {
        MillraceException refusal = catchThrowableOfType(MillraceException.class, () -> table.publish(files));
        assertThat(refusal.code()).isEqualTo(ErrorCode.IN_USE);
        return refusal.getMessage();
    }

    @Test
    void positionsOutliveTheSnapshotsThatNotedThem() throws Exception {
        List<CommittedFile> files;
        try (Table table = lake.open()) {
            files = lake.write(table, "a", 0, row(0));
            table.publish(files);
        }
        lake.look(found -> {
            found.newDelete()
                    .deleteFile(found.location() + "/" + files.getFirst().name())
                    .commit();
            found.expireSnapshots().expireOlderThan(Long.MAX_VALUE).commit();
            return found;
        });
        try (Table table = lake.open()) {
            table.publish(files);
        }
        assertThat(lake.rows()).as("deleted by somebody, not missing").isEmpty();
    }
}
