package io.millrace.format.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;

/** Writes messages, each behind a prefix with its metadata's length. */
final class MessageWriter {

    static final int ALIGNMENT = 8;
    static final int PREFIX_BYTES = 8;
    static final int CONTINUES = -1;

    /** Where a message lies in a file. */
    record Place(long start, int metadataBytes, long bodyBytes) {}

    private static final byte[] PADDING = new byte[ALIGNMENT];

    private final OutputStream out;
    private final FlatBufferBuilder builder = new FlatBufferBuilder(1024);
    private final byte[] prefix = new byte[PREFIX_BYTES];
    private final List<Place> places = new ArrayList<>();
    private long position;

    MessageWriter(OutputStream out) {
        this.out = out;
    }

    static long padded(long length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Returns how many bytes were written. */
    long position() {
        return position;
    }

    /** Returns where the record batches lie. */
    List<Place> places() {
        return places;
    }

    /** Returns the empty flat buffer in which the next message's header is made. */
    FlatBufferBuilder newMessage() {
        builder.clear();
        return builder;
    }

    /** Writes a message whose header was made. */
    void write(byte headerType, int header, long bodyBytes, List<OutputBuffer> body) throws IOException {
        builder.finish(Message.createMessage(builder, MetadataVersion.V5, headerType, header, bodyBytes, 0));
        ByteBuffer metadata = builder.dataBuffer();
        int length = (int) padded(metadata.remaining());
        long start = position;
        writePrefix(CONTINUES, length);
        write(metadata.array(), metadata.arrayOffset() + metadata.position(), metadata.remaining());
        for (OutputBuffer buffer : body) {
            write(buffer.bytes(), 0, buffer.length());
        }
        if (headerType == MessageHeader.RecordBatch) {
            places.add(new Place(start, PREFIX_BYTES + length, bodyBytes));
        }
    }

    /** Writes that no message follows. */
    void writeEnd() throws IOException {
        writePrefix(CONTINUES, 0);
    }

    private void writePrefix(int mark, int length) throws IOException {
        LittleEndian.INTS.set(prefix, 0, mark);
        LittleEndian.INTS.set(prefix, 4, length);
        write(prefix, 0, PREFIX_BYTES);
    }

    /** Writes bytes, and zeros up to the next boundary. */
    void write(byte[] bytes, int start, int length) throws IOException {
        out.write(bytes, start, length);
        int padding = (int) (padded(length) - length);
        out.write(PADDING, 0, padding);
        position += length + padding;
    }
}
