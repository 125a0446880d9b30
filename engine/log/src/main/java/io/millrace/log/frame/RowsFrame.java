package io.millrace.log.frame;

import io.millrace.spi.log.ProducerStep;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Frames of typed rows: one section per column, in the order of the row type, and one more for the
 * partition keys where rows have them. Each section is a {@link ColumnNode}.
 */
public final class RowsFrame {

    /** So much room for text is made beforehand at most; what NULLs point to is counted with it. */
    private static final long FORESEEN_MOST = 256L << 20;

    private RowsFrame() {}

    /** Returns a frame of the rows that the batch selects. */
    public static Frame frame(
            RowBatch rows, @Nullable BytesColumn partitionKeys, long rowtimeBound, @Nullable ProducerStep step) {
        int sections = rows.columnCount() + (partitionKeys == null ? 0 : 1);
        int count = rows.selectedCount();
        long expected = sections * (16 + 12L * count) + Math.min(textBytes(rows, partitionKeys), FORESEEN_MOST);
        FrameBuilder frame = new FrameBuilder(FrameKind.ROWS, sections, step, expected);
        for (int i = 0; i < rows.columnCount(); i++) {
            section(frame, rows.column(i), rows.selection(), count);
        }
        if (partitionKeys != null) {
            frame.flag(FrameHead.FLAG_KEYS);
            section(frame, partitionKeys, rows.selection(), count);
        }
        return frame.finish(count, rowtimeBound);
    }

    /** Without them the frame would be copied time and again while it grows. */
    private static long textBytes(RowBatch rows, @Nullable BytesColumn partitionKeys) {
        long bytes = 0;
        for (int i = 0; i < rows.columnCount(); i++) {
            if (rows.column(i) instanceof BytesColumn values) {
                bytes += ByteRuns.length(values, rows.selection(), rows.selectedCount());
            }
        }
        return partitionKeys == null
                ? bytes
                : bytes + ByteRuns.length(partitionKeys, rows.selection(), rows.selectedCount());
    }

    private static void section(FrameBuilder frame, Column column, int @Nullable [] rows, int count) {
        frame.startSection();
        ColumnNode.append(frame, column, rows, count);
        frame.endSection();
    }
}
