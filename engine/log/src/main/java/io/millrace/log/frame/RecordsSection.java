package io.millrace.log.frame;

import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ProducerStep;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.row.BytesColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The one section of a frame of raw records.
 *
 * <pre>
 *   │ end of key 0 │ … │ end of key n−1 │ end of payload 0 │ … │ end of payload n−1 │   int each
 *   │ key 0 │ key 1 │ … │ key n−1 │ payload 0 │ payload 1 │ … │ payload n−1 │ padding │
 *   ▲ ends of keys count from here ▲ ends of payloads count from here
 * </pre>
 *
 * Keys lie together, and so do payloads, so that a reader slices both out of the bytes as they came from
 * the file.
 */
public final class RecordsSection {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private RecordsSection() {}

    /** Returns a frame of these records. */
    public static Frame frame(RecordBatch records, @Nullable ProducerStep step) {
        int n = records.size();
        long expected = 8L * n + ByteRuns.length(records.partitionKeys(), n) + ByteRuns.length(records.payloads(), n);
        FrameBuilder frame = new FrameBuilder(FrameKind.RECORDS, 1, step, expected);
        frame.startSection();
        int ends = frame.reserve(Math.multiplyExact(8, n));
        append(frame, records.partitionKeys(), n, ends);
        append(frame, records.payloads(), n, ends + 4 * n);
        frame.endSection();
        return frame.finish(n, LogBatch.NO_BOUND);
    }

    private static void append(FrameBuilder frame, BytesColumn values, int n, int ends) {
        int start = frame.size();
        ByteRuns.append(frame, values, n);
        int length = 0;
        for (int i = 0; i < n; i++) {
            length += values.length(i);
            frame.setInt(ends + 4 * i, length);
        }
        assert frame.size() - start == length;
    }

    /**
     * Sets rows of two columns to slices of the bytes that hold a section.
     *
     * @param bytes what both columns share
     * @param section where in it the section starts
     * @param total how many records the section has
     * @param from the first of them that is wanted
     * @param count how many are wanted
     * @param keys null where they are not wanted
     * @param row the columns' first row to set
     */
    public static void slice(
            byte[] bytes,
            int section,
            int total,
            int from,
            int count,
            @Nullable BytesColumn keys,
            BytesColumn payloads,
            int row) {
        int data = section + 8 * total;
        int keyEnds = section;
        int payloadEnds = section + 4 * total;
        int payloadData = data + (total == 0 ? 0 : (int) INT.get(bytes, payloadEnds - 4));
        if (keys != null) {
            slice(bytes, keyEnds, data, from, count, keys, row);
        }
        slice(bytes, payloadEnds, payloadData, from, count, payloads, row);
    }

    private static void slice(byte[] bytes, int ends, int data, int from, int count, BytesColumn column, int row) {
        int[] starts = column.starts();
        int[] limits = column.ends();
        int start = data + (from == 0 ? 0 : (int) INT.get(bytes, ends + 4 * (from - 1)));
        for (int i = 0; i < count; i++) {
            int end = data + (int) INT.get(bytes, ends + 4 * (from + i));
            starts[row + i] = start;
            limits[row + i] = end;
            start = end;
        }
    }
}
