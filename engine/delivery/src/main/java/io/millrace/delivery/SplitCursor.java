package io.millrace.delivery;

import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far one split is: the committed position, the reader, and the file that is open behind it. */
final class SplitCursor {

    /** Entries taken in one go: enough to spread the cost of a call, few enough for a step to be short. */
    static final int READ_ENTRIES_MAX = 4096;

    private final DeliverySetup setup;
    private final FileNames names;
    private final Rejections rejections;
    private final String split;
    private volatile long committed;
    private @Nullable SplitReader reader;
    private @Nullable OpenFile file;
    private boolean flush;

    SplitCursor(DeliverySetup setup, FileNames names, Rejections rejections, String split, long committed) {
        this.setup = setup;
        this.names = names;
        this.rejections = rejections;
        this.split = split;
        this.committed = committed;
    }

    String split() {
        return split;
    }

    /** Returns the end of the last committed range. */
    long committed() {
        return committed;
    }

    boolean hasOpenFile() {
        return file != null;
    }

    /** Has the open file, if there is one, ended in a step to come. */
    void flush() {
        flush = file != null;
    }

    /**
     * Reads some entries into the open file and returns whether there were any. After a failure the whole range
     * is read again.
     */
    boolean read(Instant now) throws IOException {
        try {
            return readOn(now);
        } catch (IOException | RuntimeException e) {
            restart(e);
            throw e;
        }
    }

    private boolean readOn(Instant now) throws IOException {
        SplitReader from = opened();
        long start = from.position();
        SourceBatch batch = from.poll(setup.source().endPosition(split), entriesMax());
        if (batch == null || from.position() == start) {
            return false;
        }
        if (file == null) {
            file = new OpenFile(split, names.name(split, start), start, now);
        }
        batch.rejected().forEach(rejections::add);
        file.write(batch.rows(), setup.format(), setup.type(), setup.store(), rejections, from.position());
        file.reached(from.position());
        return true;
    }

    private int entriesMax() {
        long rows = setup.options().rollRows() - (file == null ? 0 : file.rows());
        return (int) Math.max(1, Math.min(READ_ENTRIES_MAX, rows));
    }

    private SplitReader opened() {
        if (reader == null) {
            reader = setup.source().open(split, committed);
        }
        return reader;
    }

    /** Returns whether the open file is to be ended. */
    boolean isDue(Instant now) {
        if (file == null) {
            return false;
        }
        DeliveryOptions options = setup.options();
        return flush
                || file.isSealed()
                || file.rows() >= options.rollRows()
                || file.bytes() >= options.rollBytes()
                || !now.isBefore(file.since().plus(options.rollInterval()));
    }

    /** Returns when the open file is to be ended for its age, or null where none is open. */
    @Nullable
    Instant deadline() {
        return file == null ? null : file.since().plus(setup.options().rollInterval());
    }

    /**
     * Seals the open file and commits its range. After a failure before the file was whole, the range is read
     * again; after a later one, this call is to be repeated.
     */
    void roll(DeliveryJournal journal) throws IOException {
        OpenFile ending = file;
        if (ending == null) {
            return;
        }
        try {
            CommittedFile whole = ending.seal();
            journal.commit(whole);
            committed = whole.to();
            file = null;
            flush = false;
        } catch (IOException | RuntimeException e) {
            restart(e);
            throw e;
        }
    }

    private void restart(Exception failure) {
        try {
            restart();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Forgets what is not sealed, so that it is read again. */
    void restart() throws IOException {
        OpenFile dropped = file;
        if (dropped != null && dropped.isSealed()) {
            return;
        }
        file = null;
        flush = false;
        closeReader();
        if (dropped != null) {
            dropped.drop();
        }
    }

    void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
