package io.millrace.delivery.transform;

import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowOrigins;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries, has the steps before the function take them apart, and gathers what comes out until there is enough for
 * a call or the oldest has waited long enough. Entries are taken one by one, so that however much they become when they
 * are unpacked, not more than one becomes lies here beyond {@link #BYTES_MAX}. For one thread at a time.
 */
final class Gathering implements AutoCloseable {

    /** Bytes after which no further entry is unpacked before these have gone on. */
    static final long BYTES_MAX = 64L << 20;

    /** An entry, and the position behind it. */
    private record Entry(DeliveryRecord record, long end) {}

    private final SplitReader reader;
    private final ProcessorChain steps;
    private final GatheringLimits limits;
    private final long bytesEnough;
    private final Deque<Entry> unread = new ArrayDeque<>();
    private final Deque<GatheredRecords> ready = new ArrayDeque<>();
    private List<DeliveryRecord> records = new ArrayList<>();
    private List<FailedRecord> failed = new ArrayList<>();
    private long bytes;
    private boolean whole = true;
    private long end;
    private boolean mayReadOn;
    private @Nullable Instant since;

    /** @param reader one row an entry, the bytes of a record; closed with this */
    Gathering(SplitReader reader, ProcessorChain steps, GatheringLimits limits) {
        this.reader = reader;
        this.steps = steps;
        this.limits = limits;
        this.bytesEnough = Math.min(limits.bytes(), BYTES_MAX);
        this.end = reader.position();
    }

    /**
     * Returns the next records to transform together, or null where there are not enough and they may wait.
     *
     * @param limit position that is not read beyond, though more is there
     */
    @Nullable
    GatheredRecords next(long endPosition, long limit, Instant now) {
        while (ready.isEmpty() && bytes < bytesEnough && end < limit && fetch(endPosition, limit)) {
            take(unread.remove(), now);
        }
        mayReadOn = end < limit;
        boolean due =
                since != null && (bytes >= bytesEnough || end >= limit || !now.isBefore(since.plus(limits.waitMax())));
        if (ready.isEmpty() && due) {
            cut();
        }
        return ready.poll();
    }

    private boolean fetch(long endPosition, long limit) {
        if (!unread.isEmpty()) {
            return true;
        }
        long start = reader.position();
        SourceBatch batch = reader.poll(endPosition, (int) Math.min(Integer.MAX_VALUE, limit - end));
        if (batch == null) {
            return false;
        }
        int size = batch.rows().size();
        if (reader.position() - start != size) {
            throw new IllegalStateException(size + " rows of " + (reader.position() - start) + " entries");
        }
        BytesColumn data = (BytesColumn) batch.rows().column(0);
        RowOrigins origins = Objects.requireNonNull(batch.rows().origins());
        for (int row = 0; row < size; row++) {
            DeliveryRecord record =
                    new DeliveryRecord(data.get(row), origins.position(row), origins.rowtimeMicros(row), Map.of());
            unread.add(new Entry(record, start + row + 1));
        }
        return size > 0;
    }

    private void take(Entry entry, Instant now) {
        ProcessedRecords out = steps.process(List.of(entry.record()));
        since = since == null ? now : since;
        for (DeliveryRecord record : out.records()) {
            int length = record.data().length;
            if (!records.isEmpty() && (bytes + length > limits.bytes() || records.size() == limits.records())) {
                cut();
                since = now;
            }
            whole = false;
            records.add(record);
            bytes += length;
        }
        failed.addAll(out.failed());
        end = entry.end();
        whole = true;
    }

    private void cut() {
        ready.add(new GatheredRecords(records, failed, end, whole));
        records = new ArrayList<>();
        failed = new ArrayList<>();
        bytes = 0;
        since = null;
    }

    /** Returns when {@link #next} gives more though nothing new came; null where it waits for something new. */
    @Nullable
    Instant dueAt() {
        if (!ready.isEmpty() || (!unread.isEmpty() && mayReadOn)) {
            return Instant.EPOCH;
        }
        return since == null ? null : since.plus(limits.waitMax());
    }

    @Override
    public void close() {
        reader.close();
    }
}
