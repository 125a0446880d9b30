package io.millrace.server.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.log.LogSettings;
import io.millrace.log.LogStore;
import io.millrace.log.StreamSettings;
import io.millrace.log.disk.LocalDisk;
import io.millrace.runtime.table.TableRows;
import io.millrace.runtime.table.TableVersion;
import io.millrace.runtime.view.MaterializedRows;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTableTest {

    private static final RowType ROW =
            RowType.of(Field.required("id", DataType.INTEGER), Field.nullable("n", DataType.BIGINT));
    private static final int CHANGES_LEAST = 20;

    @TempDir
    Path directory;

    private LogStore store;
    private StoredTable table;

    @BeforeEach
    void open() {
        store = store();
        StreamLog log = store.create("table:t", new StreamSettings(1, Duration.ofMillis(1), false));
        table = StoredTable.open("t", log, ROW, List.of(0), CHANGES_LEAST);
    }

    private LogStore store() {
        return LogStore.open(
                directory, LogSettings.DEFAULT.withSegmentBytesMax(4096), InstantSource.system(), new LocalDisk());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = store();
        table = StoredTable.open("t", store.stream("table:t"), ROW, List.of(0), CHANGES_LEAST);
    }

    /** Sets or adds a row. */
    private void put(int id, long n) {
        table.write((version, rows) -> new TableChanges(slots(version, id), row(id, n)));
    }

    private void remove(int id) {
        table.write((version, rows) -> new TableChanges(slots(version, id), RowBatch.create(ROW, 0)));
    }

    private static int[] slots(TableVersion version, int id) {
        RowBatch rows = version.rows();
        return IntStream.range(0, rows.selectedCount())
                .map(rows::selectedRow)
                .filter(slot -> JavaValues.row(rows, slot).getFirst().equals(id))
                .toArray();
    }

    private static RowBatch row(int id, long n) {
        RowBatch rows = RowBatch.create(ROW, 1);
        JavaValues.append(rows, List.of(id, n));
        return rows;
    }

    private static List<String> texts(RowBatch rows) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < rows.selectedCount(); i++) {
            texts.add(JavaValues.row(rows, rows.selectedRow(i)).toString());
        }
        return texts.stream().sorted().toList();
    }

    /** Follows a table as a view does. */
    private final class Follower implements AutoCloseable {

        private final MaterializedRows rows = new MaterializedRows(ROW);
        private Source source = table.changes(ROW);
        private long position = source.firstPosition(split());
        private int steps;

        private String split() {
            return source.splits().getFirst();
        }

        void read(Random random) {
            long end = source.endPosition(split());
            try (SplitReader reader = source.open(split(), position)) {
                while (reader.position() < end) {
                    SourceBatch batch = reader.poll(end, 1 + random.nextInt(7));
                    if (batch == null) {
                        throw new AssertionError("nothing at " + reader.position() + " of " + end);
                    }
                    rows.write(++steps, batch.rows(), Long.MIN_VALUE).join();
                    position = reader.position();
                    if (random.nextInt(10) == 0) {
                        break;
                    }
                }
            }
        }

        void readAll(Random random) {
            while (position < source.endPosition(split())) {
                read(random);
            }
        }

        void goOn() {
            source = table.changes(ROW);
        }

        @Override
        public void close() {
            source.close();
        }
    }

    @Test
    void whoeverFollowsHasWhatTheTableHas() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<Follower> followers = new ArrayList<>();
        List<String> before = List.of();
        for (int round = 0; round < 800; round++) {
            if (random.nextInt(3) > 0) {
                put(random.nextInt(12), random.nextInt(1000));
            } else {
                remove(random.nextInt(12));
            }
            if (random.nextInt(100) == 0) {
                before = texts(table.version().rows());
                reopen();
                followers.forEach(Follower::goOn);
                assertThat(texts(table.version().rows())).as("seed %s", seed).isEqualTo(before);
            }
            if (random.nextInt(60) == 0) {
                followers.add(new Follower());
            }
            followers.forEach(follower -> follower.read(random));
        }
        followers.add(new Follower());
        for (Follower follower : followers) {
            follower.readAll(random);
            assertThat(texts(follower.rows.snapshot()))
                    .as("seed %s", seed)
                    .isEqualTo(texts(table.version().rows()));
            follower.close();
        }
    }

    @Test
    void aStartReadsNoMoreThanTheLastSnapshotAndWhatFollowed() {
        for (int i = 0; i < 2000; i++) {
            put(i % 5, i);
        }
        store.trim();
        StreamLog log = store.stream("table:t");
        long first = log.shards().getFirst().firstIndex();
        assertThat(first).isGreaterThan(1000);
        reopen();
        assertThat(texts(table.version().rows()))
                .containsExactly("[0, 1995]", "[1, 1996]", "[2, 1997]", "[3, 1998]", "[4, 1999]");
        put(9, 9);
        reopen();
        assertThat(table.version().rowCount()).isEqualTo(6);
    }

    @Test
    void sessionsThatWriteAtOnceLoseNothing() throws Exception {
        int threads = 8;
        int each = 60;
        put(0, 0);
        try (ExecutorService sessions = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int own = thread + 1;
                all.add(sessions.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        table.write(StoredTableTest::increment);
                        put(1000 * own + i, own);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        List<String> rows = texts(table.version().rows());
        assertThat(rows).hasSize(1 + threads * each).contains("[0, " + threads * each + "]");
        reopen();
        assertThat(texts(table.version().rows())).isEqualTo(rows);
    }

    private static TableChanges increment(TableVersion version, TableRows rows) {
        int[] slots = slots(version, 0);
        long n = ((LongColumn) version.slots().column(1)).get(slots[0]);
        return new TableChanges(slots, row(0, n + 1));
    }

    @Test
    void whatCannotBeStoredIsNotThere() {
        put(1, 1);
        RowBatch large = RowBatch.create(ROW, 0);
        for (int i = 0; i < 5_000_000; i++) {
            JavaValues.append(large, List.of(10 + i, 1L));
        }
        MillraceException failure = catchThrowableOfType(
                MillraceException.class, () -> table.write((version, rows) -> new TableChanges(new int[0], large)));
        assertThat(failure.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        assertThat(table.version().rowCount()).isEqualTo(1);
        put(10, 2);
        reopen();
        assertThat(texts(table.version().rows())).containsExactly("[1, 1]", "[10, 2]");
    }

    @Test
    void aTableWhoseLogIsGoneTakesNothingAndShowsWhatWasStored() {
        put(1, 1);
        store.delete("table:t");
        for (int i = 0; i < 3; i++) {
            MillraceException failure = catchThrowableOfType(MillraceException.class, () -> put(2, 2));
            assertThat(failure.code()).isEqualTo(ErrorCode.WRONG_STATE);
        }
        assertThat(texts(table.version().rows())).containsExactly("[1, 1]");
    }
}
