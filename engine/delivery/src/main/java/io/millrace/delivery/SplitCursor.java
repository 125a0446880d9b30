package io.millrace.delivery;

import io.millrace.delivery.layout.Layout;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far one split is: the committed position, the reader, and the range that is open behind it. */
final class SplitCursor {

    /** Entries taken in one go: enough to spread the cost of a call, few enough for a step to be short. */
    static final int READ_ENTRIES_MAX = 4096;

    private static final int FIRST_ENTRIES_MAX = 256;

    /** Files get longer than they should by this part at most, where entries are about as long as those before. */
    private static final int OVERSHOOT_SHARE = 16;

    private final DeliverySetup setup;
    private final Layout layout;
    private final FileNames names;
    private final Rejections rejections;
    private final String split;
    private final Runnable onLitter;
    private final RollCadence cadence;
    private final @Nullable RollWatermark watermark;
    private volatile long committed;
    private @Nullable SplitReader reader;
    private @Nullable OpenRange range;
    private boolean flush;
    /** How many entries to take at most: few as long as nobody knows how long they are. */
    private int readMax = FIRST_ENTRIES_MAX;

    /** About how many bytes of a file an entry made in the range before. */
    private long entryBytes;

    private int waitsFor;
    private @Nullable Instant waitsSince;

    /** How many rows of a slice that is over are still to be read, and where in time it ends. */
    private long ofSlice;

    private long sliceEnd;

    /**
     * @param cadence when ranges are ended for their age; perhaps those of other splits as well
     * @param watermark by which time of all splits ranges are ended; null for none
     * @param onLitter called when staged files could not be dropped and lie about
     */
    SplitCursor(
            DeliverySetup setup,
            Layout layout,
            FileNames names,
            Rejections rejections,
            String split,
            long committed,
            RollCadence cadence,
            @Nullable RollWatermark watermark,
            Runnable onLitter) {
        this.setup = setup;
        this.layout = layout;
        this.names = names;
        this.rejections = rejections;
        this.split = split;
        this.committed = committed;
        this.cadence = cadence;
        this.watermark = watermark;
        this.onLitter = onLitter;
    }

    String split() {
        return split;
    }

    /** Returns the end of the last committed range. */
    long committed() {
        return committed;
    }

    /** Returns whether a name is that of a file of the open range. */
    boolean hasOpen(String name) {
        return range != null && range.has(name);
    }

    boolean hasOpenRange() {
        return range != null;
    }

    /** Returns how many files are open; a range without rows counts for the one it may get. */
    int openFiles() {
        return range == null ? 0 : Math.max(1, range.fileCount());
    }

    /** Has the open range, if there is one, ended in a step to come. */
    void flush() {
        flush = range != null;
    }

    /**
     * Reads some entries into the open range and returns whether there were any. After a failure the whole range is
     * read again.
     *
     * @param filesMax most files that may be opened now
     * @param mayWait whether other splits have files open, whose end would make room for more
     */
    boolean read(Instant now, int filesMax, boolean mayWait) throws IOException {
        try {
            return readOn(now, filesMax, mayWait);
        } catch (IOException | RuntimeException e) {
            restart(e);
            throw e;
        }
    }

    private boolean readOn(Instant now, int filesMax, boolean mayWait) throws IOException {
        SplitReader from = opened();
        long start = from.position();
        SourceBatch batch = next(from);
        if (batch == null) {
            return false;
        }
        RollWatermark.Times times = watermark == null ? null : watermark.times(batch.rows());
        if (times != null && !fits(batch.rows(), times, batch.rowtimeBound(), from.position() - start)) {
            return true;
        }
        PartedRows rows = new PartedRows(batch.rows(), layout);
        int open = range == null ? 0 : range.fileCount();
        int missing = range == null ? rows.partitions().size() : range.missing(rows);
        if (missing > filesMax && mayWait && open + missing <= layout.partitionsMax()) {
            waitFor(missing, now);
            return false;
        }
        stopWaiting();
        if (range == null) {
            range = new OpenRange(setup, layout, names, rejections, split, start, now, cadence.due(now));
            if (watermark != null) {
                watermark.reads(split);
            }
        }
        int room = Math.min(layout.partitionsMax() - open, filesMax);
        long entries = from.position() - start;
        if (missing > room && (open > 0 || entries > 1)) {
            readLess(entries);
            return true;
        }
        range.take(rows, batch.rejected(), from.position(), now);
        if (times != null) {
            range.timeSeen(times.oldest());
        }
        promised(batch);
        readMax = Math.min(READ_ENTRIES_MAX, readMax * 2);
        return true;
    }

    /** Leaves what was read to be read again when there is room for its files. */
    private void waitFor(int files, Instant now) {
        closeReader();
        ofSlice = 0;
        waitsFor = files;
        if (waitsSince == null) {
            waitsSince = now;
        }
    }

    private void stopWaiting() {
        waitsFor = 0;
        waitsSince = null;
    }

    /** Returns for how many files it waits that others have to make room for, 0 where it does not wait. */
    int waitsFor() {
        return waitsFor;
    }

    /** Returns since when it waits, null where it does not. */
    @Nullable
    Instant waitsSince() {
        return waitsSince;
    }

    /** Returns how many rows the longest file of the open range has, 0 where there is none. */
    long openRows() {
        return range == null ? 0 : range.rows();
    }

    /** Returns what comes next, or null where nothing does; a promise that came alone is noted. */
    private @Nullable SourceBatch next(SplitReader from) {
        long start = from.position();
        SourceBatch batch = from.poll(setup.source().endPosition(split), entriesMax());
        while (batch != null && from.position() == start && watermark != null) {
            promised(batch);
            batch = from.poll(setup.source().endPosition(split), entriesMax());
        }
        return from.position() == start ? null : batch;
    }

    private void promised(SourceBatch batch) {
        if (watermark != null) {
            watermark.promised(split, batch.rowtimeBound());
        }
    }

    /**
     * Returns whether rows go into the open range. Where it is known that its slice of time is over, those behind its last
     * row go into the next: they are read again, after the range is ended, or fewer at a time to find that row.
     */
    private boolean fits(RowBatch rows, RollWatermark.Times times, long bound, long entries) {
        RollWatermark slices = Objects.requireNonNull(watermark);
        if (ofSlice == 0) {
            long oldest = range == null ? times.oldest() : Math.min(range.oldestMicros(), times.oldest());
            long end = slices.sliceEnd(oldest);
            if (times.newest() < end || slices.reachedWith(split, bound) < end) {
                return true;
            }
            ofSlice = slices.count(rows, end);
            sliceEnd = end;
        }
        long some = ofSlice == 0 ? 0 : slices.count(rows, sliceEnd);
        boolean reachesBeyond = some == ofSlice && !slices.endsBefore(rows, sliceEnd);
        if (reachesBeyond && some > 0 && entries > 1) {
            closeReader();
            readMax = (int) Math.max(1, entries / 2);
            return false;
        }
        ofSlice -= some;
        if (ofSlice > 0) {
            return true;
        }
        flush = true;
        readMax = READ_ENTRIES_MAX;
        if (some == 0) {
            closeReader();
            return false;
        }
        return true;
    }

    /** Asks what is promised of the time behind what was read, where files are ended by it. */
    void hear() {
        if (watermark != null) {
            long at = range == null ? committed : range.to();
            watermark.promised(split, setup.source().idleBound(split, at));
        }
    }

    private boolean isSliceOver() {
        return watermark != null
                && range != null
                && range.oldestMicros() != Long.MAX_VALUE
                && watermark.reached() >= watermark.sliceEnd(range.oldestMicros());
    }

    /** Has these entries read again: after the open range is ended, or fewer at a time where it has no files yet. */
    private void readLess(long entries) {
        closeReader();
        ofSlice = 0;
        if (range != null && range.fileCount() > 0) {
            flush = true;
        } else {
            readMax = (int) Math.max(1, entries / 2);
        }
    }

    private int entriesMax() {
        long rows = setup.options().rollRows() - (range == null ? 0 : range.rows());
        return (int) Math.max(1, Math.min(Math.min(readMax, rows), entriesThatFit()));
    }

    /** Returns about how many entries fill the longest file of the range; no fewer than a small part of one has. */
    private long entriesThatFit() {
        OpenRange open = range;
        long bytes = open == null ? 0 : open.bytes();
        long each = open == null || bytes == 0 ? entryBytes : bytes / Math.max(1, open.rows());
        if (each == 0) {
            return Long.MAX_VALUE;
        }
        long limit = setup.options().rollBytes();
        return Math.max(limit - bytes, limit / OVERSHOOT_SHARE) / each;
    }

    private SplitReader opened() {
        if (reader == null) {
            reader = setup.source().open(split, range == null ? committed : range.to());
        }
        return reader;
    }

    /** Returns whether the open range is to be ended. */
    boolean isDue(Instant now) {
        if (range == null) {
            return false;
        }
        DeliveryOptions options = setup.options();
        return flush
                || range.isSealed()
                || range.rows() >= options.rollRows()
                || range.bytes() >= options.rollBytes()
                || isSliceOver()
                || !now.isBefore(range.deadline());
    }

    /** Returns when the open range is to be ended for its age, or more is to be read; null where neither is. */
    @Nullable
    Instant deadline() {
        Instant ends = range == null ? null : range.deadline();
        if (ends != null && watermark != null && Objects.requireNonNull(range).oldestMicros() != Long.MAX_VALUE) {
            Instant look = RollWatermark.lookAt(
                    watermark.sliceEnd(range.oldestMicros()), setup.clock().instant());
            ends = look.isBefore(ends) ? look : ends;
        }
        Instant reads = reader == null ? null : reader.dueAt();
        return ends == null || (reads != null && reads.isBefore(ends)) ? reads : ends;
    }

    /** Returns why rows that are there do not come; null where they do. */
    @Nullable
    IOException trouble() {
        return reader == null ? null : reader.trouble();
    }

    /**
     * Seals the files of the open range and commits it. After a failure before they were whole, the range is read
     * again; after a later one, this call is to be repeated.
     */
    void roll(DeliveryJournal journal, Instant now) throws IOException {
        OpenRange ending = range;
        if (ending == null) {
            return;
        }
        if (!now.isBefore(ending.due())) {
            cadence.ended(ending.due());
        }
        try {
            commit(ending.seal(), ending.rejected(), journal);
            committed = ending.to();
            entryBytes = ending.bytes() / Math.max(1, ending.rows());
            range = null;
            flush = false;
            // Rows of its slice that follow are late by now, and counted anew with what they come with.
            ofSlice = 0;
        } catch (IOException | RuntimeException e) {
            restart(e);
            throw e;
        }
    }

    private void commit(List<CommittedFile> files, long rejected, DeliveryJournal journal) throws IOException {
        if (watermark == null) {
            journal.commit(files, rejected);
            return;
        }
        journal.commit(files, watermark.settledWith(split), rejected);
        watermark.committed(split);
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
        OpenRange dropped = range;
        if (dropped != null && dropped.isSealed()) {
            return;
        }
        range = null;
        flush = false;
        ofSlice = 0;
        stopWaiting();
        if (watermark != null) {
            watermark.dropped(split);
        }
        closeReader();
        if (dropped != null) {
            try {
                dropped.drop();
            } catch (IOException e) {
                onLitter.run();
                throw e;
            }
        }
    }

    /** Returns how many entries and rows of the open range could not be delivered. */
    long rejected() {
        return range == null ? 0 : range.rejected();
    }

    void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
