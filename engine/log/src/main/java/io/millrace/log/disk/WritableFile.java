package io.millrace.log.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file open for writing. For one thread at a time. */
public interface WritableFile extends Closeable {

    /** Writes some of the buffer's remaining bytes, perhaps not all, and returns how many. */
    int write(ByteBuffer source, long bytePosition) throws IOException;

    /** Makes all written bytes, and the file's length, durable. */
    void force() throws IOException;

    /** Cuts the file to this length. */
    void truncate(long bytes) throws IOException;

    long size() throws IOException;

    /** Writes all of the buffer's remaining bytes. */
    default void writeFully(ByteBuffer source, long bytePosition) throws IOException {
        long at = bytePosition;
        while (source.hasRemaining()) {
            at += write(source, at);
        }
    }
}
