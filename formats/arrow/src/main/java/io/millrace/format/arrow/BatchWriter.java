package io.millrace.format.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.flatbuf.MessageHeader;

/** Gathers rows and writes them as record batches. */
final class BatchWriter {

    /** So many rows are taken at a time between looks at how much waits. */
    private static final int STEP_ROWS = 4096;

    private final Vector[] columns;
    private final MessageWriter out;
    private final BatchMessage message;
    private final int batchRows;
    private int pending;

    /** Starts with the schema. */
    BatchWriter(RowType type, MessageWriter out, ArrowOptions options) throws IOException {
        this.columns = Vector.fields(type, "");
        this.out = out;
        this.message = new BatchMessage(options.zstd());
        this.batchRows = options.batchRows();
        FlatBufferBuilder builder = out.newMessage();
        out.write(MessageHeader.Schema, WriteSchema.add(type, builder), 0, List.of());
    }

    /** Takes the rows that the batch selects, and writes where enough wait. */
    void add(RowBatch rows) throws IOException {
        check(rows);
        int count = rows.selectedCount();
        for (int from = 0; from < count; ) {
            int to = Math.min(count, from + Math.min(STEP_ROWS, batchRows - pending));
            append(rows, from, to);
            pending += to - from;
            from = to;
            if (pending == batchRows || pendingBytes() >= ArrowOptions.BATCH_BYTES) {
                flush();
            }
        }
    }

    private void check(RowBatch rows) {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].mayRefuse(rows.column(i))) {
                for (int k = 0; k < rows.selectedCount(); k++) {
                    columns[i].check(rows.column(i), rows.selectedRow(k));
                }
            }
        }
    }

    private void append(RowBatch rows, int from, int to) {
        int[] selection = rows.selection();
        for (int i = 0; i < columns.length; i++) {
            if (selection == null) {
                columns[i].append(rows.column(i), from, to);
            } else {
                columns[i].append(rows.column(i), selection, from, to);
            }
        }
    }

    /** Writes what waits. */
    void flush() throws IOException {
        if (pending == 0) {
            return;
        }
        for (Vector column : columns) {
            column.collect(message);
        }
        message.write(pending, out);
        for (Vector column : columns) {
            column.clear();
        }
        pending = 0;
    }

    /** Returns about how many bytes wait. */
    long pendingBytes() {
        long bytes = 0;
        for (Vector column : columns) {
            bytes += column.bytes();
        }
        return bytes;
    }
}
