package io.millrace.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.connector.iceberg.FaultyStore.Life;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.Table;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that take the place of others, and rows that go. */
class UpsertTest extends UpsertFixture {

    @Test
    void aRowTakesThePlaceOfTheOneWithItsKey() throws Exception {
        commit(insert(1, 10), insert(2, 20), insert(null, 30));
        assertRows();
        commit(delete(1, 10), insert(1, 11), delete(null, 30), insert(3, 5));
        assertRows();
        assertThat(lake.rows()).containsExactly("[1, 11]", "[2, 20]", "[3, 5]");
        commit(insert(null, 31), delete(2, 20));
        assertRows();
        Map<String, String> summary = lake.look(table -> table.currentSnapshot().summary());
        assertThat(summary).containsEntry("added-equality-deletes", "2").containsEntry("added-records", "1");
        assertThat(summary.get("millrace.d-identity")).contains("\"a\":9");
    }

    @Test
    void ofTheChangesOfOneRangeTheLastCounts() throws Exception {
        commit(insert(1, 1), delete(1, 1), insert(1, 2), insert(2, 1), delete(2, 1), insert(3, 1), insert(3, 2));
        assertThat(lake.rows()).containsExactly("[1, 2]", "[3, 2]");
        assertRows();
    }

    @Test
    void aLaterRangeOfOneCommitIsAboutTheRowsOfAnEarlier() throws Exception {
        try (Table table = lake.open()) {
            List<CommittedFile> files = new ArrayList<>(write(table, "a", insert(1, 1), insert(2, 2)));
            files.addAll(write(table, "a", delete(1, 1), insert(1, 3), delete(2, 2)));
            files.addAll(write(table, "a", insert(2, 9)));
            table.publish(files);
        }
        assertThat(lake.rows()).containsExactly("[1, 3]", "[2, 9]");
    }

    @Test
    void manyChangesOfFewKeysAreKeptAsFewRows() throws Exception {
        List<List<?>> changes = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            changes.add(insert(i % 10, i));
        }
        try (Table table = lake.open()) {
            RowBatch batch = RowBatch.create(CHANGES, 0);
            RowFileWriter writer = table.writer(CHANGES, OutputStream.nullOutputStream());
            long most = 0;
            for (List<?> change : changes) {
                JavaValues.append(batch, change);
                writer.write(batch);
                batch.clear();
                most = Math.max(most, writer.estimatedBytes());
            }
            assertThat(most).isLessThan(30_000 * 100);
        }
        commit(changes.toArray(List<?>[]::new));
        assertRows();
        assertThat(expected).hasSize(10);
    }

    @Test
    void partitionsByColumnsOfTheKeyStayApart() throws Exception {
        lake.with("partition_by", "bucket(3, k)");
        for (int i = 0; i < 6; i++) {
            commit(insert(i, i), insert(i + 1, 10 + i), delete(i - 1, 0));
            assertRows();
        }
        keep();
        assertRows();
    }

    @Test
    void withoutAColumnThatSaysSoAllRowsCome() throws Exception {
        lake = lake(RowType.of(CHANGES.field(1), CHANGES.field(2))).with("key", "k");
        try (Table table = lake.open()) {
            table.publish(lake.write(table, "a", 0, Arrays.asList(1, 1L), Arrays.asList(2, 2L), Arrays.asList(1, 3L)));
            table.publish(lake.write(table, "a", 3, Arrays.asList(2, 4L)));
        }
        assertThat(lake.rows()).containsExactly("[1, 3]", "[2, 4]");
    }

    @Test
    void theColumnOpMayBeTheTables() throws Exception {
        lake = lake(CHANGES).with("key", "op, k").with("op", "none");
        try (Table table = lake.open()) {
            table.publish(lake.write(table, "a", 0, insert(1, 1), delete(1, 2), delete(1, 3)));
        }
        assertThat(lake.rows()).containsExactly("[delete, 1, 3]", "[insert, 1, 1]");
    }

    @Test
    void aChangeThatIsNoneIsRefusedAndTheOthersAreNot() throws Exception {
        try (Table table = lake.open()) {
            RowFileWriter writer = table.writer(CHANGES, OutputStream.nullOutputStream());
            assertRefused(writer, ErrorCode.INVALID_VALUE, insert(1, 1), Arrays.asList("update", 1, 1L));
            assertRefused(writer, ErrorCode.INVALID_VALUE, Arrays.asList(null, 1, 1L));
            assertRefused(writer, ErrorCode.NULL_NOT_ALLOWED, Arrays.asList("insert", 1, null));
            // Nobody keeps what goes.
            writer.write(batch(Arrays.asList("delete", 1, null), insert(2, 2)));
            writer.finish();
        }
    }

    private static RowBatch batch(List<?>... rows) {
        RowBatch batch = RowBatch.create(CHANGES, rows.length);
        for (List<?> row : rows) {
            JavaValues.append(batch, row);
        }
        return batch;
    }

    private static void assertRefused(RowFileWriter writer, ErrorCode code, List<?>... rows) {
        MillraceException refusal = catchThrowableOfType(MillraceException.class, () -> writer.write(batch(rows)));
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(code.blame()).isEqualTo(ErrorCode.Blame.USER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mode         | merge | insert or upsert
        key          | ''    | key = 'id'
        key          | price | op, k, n
        op           | n     | a VARCHAR column
        partition_by | n     | add it to the key
        """)
    void whatCannotWorkIsToldAtOnce(String option, String value, String hint) {
        lake.with(option, value);
        assertThatThrownBy(() -> new IcebergTableFactory().check(lake.setup(new Life(Integer.MAX_VALUE))))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.hint()).contains(hint.replace("op, k, n", "k, n")));
    }

    @Test
    void aKeyWithoutUpsertsIsRefused() {
        Lake appending = new Lake(directory, CHANGES).with("key", "k");
        assertThatThrownBy(() -> new IcebergTableFactory().check(appending.setup(new Life(Integer.MAX_VALUE))))
                .hasMessageContaining("key");
    }

    @Test
    void aCrashLosesNothingAndDoublesNothing() throws Exception {
        crashPublishing(4);
    }

    @Test
    @Tag("slow")
    void aCrashBeforeAnyCallLosesNothingAndDoublesNothing() throws Exception {
        crashPublishing(1);
    }

    /** A life that crashes before one of its calls, and one after it that finishes the work. */
    private void crashPublishing(int step) throws Exception {
        boolean crashed = true;
        for (int calls = 0; crashed; calls += step) {
            List<CommittedFile> files = new ArrayList<>();
            try (Table table = lake.open()) {
                files.addAll(write(table, "a", insert(calls % 5, calls), delete((calls + 1) % 5, 0)));
                files.addAll(write(table, "a", insert(calls % 7, calls), insert(7, calls)));
            }
            crashed = crashes(calls, files);
            try (Table table = lake.open()) {
                assertThat(table.staged("data/"))
                        .as("what waits, and nothing beside it")
                        .isSubsetOf(files.stream().map(CommittedFile::name).toList());
                table.publish(files);
                table.publish(files);
            }
            assertRows();
        }
        assertThat(next).isGreaterThan(20);
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
    void whatIsKnownOfAFileIsReadAgainByTheNextLife() throws Exception {
        lake.with("partition_by", "truncate(10, k)");
        List<CommittedFile> files;
        try (Table table = lake.open()) {
            files = write(table, "a", insert(1, 1), delete(12, 1), insert(23, 1));
        }
        try (Table table = lake.open()) {
            table.publish(files);
        }
        assertRows();
    }
}
