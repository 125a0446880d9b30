package io.millrace.format.arrow;

import com.github.luben.zstd.Zstd;
import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Makes a record batch's message of what vectors hand over. The buffers are not copied: the message is written before
 * the vectors go on.
 */
final class BatchMessage {

    private static final int ZSTD_LEVEL = 3;

    /** Stands before each compressed buffer: how long it was. */
    private static final int LENGTH_BYTES = 8;

    /** Stands in the place of the length where compression would make a buffer longer. */
    private static final long NOT_COMPRESSED = -1;

    private final boolean zstd;
    private final List<OutputBuffer> compressed = new ArrayList<>();
    private final List<OutputBuffer> buffers = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    private record Node(int count, int nullCount) {}

    BatchMessage(boolean zstd) {
        this.zstd = zstd;
    }

    void node(int count, int nullCount) {
        nodes.add(new Node(count, nullCount));
    }

    void buffer(OutputBuffer buffer) {
        buffers.add(zstd && buffer.length() > 0 ? compress(buffer) : buffer);
    }

    private OutputBuffer compress(OutputBuffer plain) {
        while (compressed.size() <= buffers.size()) {
            compressed.add(new OutputBuffer());
        }
        OutputBuffer out = compressed.get(buffers.size());
        out.clear();
        long bound = Zstd.compressBound(plain.length());
        out.reserve(LENGTH_BYTES + bound);
        long length = Zstd.compressByteArray(
                out.bytes(), LENGTH_BYTES, (int) bound, plain.bytes(), 0, plain.length(), ZSTD_LEVEL);
        boolean shorter = !Zstd.isError(length) && length < plain.length();
        out.clear();
        out.reserve(LENGTH_BYTES + (shorter ? length : plain.length()));
        LittleEndian.LONGS.set(out.bytes(), 0, shorter ? plain.length() : NOT_COMPRESSED);
        if (!shorter) {
            System.arraycopy(plain.bytes(), 0, out.bytes(), LENGTH_BYTES, plain.length());
        }
        return out;
    }

    /** Writes the message of so many rows and forgets what was handed over. */
    void write(int rows, MessageWriter out) throws IOException {
        FlatBufferBuilder builder = out.newMessage();
        RecordBatch.startNodesVector(builder, nodes.size());
        for (Node node : nodes.reversed()) {
            FieldNode.createFieldNode(builder, node.count, node.nullCount);
        }
        int nodeVector = builder.endVector();
        long[] places = places();
        RecordBatch.startBuffersVector(builder, buffers.size());
        for (int i = buffers.size() - 1; i >= 0; i--) {
            Buffer.createBuffer(builder, places[i], buffers.get(i).length());
        }
        int bufferVector = builder.endVector();
        int compression = zstd
                ? BodyCompression.createBodyCompression(builder, CompressionType.ZSTD, BodyCompressionMethod.BUFFER)
                : 0;
        int header = RecordBatch.createRecordBatch(builder, rows, nodeVector, bufferVector, compression, 0);
        out.write(MessageHeader.RecordBatch, header, places[buffers.size()], buffers);
        nodes.clear();
        buffers.clear();
    }

    /** Returns where in the body each buffer starts, and behind them the body's length. */
    private long[] places() {
        long[] places = new long[buffers.size() + 1];
        for (int i = 0; i < buffers.size(); i++) {
            places[i + 1] = places[i] + MessageWriter.padded(buffers.get(i).length());
        }
        return places;
    }
}
