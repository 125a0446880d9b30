package io.millrace.format.arrow;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/** Reads a file or a stream, a record batch at a time. */
final class ArrowReader implements RowFileReader {

    private final Messages messages;
    private final ReadSchema schema;
    private int[] chosen;
    private @Nullable RowBatch batch;

    static ArrowReader ofFile(SeekableByteChannel file) {
        return open(() -> new FileMessages(file));
    }

    static ArrowReader ofStream(SeekableByteChannel file) {
        return open(() -> new StreamMessages(file));
    }

    private static ArrowReader open(Opening opening) {
        try {
            return new ArrowReader(opening.open());
        } catch (MillraceException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw corrupted(e);
        }
    }

    private ArrowReader(Messages messages) throws IOException {
        this.messages = messages;
        this.schema = ReadSchema.of(messages.schema());
        this.chosen = IntStream.range(0, schema.type().size()).toArray();
    }

    @Override
    public RowType type() {
        return schema.type();
    }

    @Override
    public void project(int... chosenFields) {
        if (batch != null) {
            throw new IllegalStateException("the first row is read");
        }
        chosen = chosenFields.clone();
    }

    @Override
    public @Nullable RowBatch next() {
        try {
            Messages.Encapsulated message = messages.next();
            return message == null ? null : read(message);
        } catch (MillraceException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw corrupted(e);
        }
    }

    private RowBatch read(Messages.Encapsulated encapsulated) throws IOException {
        Message message = encapsulated.message();
        if (message.headerType() != MessageHeader.RecordBatch) {
            throw new IOException("it has a message of kind " + message.headerType() + " among its record batches");
        }
        BatchParts parts = new BatchParts((RecordBatch) message.header(new RecordBatch()), encapsulated.body());
        if (batch == null) {
            batch = RowBatch.create(type().project(chosen), 0);
        }
        batch.clear();
        readColumns(parts, batch);
        batch.size(parts.rows());
        return batch;
    }

    private void readColumns(BatchParts parts, RowBatch rows) throws IOException {
        int[] target = new int[type().size()];
        Arrays.fill(target, -1);
        for (int i = 0; i < chosen.length; i++) {
            target[chosen[i]] = i;
        }
        for (int i = 0; i < target.length; i++) {
            VectorReader reader = schema.reader(i);
            if (target[i] < 0) {
                reader.skip(parts);
            } else {
                reader.read(parts, rows.column(target[i]), parts.rows());
            }
        }
    }

    private static MillraceException corrupted(Exception cause) {
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                "the Arrow file cannot be read: " + cause.getMessage(),
                "write it again",
                cause);
    }

    @Override
    public void close() throws IOException {
        messages.close();
    }

    private interface Opening {
        Messages open() throws IOException;
    }
}
