package io.millrace.log;

import io.millrace.log.frame.FrameHead;
import io.millrace.log.frame.FrameKind;
import io.millrace.log.frame.RowsReader;
import io.millrace.log.frame.SchemaFrame;
import io.millrace.log.segment.FrameCursor;
import io.millrace.log.segment.Segment;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads typed rows: of one frame per poll, or of a part of it. For one thread at a time. */
final class RowsPoll {

    private final ReadOptions options;
    private final Map<RowType, RowsReader> readers = new HashMap<>();
    private final LongColumn arrivals = new LongColumn(0);
    private @Nullable Segment schemaSegment;
    private int schemaPosition;
    private @Nullable RowsReader reader;

    RowsPoll(ReadOptions options) {
        this.options = options;
    }

    /** Reads from an index on; the cursor moves on when the frame is read to its end. */
    LogBatch read(FrameCursor cursor, FrameHead head, int end, long index, int entriesMax) throws IOException {
        RowsReader of = readerOf(cursor.segment(), head.schemaPosition(), end);
        cursor.load(section -> of.reads(head, section), end);
        int from = Math.toIntExact(index - head.firstIndex());
        int count = Math.min(entriesMax, head.count() - from);
        cursor.check(of.read(head, cursor.bytes(), cursor.start(), from, count));
        arrivals.ensureCapacity(count);
        Arrays.fill(arrivals.values(), 0, count, head.arrivalMicros());
        boolean isLast = from + count == head.count();
        if (isLast) {
            cursor.position(cursor.position() + head.frameBytes());
        }
        long bound = isLast ? head.rowtimeBound() : LogBatch.NO_BOUND;
        return new LogBatch.Rows(index, count, arrivals, of.keys(), of.batch(), bound);
    }

    private RowsReader readerOf(Segment segment, int position, int end) throws IOException {
        RowsReader known = reader;
        if (known != null && segment == schemaSegment && position == schemaPosition) {
            return known;
        }
        RowType stored = schema(segment, position, end);
        known = readers.get(stored);
        if (known == null) {
            known = new RowsReader(stored, options.columns(), options.partitionKeys());
            readers.put(stored, known);
        }
        reader = known;
        schemaSegment = segment;
        schemaPosition = position;
        return known;
    }

    // A cursor of its own, since the reader's stands on the rows.
    private static RowType schema(Segment segment, int position, int end) throws IOException {
        try (FrameCursor cursor = new FrameCursor(segment, position)) {
            FrameHead head = cursor.head(end);
            cursor.check(head.is(FrameKind.SCHEMA) ? null : "rows take it for their schema");
            cursor.load(head.frameBytes(), end);
            cursor.check(head.checkSections());
            return SchemaFrame.read(head, cursor.bytes(), cursor.start());
        }
    }
}
