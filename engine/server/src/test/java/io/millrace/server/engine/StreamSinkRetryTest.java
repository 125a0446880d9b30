package io.millrace.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.LogSettings;
import io.millrace.log.LogStore;
import io.millrace.log.StoredStream;
import io.millrace.log.StreamSettings;
import io.millrace.plan.Rowtime;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.Options;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.StreamDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step that reaches some shards and not all is repeated whole, and each of its rows is there once. */
final class StreamSinkRetryTest {

    private static final int SHARDS = 4;
    private static final int ROWS = 200;

    @TempDir
    Path directory;

    private final WatchedDisk disk = new WatchedDisk();

    @ParameterizedTest
    @ValueSource(strings = {"write", "force"})
    void stepThatFailsHalfWayIsRepeated(String failing) {
        RowType type = RowType.of(Field.nullable("id", DataType.BIGINT));
        StreamDefinition target = new StreamDefinition(
                "t", type, new Rowtime.Arrival(), new Options(Map.of("partition_key", "id", "shards", "4")));
        try (LogStore store = LogStore.open(directory, LogSettings.DEFAULT, InstantSource.system(), disk)) {
            StoredStream log = store.create("t", StreamSettings.ofShards(SHARDS));
            StreamSink sink = new StreamSink(log, target, new StreamBounds(), "p@1", type, List.of(0), -1);
            sink.write(6, rows(type, 0), LogBatch.NO_BOUND).join();
            failOnce(failing, "shard-000000000002");
            CompletableFuture<Void> half = sink.write(7, rows(type, ROWS), LogBatch.NO_BOUND);
            assertThat(half.handle((done, error) -> error != null).join()).isTrue();
            assertThat(ids(log)).hasSizeBetween(ROWS + 1, 2 * ROWS - 1);
            assertThat(sink.lastStep()).hasValue(7);

            sink.write(7, rows(type, ROWS), LogBatch.NO_BOUND).join();
            sink.write(7, rows(type, ROWS), LogBatch.NO_BOUND).join();
            sink.write(8, rows(type, 2 * ROWS), LogBatch.NO_BOUND).join();
            assertThat(ids(log)).isEqualTo(upTo(3 * ROWS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"write", "force"})
    void pumpWhoseStepFailsHalfWayGoesOnByItself(String failing) throws Exception {
        try (Engine engine = Engine.open(directory, InstantSource.system(), disk);
                SqlSession session = engine.open("millrace", "test")) {
            rows(session, "CREATE STREAM s (id BIGINT)");
            rows(session, "CREATE STREAM t (id BIGINT) WITH (shards = 4, partition_key = 'id')");
            rows(session, "CREATE PUMP p AS INSERT INTO t SELECT STREAM id FROM s");
            failOnce(failing, "streams/t/shard-000000000002");
            rows(session, "INSERT INTO s VALUES " + values());
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (ids(engine.streams().log("t").shards()).size() < ROWS && System.nanoTime() < deadline) {
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofMillis(20).toNanos());
            }
            assertThat(ids(engine.streams().log("t").shards())).isEqualTo(upTo(ROWS));
        }
        try (Engine engine = Engine.open(directory)) {
            assertThat(ids(engine.streams().log("t").shards())).isEqualTo(upTo(ROWS));
        }
    }

    @Test
    void pumpThatMeetsAFailingShardAgainAndAgainDoublesNothing() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        try (Engine engine = Engine.open(directory, InstantSource.system(), disk);
                SqlSession session = engine.open("millrace", "test")) {
            rows(session, "CREATE STREAM s (id BIGINT)");
            rows(session, "CREATE STREAM t (id BIGINT) WITH (shards = 4, partition_key = 'id')");
            disk.watch((change, path) -> {
                if (change.equals("write") && path.toString().contains("streams/t/") && failures.get() > 0) {
                    boolean last = path.toString().contains("shard-000000000003") && failures.getAndDecrement() > 0;
                    boolean first = path.toString().contains("shard-000000000000") && failures.get() > 1;
                    if (last || first) {
                        throw new IOException("Input/output error");
                    }
                }
            });
            rows(session, "CREATE PUMP p AS INSERT INTO t SELECT STREAM id FROM s");
            rows(session, "INSERT INTO s VALUES " + values());
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (ids(engine.streams().log("t").shards()).size() < ROWS && System.nanoTime() < deadline) {
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofMillis(20).toNanos());
            }
            assertThat(ids(engine.streams().log("t").shards())).isEqualTo(upTo(ROWS));
            assertThat(failures.get()).isNotPositive();
        }
    }

    @Test
    void partsOfAStepAreTakenOnceHoweverOftenTheyAreGiven() {
        RowType type = RowType.of(Field.nullable("id", DataType.BIGINT));
        StreamDefinition target = new StreamDefinition(
                "t", type, new Rowtime.Arrival(), new Options(Map.of("partition_key", "id", "shards", "4")));
        try (LogStore store = LogStore.open(directory, LogSettings.DEFAULT, InstantSource.system(), disk)) {
            StoredStream log = store.create("t", StreamSettings.ofShards(SHARDS));
            StreamSink sink = new StreamSink(log, target, new StreamBounds(), "p@1", type, List.of(0), -1);
            assertThat(sink.takesParts()).isTrue();
            failOnce("write", "shard-000000000002");
            CompletableFuture<Void> half = sink.writePart(7, 1, rows(type, 0));
            assertThat(half.handle((done, error) -> error != null).join()).isTrue();
            assertThat(ids(log)).hasSizeBetween(1, ROWS - 1);
            assertThat(sink.lastStep()).hasValue(7);
            for (int life = 0; life < 2; life++) {
                sink.writePart(7, 1, rows(type, 0)).join();
                sink.writePart(7, 2, rows(type, ROWS)).join();
            }
            for (int life = 0; life < 2; life++) {
                sink.writePart(7, 1, rows(type, 0)).join();
                sink.writePart(7, 2, rows(type, ROWS)).join();
                sink.write(7, rows(type, 2 * ROWS), LogBatch.NO_BOUND).join();
            }
            sink.writePart(8, 1, rows(type, 3 * ROWS)).join();
            sink.write(8, rows(type, 4 * ROWS), LogBatch.NO_BOUND).join();
            assertThat(ids(log)).isEqualTo(upTo(5 * ROWS));
            assertThat(sink.lastStep()).hasValue(8);
        }
    }

    private void failOnce(String failing, String place) {
        AtomicInteger left = new AtomicInteger(1);
        disk.watch((change, path) -> {
            if (change.equals(failing) && path.toString().contains(place) && left.getAndDecrement() > 0) {
                throw new IOException("No space left on device");
            }
        });
    }

    private static String values() {
        List<String> values = new ArrayList<>();
        upTo(ROWS).forEach(id -> values.add("(" + id + ")"));
        return String.join(", ", values);
    }

    private static RowBatch rows(RowType type, int from) {
        RowBatch rows = RowBatch.create(type, ROWS);
        for (int i = 0; i < ROWS; i++) {
            JavaValues.append(rows, List.of((long) from + i));
        }
        return rows;
    }

    private static List<Long> upTo(int end) {
        List<Long> ids = new ArrayList<>();
        for (long id = 0; id < end; id++) {
            ids.add(id);
        }
        return ids;
    }

    private static List<Long> ids(StoredStream log) {
        return ids(log.shards());
    }

    /** Returns all ids of the shards, ascending. */
    private static List<Long> ids(List<? extends ShardLog> shards) {
        List<Long> ids = new ArrayList<>();
        RowType wanted = RowType.of(Field.nullable("id", DataType.BIGINT));
        for (ShardLog shard : shards) {
            try (LogReader reader = shard.reader(0, new ReadOptions(wanted, false))) {
                for (LogBatch batch = reader.poll(1000); batch != null; batch = reader.poll(1000)) {
                    RowBatch rows = ((LogBatch.Rows) batch).rows();
                    for (int i = 0; i < batch.size(); i++) {
                        ids.add((Long) JavaValues.row(rows, i).getFirst());
                    }
                }
            }
        }
        Collections.sort(ids);
        return ids;
    }

    private static void rows(SqlSession session, String statement) {
        try (ResultCursor cursor = session.execute(session.prepare(statement, List.of()), List.of())) {
            while (!cursor.finished()) {
                cursor.poll(Duration.ofSeconds(15));
            }
        }
    }
}
