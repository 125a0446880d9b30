package io.millrace.format.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.MetadataVersion;

/** Writes a file: a stream between two marks, and a footer that says where its record batches lie. */
final class ArrowFileWriter implements RowFileWriter {

    private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

    private final RowType type;
    private final OutputStream out;
    private final MessageWriter messages;
    private final BatchWriter batches;

    ArrowFileWriter(RowType type, OutputStream out, ArrowOptions options) throws IOException {
        this.type = type;
        this.out = out;
        this.messages = new MessageWriter(out);
        messages.write(MAGIC, 0, MAGIC.length);
        this.batches = new BatchWriter(type, messages, options);
    }

    /** Returns the bytes with which a file starts and ends. */
    static byte[] magic() {
        return MAGIC.clone();
    }

    @Override
    public void write(RowBatch rows) throws IOException {
        batches.add(rows);
    }

    @Override
    public long estimatedBytes() {
        return messages.position() + batches.pendingBytes();
    }

    @Override
    public void finish() throws IOException {
        batches.flush();
        messages.writeEnd();
        ByteBuffer footer = footer();
        out.write(footer.array(), footer.arrayOffset() + footer.position(), footer.remaining());
        byte[] length = new byte[Integer.BYTES];
        LittleEndian.INTS.set(length, 0, footer.remaining());
        out.write(length);
        out.write(MAGIC);
    }

    private ByteBuffer footer() {
        FlatBufferBuilder builder = messages.newMessage();
        int schema = WriteSchema.add(type, builder);
        Footer.startDictionariesVector(builder, 0);
        int dictionaries = builder.endVector();
        List<MessageWriter.Place> places = messages.places();
        Footer.startRecordBatchesVector(builder, places.size());
        for (MessageWriter.Place place : places.reversed()) {
            Block.createBlock(builder, place.start(), place.metadataBytes(), place.bodyBytes());
        }
        int blocks = builder.endVector();
        builder.finish(Footer.createFooter(builder, MetadataVersion.V5, schema, dictionaries, blocks, 0));
        return builder.dataBuffer();
    }
}
