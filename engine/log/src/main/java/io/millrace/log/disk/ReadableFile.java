package io.millrace.log.disk;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file open for reading. For one thread at a time; an interrupt of that thread does no harm. */
public interface ReadableFile extends Closeable {

    /** Reads some bytes and returns how many; -1 at the end of the file. */
    int read(ByteBuffer target, long bytePosition) throws IOException;

    /**
     * Returns the file's first bytes as memory that is read on access. It stays valid when the file is
     * closed or deleted.
     */
    ByteBuffer map(long bytes) throws IOException;

    long size() throws IOException;

    /** Reads until the buffer is full. */
    default void readFully(ByteBuffer target, long bytePosition) throws IOException {
        long at = bytePosition;
        while (target.hasRemaining()) {
            int count = read(target, at);
            if (count < 0) {
                throw new EOFException("file ends at " + at);
            }
            at += count;
        }
    }

    /** Reads the whole file. */
    default byte[] readAll() throws IOException {
        byte[] bytes = new byte[Math.toIntExact(size())];
        readFully(ByteBuffer.wrap(bytes), 0);
        return bytes;
    }
}
