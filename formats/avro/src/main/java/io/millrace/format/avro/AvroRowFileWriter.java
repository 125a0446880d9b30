package io.millrace.format.avro;

import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes an Avro file, a row after the other. It holds one block. */
final class AvroRowFileWriter implements RowFileWriter {

    private final RecordNode root;
    private final CountingStream counted;
    private final DataFileWriter<Object> file;
    private final ByteArrayOutputStream row = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(row, null);
    private final int blockBytes;
    private long pending;

    AvroRowFileWriter(RowType type, OutputStream out, CodecFactory codec, int blockBytes) throws IOException {
        Schema schema = WriteSchema.of(type);
        this.root = RecordNode.of(schema);
        this.counted = new CountingStream(out);
        this.blockBytes = blockBytes;
        this.file = new DataFileWriter<>(new GenericDatumWriter<>(schema));
        file.setCodec(codec);
        // Blocks end where we count that they do. The writer makes room for a quarter more than this at once.
        file.setSyncInterval(blockBytes);
        file.create(schema, counted);
        file.flush();
    }

    @Override
    public void write(RowBatch rows) throws IOException {
        for (int i = 0; i < rows.selectedCount(); i++) {
            root.checkRow(rows, rows.selectedRow(i));
        }
        for (int i = 0; i < rows.selectedCount(); i++) {
            row.reset();
            root.writeRow(rows, rows.selectedRow(i), encoder);
            encoder.flush();
            file.appendEncoded(ByteBuffer.wrap(row.toByteArray()));
            pending += row.size();
            if (pending >= blockBytes) {
                file.sync();
                pending = 0;
            }
        }
    }

    @Override
    public long estimatedBytes() {
        return counted.count + pending;
    }

    @Override
    public void finish() throws IOException {
        file.close();
        pending = 0;
    }

    private static final class CountingStream extends FilterOutputStream {

        private long count;

        CountingStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
