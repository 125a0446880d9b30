package io.millrace.connector.azure;

import io.millrace.spi.connector.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The bytes of a blob from its beginning, fetched a part at a time; each part is asked for as often as calls are tried. For
 * one thread at a time.
 */
final class BlobStream extends InputStream {

    private static final int PART_BYTES = 4 << 20;

    private final VisibleBlobs blobs;
    private final StoredFile file;
    private byte[] part = {};
    private int at;
    private long fetched;
    private boolean closed;

    BlobStream(VisibleBlobs blobs, StoredFile file) {
        this.blobs = blobs;
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        return fill() ? part[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int read = Math.min(length, part.length - at);
        System.arraycopy(part, at, to, offset, read);
        at += read;
        return read;
    }

    /** Has a byte there to be read, or returns false at the end. */
    private boolean fill() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (at < part.length) {
            return true;
        }
        int wanted = (int) Math.min(PART_BYTES, file.bytes() - fetched);
        if (wanted <= 0) {
            return false;
        }
        part = blobs.range(file, fetched, wanted);
        fetched += wanted;
        at = 0;
        return true;
    }

    @Override
    public int available() {
        return part.length - at;
    }

    @Override
    public void close() {
        closed = true;
        part = new byte[0];
        at = 0;
    }
}
