package io.millrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.disk.SimulatedDisk;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ProducerStep;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One run of a log on a bad disk against a model, all of it decided by a seed.
 *
 * <p>Every entry has a number of its own. The model is the list of numbers by index, and the appends of
 * which nobody has heard whether they were stored. After each recovery the log must hold the model's list,
 * followed by some of those appends, whole and in order.
 */
final class LogSimulation {

    private static final RowType NUMBERS = RowType.of(Field.required("n", DataType.BIGINT));

    private final Random random;
    private final TestClock clock = new TestClock();
    private final SimulatedDisk disk;
    private final List<Long> model = new ArrayList<>();
    private final List<Attempt> waiting = new ArrayList<>();
    private final List<Attempt> uncertain = new ArrayList<>();
    private LogStore store;
    private ShardLog shard;
    private long nextNumber;
    private long nextStep = 1;
    private long lastStep;
    private long held;
    int crashes;
    int failures;

    /** An append whose outcome is not known yet. */
    private record Attempt(List<Long> numbers, long step, CompletableFuture<Appended> future) {}

    LogSimulation(long seed) {
        random = new Random(seed);
        disk = new SimulatedDisk(new Random(seed + 1));
        store = open();
        store.create("s", StreamSettings.ofShards(1));
        shard = store.stream("s").shard(0);
    }

    private LogStore open() {
        LogSettings settings = LogSettings.DEFAULT.withSegmentBytesMax(6000).withIndexIntervalBytes(500);
        return LogStore.openStepwise(Path.of("/sim"), settings, clock, disk);
    }

    void run(int turns) {
        for (int turn = 0; turn < turns; turn++) {
            turn(random.nextInt(100));
        }
        restart(false);
    }

    private void turn(int choice) {
        clock.advance(Duration.ofMillis(random.nextInt(-5, 50)));
        if (choice < 60) {
            append();
        } else if (choice < 84) {
            work();
        } else if (choice < 87) {
            disk.free(random.nextInt(3000));
            appendSome();
            work();
            disk.free(Long.MAX_VALUE);
        } else if (choice < 90) {
            disk.failForces(random.nextInt(1, 4));
            appendSome();
            work();
            disk.failForces(0);
        } else if (choice < 93) {
            disk.stopAfter(random.nextInt(12));
            appendSome();
            work();
            restart(random.nextBoolean());
        } else if (choice < 95) {
            trim();
        } else if (choice < 97) {
            verify(model.size());
        } else {
            restart(random.nextBoolean());
        }
    }

    private void appendSome() {
        for (int i = random.nextInt(6); i >= 0; i--) {
            append();
        }
    }

    private void append() {
        List<Long> numbers = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            numbers.add(nextNumber++);
        }
        long step = random.nextInt(3) == 0 ? nextStep++ : 0;
        ProducerStep producerStep = step == 0 ? null : new ProducerStep("p", step);
        CompletableFuture<Appended> future =
                random.nextBoolean() ? appendRecords(numbers, producerStep) : appendRows(numbers, producerStep);
        waiting.add(new Attempt(numbers, step, future));
        if (step > 0 && random.nextInt(4) == 0) {
            RecordBatch again = new RecordBatch().add(new byte[0], new byte[8]);
            waiting.add(new Attempt(List.of(), 0, shard.append(again, producerStep)));
        }
    }

    private CompletableFuture<Appended> appendRecords(List<Long> numbers, @Nullable ProducerStep step) {
        RecordBatch records = new RecordBatch();
        for (long number : numbers) {
            byte[] payload = new byte[8 + random.nextInt(random.nextInt(20) == 0 ? 3000 : 200)];
            ByteBuffer.wrap(payload).putLong(number);
            records.add(new byte[random.nextInt(20)], payload);
        }
        return shard.append(records, step);
    }

    private CompletableFuture<Appended> appendRows(List<Long> numbers, @Nullable ProducerStep step) {
        RowBatch rows = RowBatch.create(NUMBERS, numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            ((LongColumn) rows.column(0)).set(i, numbers.get(i));
        }
        rows.size(numbers.size());
        return shard.append(rows, null, random.nextBoolean() ? clock.millis() : LogBatch.NO_BOUND, step);
    }

    private void work() {
        store.work();
        for (Attempt attempt : waiting) {
            assertThat(attempt.future()).isDone();
            if (attempt.future().isCompletedExceptionally()) {
                failures++;
                if (disk.isStopped() || mayAppear(attempt)) {
                    uncertain.add(attempt);
                }
            } else {
                took(attempt, attempt.future().join());
                uncertain.clear();
            }
        }
        waiting.clear();
        if (!disk.isStopped() && random.nextInt(4) == 0) {
            verify(model.size());
        }
    }

    private static boolean mayAppear(Attempt attempt) {
        return attempt.future().exceptionNow().getMessage().contains("may appear after a restart");
    }

    private void took(Attempt attempt, Appended appended) {
        if (appended.repeated()) {
            assertThat(attempt.step() == 0 || attempt.step() <= lastStep).isTrue();
            return;
        }
        if (attempt.numbers().isEmpty()) {
            // A repeat whose first try had failed was taken: no number of ours, so the model learns its place.
            model.add(0L);
            lastStep = Math.max(lastStep, shard.lastStep("p").orElse(0));
            return;
        }
        assertThat(appended.firstIndex()).isEqualTo(model.size());
        assertThat(appended.count()).isEqualTo(attempt.numbers().size());
        model.addAll(attempt.numbers());
        lastStep = Math.max(lastStep, attempt.step());
    }

    private void trim() {
        held = Math.max(held, shard.firstIndex() + random.nextInt(40));
        shard.hold("reader", held);
        long before = shard.firstIndex();
        store.stream("s").changeRetention(Duration.ofMillis(random.nextInt(1, 3000)));
        store.work();
        settleWaiting();
        store.trim();
        assertThat(shard.firstIndex()).isBetween(before, Math.max(before, Math.min(held, model.size())));
    }

    private void settleWaiting() {
        if (!waiting.isEmpty()) {
            work();
        }
    }

    private void restart(boolean powerFails) {
        if (!disk.isStopped() && random.nextBoolean()) {
            settleWaiting();
        }
        crashes++;
        if (!disk.isStopped() && waiting.isEmpty() && random.nextInt(3) == 0) {
            store.close();
        }
        if (powerFails) {
            disk.crash();
        } else {
            disk.kill();
        }
        store = open();
        shard = store.stream("s").shard(0);
        adopt();
        verify(model.size());
    }

    // What the log holds beyond the model must be appends that nobody heard of, whole and in order.
    private void adopt() {
        assertThat(shard.endIndex()).isGreaterThanOrEqualTo(model.size());
        List<Long> more = read(model.size());
        int at = 0;
        for (Attempt attempt : uncertain) {
            int end = at + attempt.numbers().size();
            if (end <= more.size() && end > at && more.subList(at, end).equals(attempt.numbers())) {
                model.addAll(attempt.numbers());
                lastStep = Math.max(lastStep, attempt.step());
                at = end;
            }
        }
        assertThat(more.subList(at, more.size())).isEmpty();
        uncertain.clear();
        waiting.clear();
    }

    private void verify(long end) {
        assertThat(shard.endIndex()).isEqualTo(end);
        assertThat(shard.lastStep("p").orElse(0)).isEqualTo(lastStep);
        long first = shard.firstIndex();
        assertThat(read(first)).isEqualTo(model.subList((int) first, model.size()));
        if (end > first) {
            long middle = random.nextLong(first, end);
            assertThat(read(middle)).isEqualTo(model.subList((int) middle, model.size()));
        }
    }

    private List<Long> read(long from) {
        List<Long> numbers = new ArrayList<>();
        long arrival = Long.MIN_VALUE;
        int entriesMax = random.nextInt(1, 20);
        try (LogReader reader = shard.reader(from, new ReadOptions(NUMBERS, true))) {
            for (LogBatch batch = reader.poll(entriesMax); batch != null; batch = reader.poll(entriesMax)) {
                assertThat(batch.firstIndex()).isEqualTo(from + numbers.size());
                for (int i = 0; i < batch.size(); i++) {
                    assertThat(batch.arrivals().get(i)).isGreaterThanOrEqualTo(arrival);
                    arrival = batch.arrivals().get(i);
                    numbers.add(number(batch, i));
                }
            }
        }
        return numbers;
    }

    private static long number(LogBatch batch, int row) {
        return switch (batch) {
            case LogBatch.Records records ->
                ByteBuffer.wrap(records.payloads().get(row)).getLong();
            case LogBatch.Rows rows -> ((LongColumn) rows.rows().column(0)).get(row);
        };
    }
}
