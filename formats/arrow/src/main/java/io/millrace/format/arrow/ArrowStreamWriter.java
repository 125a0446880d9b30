package io.millrace.format.arrow;

import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a stream. It holds nothing back between two calls. */
final class ArrowStreamWriter implements RowFileWriter {

    private final MessageWriter messages;
    private final BatchWriter batches;

    ArrowStreamWriter(RowType type, OutputStream out, ArrowOptions options) throws IOException {
        this.messages = new MessageWriter(out);
        this.batches = new BatchWriter(type, messages, options);
    }

    @Override
    public void write(RowBatch rows) throws IOException {
        batches.add(rows);
        batches.flush();
    }

    @Override
    public long estimatedBytes() {
        return messages.position();
    }

    @Override
    public void finish() throws IOException {
        messages.writeEnd();
    }
}
