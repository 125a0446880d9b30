package io.millrace.delivery.spool;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RecordReceiver;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A store whose files are sent when they are published. What was sent is remembered until the next file is, so that a
 * publish may be repeated, also by the next life. For one thread at a time, but for {@link #cancel}.
 */
public final class SpoolStore implements ObjectStore {

    private static final String DONE = ".done";

    private final ObjectStore files;
    private final Sender sender;

    /**
     * Sends files that {@link SpoolFormat} writes.
     *
     * @param files where files lie until they are sent; nobody else's, closed with this
     */
    public SpoolStore(ObjectStore files, RecordReceiver receiver, SpoolSettings settings) {
        this.files = files;
        this.sender = new Sender(receiver, file -> new RecordBatches(receiver, file), settings);
    }

    /**
     * Sends files of rows.
     *
     * @param files where files lie until they are sent; nobody else's, closed with this
     * @param format what wrote them
     * @param type of the rows that were written
     */
    public SpoolStore(
            ObjectStore files, RowReceiver receiver, RowSpoolFormat format, RowType type, SpoolSettings settings) {
        this.files = files;
        this.sender = new Sender(receiver, file -> format.reader(receiver, type, file), settings);
    }

    @Override
    public StagedObject stage(String name) throws IOException {
        return files.stage(name);
    }

    @Override
    public void publish(String name) throws IOException {
        if (!isDone(name)) {
            files.publish(name);
            try (InputStream file = files.read(name)) {
                sender.send(name, file);
            }
            mark(name);
        }
        files.delete(name);
        forgetOthers(name);
    }

    private boolean isDone(String name) throws IOException {
        return files.list(name + DONE).contains(name + DONE);
    }

    private void mark(String name) throws IOException {
        try (StagedObject mark = files.stage(name + DONE)) {
            mark.seal();
        }
        files.publish(name + DONE);
    }

    /** The journal has noted all files before this one, so nobody asks for them again. */
    private void forgetOthers(String name) throws IOException {
        for (String other : files.list("")) {
            if (other.endsWith(DONE) && !other.equals(name + DONE)) {
                files.delete(other);
            }
        }
    }

    @Override
    public void discard(String name) throws IOException {
        files.discard(name);
    }

    @Override
    public List<String> staged(String prefix) throws IOException {
        return files.staged(prefix);
    }

    @Override
    public boolean exactlyOnce() {
        return sender.exactlyOnce();
    }

    @Override
    public long refused() {
        return sender.refused();
    }

    /** Returns nothing: what was sent is not ours to list. */
    @Override
    public List<String> list(String prefix) {
        return List.of();
    }

    @Override
    public InputStream read(String name) throws IOException {
        return files.read(name);
    }

    @Override
    public void delete(String name) throws IOException {
        files.delete(name);
    }

    /** What is not sent stays in its file, for the next life. */
    @Override
    public void cancel() {
        sender.cancel();
    }

    @Override
    public void close() {
        sender.close();
        files.close();
    }
}
