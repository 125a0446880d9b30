package io.millrace.delivery.transform;

import io.millrace.spi.connector.RejectedEntry.Processing;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gathers records until there is enough for a call, or the oldest has waited long enough, and has them transformed. A
 * call that failed is made again after a while that doubles; its records are kept meanwhile.
 */
final class TransformedReader implements SplitReader {

    /** How many calls are made at the same time where there is enough for them. */
    private static final int CALLS_MAX = 4;

    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final int RETRY_DOUBLINGS_MAX = 7;
    /** After so many failures where it is tried for ever, the delivery is told, so that people see it. */
    private static final int RETRIES_UNTOLD = 3;

    private final SplitReader records;
    private final TransformedRows rows;
    private final Transformation transformation;
    private final List<RecordProcessor> steps;
    private final InstantSource clock;
    private final List<DeliveryRecord> gathered = new ArrayList<>();
    private long gatheredBytes;
    private Instant since = Instant.EPOCH;
    private int attempts;
    private @Nullable Instant retryAt;
    private long position;

    TransformedReader(SplitReader records, TransformedRows rows, Transformation transformation, InstantSource clock) {
        this.records = records;
        this.rows = rows;
        this.transformation = transformation;
        this.steps = transformation.steps();
        this.clock = clock;
        this.position = records.position();
    }

    @Override
    public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
        Instant now = clock.instant();
        gather(endPosition, entriesMax, now);
        Instant due = dueAt();
        boolean full = gatheredBytes >= transformation.batchBytes() || gathered.size() >= entriesMax;
        boolean waits = retryAt != null || !full;
        if (gathered.isEmpty() || (waits && due != null && now.isBefore(due))) {
            return null;
        }
        ProcessedRecords done = processed(now);
        if (done == null) {
            return null;
        }
        gathered.clear();
        gatheredBytes = 0;
        attempts = 0;
        retryAt = null;
        position = records.position();
        return rows.of(done);
    }

    private void gather(long endPosition, int entriesMax, Instant now) {
        long bytesMax = Math.max(1, transformation.batchBytes()) * CALLS_MAX;
        while (gatheredBytes < bytesMax && gathered.size() < entriesMax) {
            SourceBatch batch = records.poll(endPosition, entriesMax - gathered.size());
            if (batch == null) {
                return;
            }
            if (gathered.isEmpty()) {
                since = now;
            }
            add(batch.rows());
        }
    }

    private void add(RowBatch batch) {
        BytesColumn data = (BytesColumn) batch.column(0);
        RowOrigins origins = Objects.requireNonNull(batch.origins());
        for (int row = 0; row < batch.size(); row++) {
            byte[] bytes = data.get(row);
            gathered.add(new DeliveryRecord(bytes, origins.position(row), origins.rowtimeMicros(row), Map.of()));
            gatheredBytes += bytes.length;
        }
    }

    /** Returns what the steps made of the records, or null where they are to be tried again later. */
    private @Nullable ProcessedRecords processed(Instant now) {
        List<FailedRecord> failed = new ArrayList<>();
        List<DeliveryRecord> left = List.copyOf(gathered);
        for (RecordProcessor step : steps) {
            ProcessedRecords out = new ProcessedRecords();
            try {
                step.process(left, out);
            } catch (FunctionFailedException e) {
                if (!isOver(e)) {
                    retryAt = now.plus(RETRY_FIRST.multipliedBy(1L << Math.min(attempts, RETRY_DOUBLINGS_MAX)));
                    attempts++;
                    return null;
                }
                Processing why = new Processing(e.errorCode(), attempts + 1, e.function());
                left.forEach(record -> out.fail(record, why, String.valueOf(e.getMessage())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            failed.addAll(out.failed());
            left = out.records();
        }
        ProcessedRecords all = new ProcessedRecords();
        left.forEach(all::add);
        failed.forEach(each -> all.fail(each.record(), each.processing(), each.reason()));
        return all;
    }

    /** Returns whether records have failed now; fails where people are to know that they wait. */
    private boolean isOver(FunctionFailedException failure) {
        int retries = Objects.requireNonNull(transformation.function()).retries();
        if (retries < 0 && attempts >= RETRIES_UNTOLD) {
            throw new UncheckedIOException(failure);
        }
        return retries >= 0 && attempts >= retries;
    }

    @Override
    public @Nullable Instant dueAt() {
        if (gathered.isEmpty()) {
            return null;
        }
        return retryAt != null ? retryAt : since.plus(transformation.waitMax());
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {
        records.close();
        steps.forEach(RecordProcessor::close);
    }
}
