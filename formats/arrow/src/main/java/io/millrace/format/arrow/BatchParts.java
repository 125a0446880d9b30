package io.millrace.format.arrow;

import com.github.luben.zstd.Zstd;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import java.io.IOException;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/** The counts and buffers of a record batch, which its vectors take one after the other. */
final class BatchParts {

    /** Bytes of a buffer. */
    record Slice(byte[] bytes, int start, int length) {}

    private static final int LENGTH_BYTES = 8;

    private final RecordBatch batch;
    private final byte[] body;
    private final boolean compressed;
    private int nextNode;
    private int nextBuffer;

    BatchParts(RecordBatch batch, byte[] body) {
        this.batch = batch;
        this.body = body;
        this.compressed = compressed(batch.compression());
    }

    private static boolean compressed(@Nullable BodyCompression compression) {
        if (compression != null && compression.codec() != CompressionType.ZSTD) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "the Arrow file is compressed with " + CompressionType.name(compression.codec()),
                    "write it with zstd or without compression");
        }
        return compression != null;
    }

    int rows() throws IOException {
        return count(batch.length());
    }

    private static int count(long length) throws IOException {
        if (length < 0 || length > Integer.MAX_VALUE - 8) {
            throw new IOException("a record batch says that it has " + length + " rows");
        }
        return (int) length;
    }

    /** Passes over counts and buffers. */
    void skip(int nodes, int buffers) {
        nextNode += nodes;
        nextBuffer += buffers;
    }

    /** Fails where the next vector cannot have so many cells, before somebody makes room for them. */
    void require(int rows) throws IOException {
        long length = batch.nodes(nextNode).length();
        if (length < rows || (!compressed && rows > 8L * body.length)) {
            throw new IOException(
                    "a vector has " + length + " values in " + body.length + " bytes for " + rows + " rows");
        }
    }

    /** Takes the count of a vector and marks the cells that are NULL. */
    void readValidity(Column column, int rows) throws IOException {
        FieldNode node = batch.nodes(nextNode++);
        if (node.nullCount() == 0) {
            nextBuffer++;
            return;
        }
        Slice bits = buffer((rows + 7L) / 8);
        boolean[] nulls = column.nullsForWriting();
        for (int i = 0; i < rows; i++) {
            nulls[i] = (bits.bytes[bits.start + (i >> 3)] >> (i & 7) & 1) == 0;
        }
    }

    /** Takes a buffer, which must have so many bytes at least. */
    Slice buffer(long bytesMin) throws IOException {
        Buffer buffer = batch.buffers(nextBuffer++);
        long end = buffer.offset() + buffer.length();
        if (buffer.offset() < 0 || buffer.length() < 0 || end < 0 || end > body.length) {
            throw new IOException("a buffer lies outside of its record batch");
        }
        Slice slice = new Slice(body, (int) buffer.offset(), (int) buffer.length());
        Slice plain = compressed && slice.length > 0 ? decompress(slice) : slice;
        if (plain.length < bytesMin) {
            throw new IOException("a buffer has " + plain.length + " bytes where " + bytesMin + " are needed");
        }
        return plain;
    }

    private static Slice decompress(Slice slice) throws IOException {
        if (slice.length < LENGTH_BYTES) {
            throw new IOException("a compressed buffer has " + slice.length + " bytes");
        }
        long length = (long) LittleEndian.LONGS.get(slice.bytes, slice.start);
        int start = slice.start + LENGTH_BYTES;
        int compressedBytes = slice.length - LENGTH_BYTES;
        if (length == -1) {
            return new Slice(slice.bytes, start, compressedBytes);
        }
        byte[] plain = new byte[count(length)];
        long written = Zstd.decompressByteArray(plain, 0, plain.length, slice.bytes, start, compressedBytes);
        if (Zstd.isError(written) || written != length) {
            throw new IOException("a buffer cannot be decompressed");
        }
        return new Slice(plain, 0, plain.length);
    }
}
