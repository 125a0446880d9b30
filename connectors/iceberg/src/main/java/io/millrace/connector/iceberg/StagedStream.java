package io.millrace.connector.iceberg;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StagedObject;
import java.io.IOException;
import org.apache.iceberg.io.PositionOutputStream;

/** A file that is visible, whole, once the stream is closed. Closing it again does nothing. */
final class StagedStream extends PositionOutputStream {

    private final ObjectStore store;
    private final String name;
    private final StagedObject staged;
    private long position;
    private boolean closed;

    StagedStream(ObjectStore store, String name) throws IOException {
        this.store = store;
        this.name = name;
        this.staged = store.stage(name);
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int b) throws IOException {
        staged.out().write(b);
        position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        staged.out().write(bytes, offset, length);
        position += length;
    }

    @Override
    public void flush() throws IOException {
        staged.out().flush();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (staged) {
            staged.seal();
        }
        store.publish(name);
    }

    @Override
    public long storedLength() {
        return position;
    }
}
