package io.millrace.delivery.transform;

import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads records, has them transformed and gives rows. Calls of a function are under way while it is not asked: it says
 * {@code onAnswer} when asking is worth it again.
 */
final class TransformedReader implements SplitReader {

    private final Gathering gathering;
    private final FunctionCalls calls;
    private final ProcessorChain stepsAfter;
    private final @Nullable NewColumns columns;
    private final TransformedRows rows;
    private final Transformation transformation;
    private final InstantSource clock;
    private long position;

    /** @param gathering closed with this, as {@code calls} are */
    TransformedReader(
            Gathering gathering,
            FunctionCalls calls,
            ProcessorChain stepsAfter,
            @Nullable NewColumns columns,
            TransformedRows rows,
            Transformation transformation,
            long position,
            InstantSource clock) {
        this.gathering = gathering;
        this.calls = calls;
        this.stepsAfter = stepsAfter;
        this.columns = columns;
        this.rows = rows;
        this.transformation = transformation;
        this.position = position;
        this.clock = clock;
    }

    @Override
    public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
        Instant now = clock.instant();
        calls.advance(now);
        boolean more = true;
        while (more && calls.hasRoom()) {
            GatheredRecords next = gathering.next(endPosition, position + entriesMax, now);
            more = next != null;
            if (next != null) {
                calls.add(next);
            }
        }
        calls.advance(now);
        FunctionCalls.Done done = calls.take();
        if (done == null) {
            return null;
        }
        position = done.end();
        ProcessedRecords out = stepsAfter.process(done.records().records());
        if (columns != null) {
            columns.look(out);
        }
        done.records().failed().forEach(out::fail);
        out.failed().removeIf(failed -> !transformation.tells(failed));
        return rows.of(out);
    }

    @Override
    public @Nullable Instant dueAt() {
        Instant gathered = calls.hasRoom() ? gathering.dueAt() : null;
        Instant called = calls.dueAt();
        return called == null || (gathered != null && gathered.isBefore(called)) ? gathered : called;
    }

    @Override
    public @Nullable IOException trouble() {
        return calls.trouble();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {
        gathering.close();
        calls.close();
    }
}
