package io.millrace.log;

import io.millrace.log.frame.FrameHead;
import io.millrace.log.frame.FrameKind;
import io.millrace.log.segment.FrameCursor;
import io.millrace.log.segment.Segment;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Walks a shard's frames over all its segments. Takes no lock; sees what the newest snapshot shows. */
final class StoredReader implements LogReader {

    private final StoredShard shard;
    private final RecordsPoll records;
    private final RowsPoll rows;
    private @Nullable FrameCursor cursor;
    private long index;
    private boolean open = true;

    StoredReader(StoredShard shard, ReadOptions options) {
        this.shard = shard;
        this.records = new RecordsPoll(options.partitionKeys(), shard.settings().pollBytesMax());
        this.rows = new RowsPoll(options);
    }

    @Override
    public long position() {
        return index;
    }

    @Override
    public void seek(long wanted) {
        ShardSnapshot snapshot = shard.snapshot();
        if (wanted < snapshot.firstIndex() || wanted > shard.endIndex()) {
            throw outOfRange(wanted, snapshot);
        }
        closeCursor();
        index = wanted;
    }

    @Override
    public @Nullable LogBatch poll(int entriesMax) {
        if (entriesMax < 0) {
            throw new IllegalArgumentException("poll of " + entriesMax + " entries");
        }
        checkOpen();
        ShardSnapshot snapshot = shard.snapshot();
        if (index < snapshot.firstIndex()) {
            throw outOfRange(index, snapshot);
        }
        try {
            return poll(entriesMax, snapshot);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private @Nullable LogBatch poll(int entriesMax, ShardSnapshot snapshot) throws IOException {
        FrameCursor at = cursorIn(snapshot);
        int place = snapshot.placeOf(at.segment());
        while (true) {
            int end = snapshot.readableBytes(place);
            while (at.position() < end) {
                if (entriesMax == 0 && at.head(end).endIndex() > index) {
                    return null;
                }
                LogBatch batch = batchAt(at, end, entriesMax);
                if (batch != null) {
                    return batch;
                }
            }
            if (++place == snapshot.segments().length) {
                shard.tail().checkEnd();
                return null;
            }
            at = moveTo(snapshot.segments()[place], 0);
        }
    }

    // Returns null where the frame at the cursor has nothing for the reader, and leaves it behind.
    private @Nullable LogBatch batchAt(FrameCursor at, int end, int entriesMax) throws IOException {
        FrameHead head = at.head(end);
        if (head.firstIndex() > index) {
            at.check("entries " + index + " to " + (head.firstIndex() - 1) + " are missing before it");
        }
        LogBatch batch = null;
        if (head.count() > 0) {
            if (head.endIndex() > index) {
                batch = head.is(FrameKind.RECORDS)
                        ? records.read(at, head, end, index, entriesMax)
                        : rows.read(at, head, end, index, entriesMax);
                index += batch.size();
                return batch;
            }
        } else if (head.is(FrameKind.ROWS) && head.rowtimeBound() != LogBatch.NO_BOUND && head.firstIndex() >= index) {
            batch = rows.read(at, head, end, index, entriesMax);
        }
        if (batch == null) {
            at.position(at.position() + head.frameBytes());
        }
        return batch;
    }

    private FrameCursor cursorIn(ShardSnapshot snapshot) {
        FrameCursor at = cursor;
        if (at != null && snapshot.placeOf(at.segment()) >= 0) {
            return at;
        }
        Segment segment = snapshot.segments()[snapshot.placeBefore(index)];
        return moveTo(segment, segment.index().positionBefore(index));
    }

    private FrameCursor moveTo(Segment segment, int bytePosition) {
        closeCursor();
        FrameCursor at = new FrameCursor(segment, bytePosition);
        cursor = at;
        return at;
    }

    private void closeCursor() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }

    // A file that cannot be opened may have been trimmed since the snapshot was taken.
    private MillraceException failure(IOException e) {
        shard.checkOpen();
        ShardSnapshot now = shard.snapshot();
        return index < now.firstIndex()
                ? outOfRange(index, now)
                : DiskErrors.of(
                        e,
                        "read",
                        cursor == null ? now.last().file() : cursor.segment().file());
    }

    private MillraceException outOfRange(long wanted, ShardSnapshot snapshot) {
        return new MillraceException(
                ErrorCode.POSITION_OUT_OF_RANGE,
                "entry " + wanted + " of " + shard.name() + " is not in the log, which has entries from "
                        + snapshot.firstIndex() + " to before " + shard.endIndex(),
                wanted < snapshot.firstIndex()
                        ? "it has been trimmed; start at the oldest entry, or keep entries longer"
                        : "start at the end of the log, or before");
    }

    private void checkOpen() {
        if (!open) {
            throw new IllegalStateException("the reader is closed");
        }
        shard.checkOpen();
    }

    @Override
    public void close() {
        open = false;
        closeCursor();
    }
}
