package io.millrace.connector.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.Table;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Appends to a table, whatever happens in between; Delta's own library reads it. */
class DeltaTableTest extends LocalTable {

    @Test
    void filesOfSeveralRangesAreOneEntry() throws Exception {
        try (Table table = lake.open()) {
            List<CommittedFile> files = new ArrayList<>(lake.write(table, "a", 0, row(1), row(2)));
            files.addAll(lake.write(table, "a", 2, row(3)));
            files.addAll(lake.write(table, "b", 7, row(4)));
            table.publish(files);
        }
        assertThat(read.rows()).containsExactly("1|T1", "2|T0", "3|T1", "4|T0");
        assertThat(read.snapshot().getVersion()).isEqualTo(1);
        assertThat(read.transaction("millrace/d-identity/a")).isEqualTo(3);
        assertThat(read.transaction("millrace/d-identity/b")).isEqualTo(8);
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
        assertThat(read.rows()).containsExactly("1|T1", "2|T0");
        assertThat(read.snapshot().getVersion()).isEqualTo(2);
    }

    /** A life that crashes before, or with the answer to, its first, its second … call, and one that finishes the work. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCrashAtAnyCallLosesNothingAndDoublesNothing(boolean answersAreLost) throws Exception {
        boolean crashed = true;
        int calls = 0;
        for (; crashed; calls++) {
            Path own = directory.resolve("crash-" + calls);
            Lake table = new Lake(own, COLUMNS).with("partition_by", "ticker");
            crashed = crashes(table, new FaultyCalls(calls, answersAreLost));
            try (Table after = table.open()) {
                after.publish(table.write(after, "a", 0, row(0), row(1)));
                after.publish(table.write(after, "a", 2, row(2)));
            }
            assertThat(new KernelTable(own).rows())
                    .as("crashed at call %s", calls + 1)
                    .containsExactly("0|T0", "1|T1", "2|T0");
        }
        assertThat(calls).isGreaterThan(10);
    }

    private static boolean crashes(Lake lake, FaultyCalls life) {
        try (Table table = lake.open(life)) {
            table.publish(lake.write(table, "a", 0, row(0), row(1)));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** The process goes on after a failure whose entry was made all the same. */
    @Test
    void anAnswerThatWasLostIsRecognisedByTheSameLife() throws Exception {
        FaultyCalls life = FaultyCalls.none();
        try (Table table = lake.open(life)) {
            table.publish(lake.write(table, "a", 0, row(0)));
            List<CommittedFile> files = lake.write(table, "a", 1, row(1));
            int failures = 0;
            life.failOnce("create");
            for (boolean done = false; !done; ) {
                try {
                    table.publish(files);
                    done = true;
                } catch (IOException e) {
                    failures++;
                }
            }
            assertThat(failures).isEqualTo(1);
            table.publish(lake.write(table, "a", 2, row(2)));
        }
        assertThat(read.rows()).containsExactly("0|T0", "1|T1", "2|T0");
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
        assertThat(read.rows()).containsExactly("0|T0", "1|T1");
    }

    @Test
    void rangesThatWereCutOtherwiseElsewhereAreRefused() throws Exception {
        lake.deliver("a", 0, row(0), row(1), row(2));
        try (Table copy = lake.open()) {
            assertThat(refusal(copy, lake.write(copy, "a", 1, row(7)))).contains("not written from here");
        }
        assertThat(read.rows()).containsExactly("0|T0", "1|T1", "2|T0");
    }

    private static String refusal(Table table, List<CommittedFile> files) {
        MillraceException refusal = catchThrowableOfType(MillraceException.class, () -> table.publish(files));
        assertThat(refusal.code()).isEqualTo(ErrorCode.IN_USE);
        return refusal.getMessage();
    }

    @Test
    void entriesOfOthersInBetweenAreTakenIntoAccount() throws Exception {
        Lake other = lake.delivery("e-identity", COLUMNS);
        try (Table one = lake.open();
                Table two = other.open()) {
            for (int i = 0; i < 5; i++) {
                one.publish(lake.write(one, "a", i, row(i)));
                two.publish(other.write(two, "a", i, row(100 + i)));
            }
        }
        assertThat(read.rows()).hasSize(10);
        assertThat(read.transaction("millrace/d-identity/a")).isEqualTo(5);
        assertThat(read.transaction("millrace/e-identity/a")).isEqualTo(5);
    }

    @Test
    void deliveriesThatWriteAtTheSameTimeAllComeThrough() throws Exception {
        int deliveries = 4;
        int commits = 15;
        lake.open().close();
        List<Throwable> failures = new ArrayList<>();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < deliveries; i++) {
            Lake own = lake.delivery("d" + i, COLUMNS);
            long first = i * 1000L;
            writers.add(Thread.ofPlatform().start(() -> {
                try (Table table = own.open()) {
                    for (int commit = 0; commit < commits; commit++) {
                        table.publish(own.write(table, "a", commit, row(first + commit)));
                    }
                } catch (Throwable e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(failures).isEmpty();
        assertThat(read.rows()).doesNotHaveDuplicates().hasSize(deliveries * commits);
        assertThat(read.snapshot().getVersion()).isEqualTo(deliveries * commits);
    }

    @Test
    void aTableIsPartedByValuesOfColumns() throws Exception {
        RowType columns = RowType.of(
                Field.nullable("id", DataType.BIGINT),
                Field.nullable("Country", DataType.VARCHAR),
                Field.nullable("day", DataType.DATE));
        Lake parted = new Lake(directory, columns).with("partition_by", "country, day");
        java.time.LocalDate day = java.time.LocalDate.of(2026, 1, 31);
        List<Object> unknown = new ArrayList<>(List.of(3L));
        unknown.add(null);
        unknown.add(null);
        parted.deliver(
                "a",
                0,
                List.of(1L, "CH", day),
                List.of(2L, "CH", day),
                unknown,
                List.of(4L, "a/b=c %41?#", day),
                List.of(5L, "__HIVE_DEFAULT_PARTITION__", day));
        assertThat(read.rows())
                .containsExactly(
                        "1|CH|2026-01-31",
                        "2|CH|2026-01-31",
                        "3|null|null",
                        "4|a/b=c %41?#|2026-01-31",
                        "5|__HIVE_DEFAULT_PARTITION__|2026-01-31");
        assertThat(read.snapshot().getPartitionColumnNames()).containsExactly("Country", "day");
        assertThat(directory.resolve("Country=CH/day=2026-01-31")).isDirectory();
        assertThat(failure(new Lake(directory, columns).with("partition_by", "day")))
                .hasMessageContaining("is parted by 'Country, day'");
        new Lake(directory, columns).deliver("b", 0, List.of(6L, "CH", day));
        assertThat(read.rows()).hasSize(6);
    }

    @Test
    void columnsThatTheTableLacksAreAdded() throws Exception {
        lake.deliver("a", 0, row(0));
        RowType more = RowType.of(
                Field.required("at", DataType.TIMESTAMP),
                Field.nullable("ID", DataType.BIGINT),
                Field.nullable("size", DataType.SMALLINT));
        java.time.LocalDateTime at = java.time.LocalDateTime.of(2026, 1, 31, 9, 0, 0, 1000);
        lake.delivery("e", more).deliver("a", 0, List.of(at, 1L, 7));
        lake.deliver("a", 1, row(2));
        assertThat(read.columns()).containsExactly("id long", "ticker string", "at timestamp_ntz", "size short");
        assertThat(read.rows())
                .containsExactly("0|T0|null|null", "1|null|2026-01-31T09:00:00.000001|7", "2|T0|null|null");
        assertThat(Files.readString(entry(2)))
                .contains("\"minReaderVersion\":3", "\"appendOnly\",\"invariants\",\"timestampNtz\"");
    }

    @Test
    void aTableThatGetsAColumnWhileItIsDeliveredToIsDeliveredToOn() throws Exception {
        RowType more = RowType.of(Field.nullable("id", DataType.BIGINT), Field.nullable("size", DataType.INTEGER));
        try (Table table = lake.open()) {
            table.publish(lake.write(table, "a", 0, row(0)));
            lake.delivery("e", more).deliver("a", 0, List.of(1L, 7));
            table.publish(lake.write(table, "a", 1, row(2)));
        }
        assertThat(read.rows()).containsExactly("0|T0|null", "1|null|7", "2|T0|null");
    }

    @Test
    void whatDoesNotFitIsRefused() throws Exception {
        lake.deliver("a", 0, row(0));
        assertThat(failure(lake.delivery("e", RowType.of(Field.nullable("id", DataType.INTEGER)))))
                .hasMessageContaining("column 'id' of table")
                .hasMessageContaining("is \"long\", and the delivery's is \"integer\"");
        Lake own = new Lake(directory.resolve("own"), RowType.of(Field.required("id", DataType.BIGINT)));
        own.deliver("a", 0, List.of(1L));
        assertThat(failure(own.delivery("e", RowType.of(Field.nullable("id", DataType.BIGINT)))))
                .hasMessageContaining("must not be NULL, and the delivery's may be");
        assertThat(failure(own.delivery("e", RowType.of(Field.nullable("other", DataType.BIGINT)))))
                .hasMessageContaining("must not be NULL, and the delivery has no such column");
        assertThat(failure(new Lake(directory.resolve("x"), RowType.of(Field.nullable("a b", DataType.BIGINT)))))
                .hasMessageContaining("Delta takes no column named 'a b'");
        assertThat(failure(new Lake(directory.resolve("x"), RowType.of(Field.nullable("t", DataType.TIME)))))
                .hasMessageContaining("column 't' is a time of day");
        assertThat(failure(new Lake(directory.resolve("x"), COLUMNS).with("partition_by", "id, nope")))
                .hasMessageContaining("has 'nope'");
        assertThat(failure(new Lake(directory.resolve("x"), COLUMNS).with("partition_by", "id, ticker")))
                .hasMessageContaining("none is left");
        assertThat(failure(new Lake(directory.resolve("x"), COLUMNS).with("log_retention", "5 min"))
                        .hint())
                .contains("an hour at least");
    }

    @Test
    void columnsThatDifferInLetterCaseAloneAreRefused() {
        RowType twice = RowType.of(Field.nullable("id", DataType.BIGINT), Field.nullable("ID", DataType.BIGINT));
        assertThat(failure(new Lake(directory, twice))).hasMessageContaining("column 'ID' is there twice");
    }

    /** Neither where nothing is yet, nor where a table is. */
    @Test
    void aCheckLeavesNoFile() throws Exception {
        Path folder = directory.resolve("new/table");
        Lake fresh = new Lake(folder, COLUMNS);
        for (int commits = 0; commits < 2; commits++) {
            new DeltaTableFactory().check(fresh.setup(FaultyCalls.none()));
            try (Stream<Path> files = Files.walk(directory)) {
                assertThat(files.filter(Files::isRegularFile))
                        .as("%s commits", commits)
                        .noneMatch(file -> file.getFileName().toString().contains(PutIfAbsent.PROBE))
                        .hasSize(3 * commits);
            }
            fresh.deliver("a", commits, row(commits));
        }
    }

    @Test
    void namesOfFilesAreUrls() {
        assertThat(TableWriter.path("d=2026/a b:c%41.parquet")).isEqualTo("d=2026/a%20b%3Ac%2541.parquet");
    }
}
