package io.millrace.format.avro;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads an Avro file, a block after the other. */
final class AvroRowFileReader implements RowFileReader {

    private static final int BATCH_ROWS = 4096;

    private final DataFileStream<Object> file;
    private final RecordNode root;
    private int[] chosen;
    private @Nullable RowBatch batch;
    private @Nullable BinaryDecoder decoder;
    private long rowsLeft;

    static AvroRowFileReader open(SeekableByteChannel file) {
        try {
            FileEnd.check(file);
            return new AvroRowFileReader(new DataFileStream<>(
                    new BufferedInputStream(Channels.newInputStream(file)), new GenericDatumReader<>()));
        } catch (MillraceException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw corrupted(e);
        }
    }

    private AvroRowFileReader(DataFileStream<Object> file) {
        this.file = file;
        this.root = RecordNode.of(file.getSchema());
        this.chosen = IntStream.range(0, root.type().size()).toArray();
    }

    @Override
    public RowType type() {
        return root.type();
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
            while (rowsLeft == 0) {
                if (!file.hasNext()) {
                    return null;
                }
                openBlock();
            }
            return read((int) Math.min(BATCH_ROWS, rowsLeft));
        } catch (MillraceException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw corrupted(e);
        }
    }

    private void openBlock() throws IOException {
        rowsLeft = file.getBlockCount();
        ByteBuffer block = file.nextBlock();
        decoder = DecoderFactory.get()
                .binaryDecoder(block.array(), block.arrayOffset() + block.position(), block.remaining(), decoder);
    }

    private RowBatch read(int count) throws IOException {
        if (batch == null) {
            batch = RowBatch.create(type().project(chosen), BATCH_ROWS);
        }
        batch.clear();
        BinaryDecoder in = Objects.requireNonNull(decoder);
        for (int row = 0; row < count; row++) {
            root.readRow(in, batch, chosen, row);
        }
        batch.size(count);
        rowsLeft -= count;
        return batch;
    }

    private static MillraceException corrupted(Exception cause) {
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                "the Avro file cannot be read: " + cause.getMessage(),
                "write it again",
                cause);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
