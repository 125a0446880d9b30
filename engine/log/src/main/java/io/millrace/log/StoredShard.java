package io.millrace.log;

import io.millrace.log.frame.Frame;
import io.millrace.log.frame.FrameHead;
import io.millrace.log.frame.FrameTooLongException;
import io.millrace.log.frame.RecordsSection;
import io.millrace.log.frame.RowsFrame;
import io.millrace.log.segment.Damage;
import io.millrace.log.segment.FrameCursor;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ProducerStep;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardDescription;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A shard on disk. Safe for use by several threads.
 *
 * <p>An append encodes its frame in the caller's thread. It waits there while more than {@link
 * LogSettings#queuedBytesMax()} waits to be written, and fails with {@code LIMIT_EXCEEDED} where it is
 * longer than {@link LogSettings#appendBytesMax()}. Futures complete, and listeners are called, in the
 * writer's thread: what hangs on them has to be short.
 */
final class StoredShard implements ShardLog {

    private final String streamName;
    private final ShardDescription description;
    private final LogSettings settings;
    private final LogWriter writer;
    private final ShardTail shard;
    private final AppendListeners listeners;
    private final Map<String, Long> holds = new ConcurrentHashMap<>();
    private volatile @Nullable MillraceException closed;

    StoredShard(
            String streamName,
            ShardDescription description,
            LogSettings settings,
            LogWriter writer,
            ShardTail shard,
            AppendListeners listeners) {
        this.streamName = streamName;
        this.description = description;
        this.settings = settings;
        this.writer = writer;
        this.shard = shard;
        this.listeners = listeners;
    }

    @Override
    public ShardDescription description() {
        return description;
    }

    @Override
    public CompletableFuture<Appended> append(RecordBatch records, @Nullable ProducerStep step) {
        if (records.size() == 0 && step == null) {
            return nothingAppended();
        }
        return append(() -> RecordsSection.frame(records, step), null, step);
    }

    @Override
    public CompletableFuture<Appended> append(
            RowBatch rows, @Nullable BytesColumn partitionKeys, long rowtimeBound, @Nullable ProducerStep step) {
        if (rows.selectedCount() == 0 && step == null && rowtimeBound == LogBatch.NO_BOUND) {
            return nothingAppended();
        }
        return append(() -> RowsFrame.frame(rows, partitionKeys, rowtimeBound, step), rows.type(), step);
    }

    private CompletableFuture<Appended> append(
            Supplier<Frame> encoder, @Nullable RowType type, @Nullable ProducerStep step) {
        MillraceException reason = closed;
        if (reason != null) {
            return CompletableFuture.failedFuture(reason);
        }
        Frame frame;
        try {
            frame = encoder.get();
        } catch (FrameTooLongException | ArithmeticException e) {
            return CompletableFuture.failedFuture(tooLong("2 GiB or more"));
        }
        if (frame.length() > settings.appendBytesMax()) {
            return CompletableFuture.failedFuture(tooLong(frame.length() + " bytes"));
        }
        PendingAppend append = new PendingAppend(shard, frame, type, step);
        writer.submit(append);
        return append.future();
    }

    private CompletableFuture<Appended> nothingAppended() {
        ShardSnapshot snapshot = shard.snapshot();
        return CompletableFuture.completedFuture(
                new Appended(snapshot.endIndex(), 0, snapshot.lastArrivalMicros(), false));
    }

    private MillraceException tooLong(String length) {
        return new MillraceException(
                ErrorCode.LIMIT_EXCEEDED,
                "an append to stream " + streamName + " takes " + length + ", the most is " + settings.appendBytesMax(),
                "append fewer entries at a time");
    }

    @Override
    public OptionalLong lastStep(String producer) {
        Long step = shard.steps().get(producer);
        return step == null ? OptionalLong.empty() : OptionalLong.of(step);
    }

    @Override
    public long firstIndex() {
        return shard.snapshot().firstIndex();
    }

    @Override
    public long endIndex() {
        return shard.endIndex();
    }

    @Override
    public long arrivingSinceMicros() {
        return shard.arrivingSinceMicros();
    }

    @Override
    public long indexAtOrAfter(long arrivalMicros) {
        checkOpen();
        ShardSnapshot snapshot = shard.snapshot();
        int place = 0;
        while (place < snapshot.segments().length && snapshot.lastArrivalMicros(place) < arrivalMicros) {
            place++;
        }
        try {
            return place == snapshot.segments().length
                    ? snapshot.endIndex()
                    : indexAtOrAfter(arrivalMicros, snapshot, place);
        } catch (IOException e) {
            throw DiskErrors.of(e, "read", snapshot.segments()[place].file());
        }
    }

    // No entry of an earlier segment, and the first that fits in this one or any later is the answer.
    private static long indexAtOrAfter(long arrivalMicros, ShardSnapshot snapshot, int first) throws IOException {
        for (int place = first; place < snapshot.segments().length; place++) {
            int from = place == first ? snapshot.segments()[place].index().positionBeforeArrival(arrivalMicros) : 0;
            int end = snapshot.readableBytes(place);
            try (FrameCursor cursor = new FrameCursor(snapshot.segments()[place], from)) {
                while (cursor.position() < end) {
                    FrameHead head = cursor.head(end);
                    if (head.count() > 0 && head.arrivalMicros() >= arrivalMicros) {
                        return head.firstIndex();
                    }
                    cursor.position(cursor.position() + head.frameBytes());
                }
            }
        }
        return snapshot.endIndex();
    }

    @Override
    public LogReader reader(long index, ReadOptions options) {
        checkOpen();
        StoredReader reader = new StoredReader(this, options);
        reader.seek(index);
        return reader;
    }

    @Override
    public Subscription onAppend(Runnable listener) {
        return listeners.add(listener);
    }

    @Override
    public void hold(String holder, long index) {
        if (index == Long.MAX_VALUE) {
            holds.remove(holder);
        } else {
            holds.put(holder, index);
        }
    }

    ShardSnapshot snapshot() {
        return shard.snapshot();
    }

    ShardTail tail() {
        return shard;
    }

    /** Returns why nothing can be written and not all be read, or null where all is well. */
    @Nullable
    Damage damage() {
        return shard instanceof DamagedTail damaged ? damaged.damage() : null;
    }

    LogSettings settings() {
        return settings;
    }

    /** Returns how errors name the shard. */
    String name() {
        return streamName + " " + description.id();
    }

    void checkOpen() {
        MillraceException reason = closed;
        if (reason != null) {
            throw new MillraceException(reason.code(), String.valueOf(reason.getMessage()), reason.hint());
        }
    }

    /** Deletes what is older than the retention and held by nobody; returns when done. */
    void trim(Duration retention) {
        writer.perform(() -> shard.trim(
                retention,
                holds.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE)));
    }

    /** Starts the next segment; returns when done. */
    void roll() {
        writer.perform(shard::rollNow);
    }

    /** Ends all use of the shard; what waits is still written. */
    void close(MillraceException reason) {
        closed = reason;
        writer.perform(() -> shard.close(reason));
    }
}
