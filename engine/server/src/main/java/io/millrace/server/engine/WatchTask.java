package io.millrace.server.engine;

import io.millrace.runtime.RejectedRows;
import io.millrace.server.file.FilePattern;
import io.millrace.server.file.WatchOptions;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowOrigins;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for new files of an external table, and copies the rows of each into the table's log: one step a file, in the
 * order of their names among those that were found together. A file is read once it has been the same for a while, by
 * its length, time or tag. For one thread at a time.
 */
final class WatchTask implements TaskThread.Task {

    /** Most files of a watched table, those that are read among them. */
    static final int FILES_MAX = 100_000;

    /** What is wrong with a file itself: others are read all the same. */
    private static final Set<ErrorCode> OF_FILE = EnumSet.of(
            ErrorCode.DATA_CORRUPTED,
            ErrorCode.INVALID_VALUE,
            ErrorCode.INVALID_ARGUMENT,
            ErrorCode.LIMIT_EXCEEDED,
            ErrorCode.TYPE_MISMATCH,
            ErrorCode.UNDEFINED_COLUMN,
            ErrorCode.UNDEFINED_NAME,
            ErrorCode.UNSUPPORTED,
            ErrorCode.WRONG_STATE);

    /** Copies a file, all of it or what is still missing of it. */
    @FunctionalInterface
    interface Copy {
        void copy(ObjectStore store, String url, StoredFile file, UnderWay underWay);
    }

    private final FilePattern pattern;
    private final WatchOptions options;
    private final ObjectStore store;
    private final WatchLedger ledger;
    private final Copy copy;
    private final RejectedRows reports;
    private final InstantSource clock;
    private final UnderWay underWay = new UnderWay();
    private final Deque<StoredFile> ready = new ArrayDeque<>();

    /** Files that are not ready, with the version that they have and since when. */
    private Map<String, Seen> seen = new HashMap<>();

    private long nextListing = Long.MIN_VALUE;

    private record Seen(String version, long sinceMicros) {}

    WatchTask(
            FilePattern pattern,
            WatchOptions options,
            ObjectStore store,
            WatchLedger ledger,
            Copy copy,
            RejectedRows reports,
            InstantSource clock) {
        this.pattern = pattern;
        this.options = options;
        this.store = store;
        this.ledger = ledger;
        this.copy = copy;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public boolean step() {
        StoredFile next = ready.poll();
        if (next != null) {
            take(next);
            return true;
        }
        long now = JavaValues.micros(clock.instant());
        if (now < nextListing) {
            return false;
        }
        look(now);
        nextListing = now + options.interval().toNanos() / 1000;
        return !ready.isEmpty();
    }

    private void look(long now) {
        Map<String, Seen> waiting = new HashMap<>();
        for (StoredFile file : list()) {
            WatchLedger.Note note = ledger.find(file.name());
            if (note != null && note.done() && note.version().equals(file.version())) {
                continue;
            }
            Seen before = seen.get(file.name());
            Seen since =
                    before != null && before.version.equals(file.version()) ? before : new Seen(file.version(), now);
            // A file that was begun has been looked at for long enough.
            boolean known = note != null && note.version().equals(file.version());
            if (known || now - since.sinceMicros >= options.settle().toNanos() / 1000) {
                ready.add(file);
            } else {
                waiting.put(file.name(), since);
            }
        }
        seen = waiting;
    }

    private List<StoredFile> list() {
        try {
            if (pattern.exact()) {
                StoredFile only = store.find(pattern.rest());
                return only == null ? List.of() : List.of(only);
            }
            return store.search(new FileSearch(
                    pattern.prefix(),
                    pattern.depth(),
                    name -> pattern.matches(name) && !pattern.hides(name),
                    FILES_MAX));
        } catch (IOException e) {
            throw unreadable(pattern.folder().toString(), e);
        }
    }

    private void take(StoredFile file) {
        WatchLedger.Note note = ledger.find(file.name());
        if (note != null && !note.version().equals(file.version())) {
            report(
                    file,
                    ErrorCode.WRONG_STATE,
                    note.done()
                            ? "the file was written again after it was read, and is not read again"
                            : "the file was written again while it was read; the rest of it is not read");
            ledger.done(file);
            return;
        }
        if (note == null && !file.equals(find(file))) {
            // None of it was read: what is there now is a file like any other, and waits until it is the same for a
            // while.
            return;
        }
        ledger.begun(file);
        try {
            copy.copy(store, pattern.urlOf(file.name()), file, underWay);
        } catch (MillraceException e) {
            if (!OF_FILE.contains(e.code())) {
                throw e;
            }
            report(file, e.code(), e.describe());
        }
        ledger.done(file);
    }

    private @Nullable StoredFile find(StoredFile file) {
        try {
            return store.find(file.name());
        } catch (IOException e) {
            throw unreadable(pattern.urlOf(file.name()), e);
        }
    }

    private void report(StoredFile file, ErrorCode code, String reason) {
        reports.write(
                        0,
                        List.of(new RejectedEntry(
                                pattern.urlOf(file.name()), "file", code, reason, new byte[0], RowOrigins.NO_ROWTIME)))
                .toCompletableFuture()
                .join();
    }

    private static MillraceException unreadable(String url, IOException e) {
        return new MillraceException(
                ErrorCode.IO_ERROR,
                "'" + ShownUrl.of(url) + "' cannot be read: " + (e.getMessage() == null ? e : e.getMessage()),
                "it is tried again; see that the place can be reached from here",
                e);
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        return () -> {};
    }

    @Override
    public OptionalLong wakeMicros() {
        return OptionalLong.of(nextListing);
    }

    @Override
    public void cancel() {
        underWay.cancel();
        store.cancel();
    }

    @Override
    public void close() {
        try {
            ledger.close();
        } finally {
            store.close();
        }
    }
}
