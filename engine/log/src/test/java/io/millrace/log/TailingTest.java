package io.millrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.log.Appended;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers close behind a writer, over many segments, woken by appends alone. */
class TailingTest {

    private static final RowType NUMBERS = RowType.of(Field.required("n", DataType.BIGINT));
    private static final int ENTRIES = 100_000;

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void readersSeeEveryEntryOnceAndInOrder() {
        LogSettings settings = LogSettings.DEFAULT.withSegmentBytesMax(300_000);
        try (LogStore store = LogStore.open(directory, settings, InstantSource.system())) {
            ShardLog shard = store.create("s", StreamSettings.ofShards(1)).shard(0);
            Executor threads = action -> Thread.ofPlatform().daemon().start(action);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> append(shard), threads);
            CompletableFuture<Long> small = CompletableFuture.supplyAsync(() -> tail(shard, 7), threads);
            CompletableFuture<Long> large = CompletableFuture.supplyAsync(() -> tail(shard, 1000), threads);
            writer.join();
            assertThat(small.join()).isEqualTo(ENTRIES);
            assertThat(large.join()).isEqualTo(ENTRIES);
        }
    }

    private static void append(ShardLog shard) {
        Deque<CompletableFuture<Appended>> inFlight = new ArrayDeque<>();
        RecordBatch records = new RecordBatch();
        RowBatch rows = RowBatch.create(NUMBERS, 100);
        int next = 0;
        while (next < ENTRIES) {
            int count = Math.min(ENTRIES - next, 1 + next % 97);
            records.clear();
            rows.clear();
            for (int i = 0; i < count; i++) {
                records.add(new byte[3], ByteBuffer.allocate(40).putLong(next).array());
                ((LongColumn) rows.column(0)).set(i, next++);
            }
            rows.size(count);
            boolean typed = next / 1000 % 2 == 0;
            inFlight.add(typed ? shard.append(rows, null, next, null) : shard.append(records, null));
            if (inFlight.size() == 5) {
                inFlight.remove().join();
            }
        }
    }

    private static long tail(ShardLog shard, int entriesMax) {
        Semaphore news = new Semaphore(0);
        long next = 0;
        try (ShardLog.Subscription subscription = shard.onAppend(news::release);
                LogReader reader = shard.reader(0, new ReadOptions(NUMBERS, true))) {
            while (next < ENTRIES) {
                LogBatch batch = reader.poll(entriesMax);
                if (batch == null) {
                    news.acquireUninterruptibly();
                    news.drainPermits();
                } else {
                    next = check(batch, next);
                }
            }
            assertThat(subscription).isNotNull();
        }
        return next;
    }

    private static long check(LogBatch batch, long first) {
        assertThat(batch.firstIndex()).isEqualTo(first);
        long next = first;
        for (int i = 0; i < batch.size(); i++) {
            long number = switch (batch) {
                case LogBatch.Records records ->
                    ByteBuffer.wrap(
                                    records.payloads().data(),
                                    records.payloads().starts()[i],
                                    8)
                            .getLong();
                case LogBatch.Rows rows -> ((LongColumn) rows.rows().column(0)).get(i);
            };
            assertThat(number).isEqualTo(next++);
        }
        return next;
    }
}
