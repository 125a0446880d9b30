package io.millrace.delivery;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.StagedObject;
import java.io.IOException;
import java.time.Instant;

/** A staged file of what cannot be delivered, one record a line. */
final class ErrorFile implements RangeFile {

    static final String EXTENSION = ".json";

    private final String name;
    private final StagedObject staged;
    private long bytes;
    private boolean sealed;

    ErrorFile(String name, ObjectStore store) throws IOException {
        this.name = name;
        this.staged = store.stage(name);
    }

    void write(RejectedEntry entry, Instant now) throws IOException {
        byte[] line = ErrorRecord.line(entry, 1, now);
        staged.out().write(line);
        bytes += line.length;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long rows() {
        return 0;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public boolean isEmpty() {
        return bytes == 0;
    }

    @Override
    public boolean isSealed() {
        return sealed;
    }

    @Override
    public void seal() throws IOException {
        if (!sealed) {
            staged.seal();
            sealed = true;
        }
    }

    @Override
    public void drop(ObjectStore store) throws IOException {
        staged.close();
        if (sealed) {
            store.discard(name);
        }
    }
}
