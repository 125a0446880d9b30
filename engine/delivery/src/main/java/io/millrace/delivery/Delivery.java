package io.millrace.delivery;

import io.millrace.delivery.layout.Layout;
import io.millrace.delivery.transform.ColumnsOutgrownException;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Puts a source's rows into files of an object store, each row exactly once; the package page has the protocol.
 *
 * <p>It works when it is told to: call {@link #step()} until it returns false, and again when the source has
 * something new ({@link io.millrace.spi.connector.Source#onAvailable}) or {@link #nextDeadline()} has come. A
 * failure is no exception of {@code step()}: it shows in the {@link #status()}, and the delivery tries again
 * after a while that doubles from {@code 100 ms} to a minute. Meanwhile it reads nothing, which is all the
 * back-pressure there is: the source keeps what is not delivered.
 *
 * <p>At most {@value #OPEN_FILES_MAX} files are open at a time, each holding about what its format buffers (a
 * row group of Parquet). A split that needs more waits until others are ended: those with the most rows are, where nothing else
 * can be read, or it has waited for long.
 *
 * <p>{@code step}, {@code flush}, {@code nextDeadline} and {@code close} are for one thread at a time; {@code
 * status} and {@code safePosition} for all.
 */
public final class Delivery implements AutoCloseable {

    /** Most files that are written at the same time. */
    public static final int OPEN_FILES_MAX = 256;

    /** About how many files are published at a time, where that can be. */
    static final int PUBLISHED_TOGETHER = 1000;

    /** A split waits for this part of the interval that files are ended by, while others have all files that may be open. */
    private static final int WAIT_SHARE = 4;

    private final DeliverySetup setup;
    private final DeliveryJournal journal;
    private final Layout layout;
    private final FileNames names;
    private final Rejections rejections;
    private final Backoff backoff;

    /** Of all splits, where their ranges are ended together. */
    private final RollCadence cadence;

    /** Of all splits as well, where ranges are ended by the time of their rows. */
    private final @Nullable RollWatermark watermark;

    private final ConcurrentSkipListMap<String, SplitCursor> cursors = new ConcurrentSkipListMap<>();
    private String lastRead = "";
    private boolean swept;
    private boolean closed;

    /** Whether an Error, as of memory, broke a step off: an open file may hold rows of which its range knows nothing. */
    private boolean broken;

    /** How many rows the destination did not take in this life, of those that the journal knows of. */
    private long refusedNoted;

    private @Nullable String lastError;
    private @Nullable Instant lastErrorAt;
    private volatile @Nullable DeliveryStatus status;

    /**
     * Opens a delivery where it left off, or at the oldest rows the source has, or at the newest where its options say so.
     *
     * @throws MillraceException {@code UNSUPPORTED} or {@code INVALID_ARGUMENT} where the format cannot write
     *     such rows or does not know an option; {@code DATA_CORRUPTED} where the journal is damaged
     */
    public static Delivery open(DeliverySetup setup) throws IOException {
        check(setup.type(), setup.format(), setup.options());
        DeliveryJournal journal = journal(setup.journal(), setup.random());
        if (setup.options().startsAtLatest() && journal.progress().positions.isEmpty()) {
            for (String split : setup.source().splits()) {
                journal.begin(split, setup.source().endPosition(split));
            }
        }
        return new Delivery(setup, journal);
    }

    /**
     * Fails where rows of this type could not be delivered: a wrong option, a column that is not there, a type that the
     * format has no form for.
     *
     * @throws MillraceException {@code UNSUPPORTED} or {@code INVALID_ARGUMENT}
     */
    public static void check(RowType type, DeliveryFormat format, DeliveryOptions options) throws IOException {
        // A file that nobody reads, so that this is told now and not with the first row.
        RowType fileType = Layout.of(options.layout(), type, format.parting()).fileType();
        format.writer(fileType, OutputStream.nullOutputStream());
    }

    /**
     * Returns by split from which position on a delivery that is not open needs entries; empty where it never was.
     *
     * @param journal the file of {@link DeliverySetup#journal}
     * @throws MillraceException {@code DATA_CORRUPTED} where the journal is damaged
     */
    public static Map<String, Long> storedPositions(Path journal) throws IOException {
        return DeliveryJournal.storedPositions(journal);
    }

    /**
     * Has a delivery that was never open begin at these positions, by split; where there are none, its options say where.
     *
     * @param journal the file of {@link DeliverySetup#journal}, which must not be there
     */
    public static void begin(Path journal, Map<String, Long> positions, RandomGenerator random) throws IOException {
        if (positions.isEmpty()) {
            return;
        }
        try (DeliveryJournal begun = journal(journal, random)) {
            for (Map.Entry<String, Long> each : positions.entrySet()) {
                begun.begin(each.getKey(), each.getValue());
            }
        }
    }

    private static DeliveryJournal journal(Path file, RandomGenerator random) throws IOException {
        return DeliveryJournal.open(file, () -> "%08x".formatted(random.nextInt()));
    }

    private Delivery(DeliverySetup setup, DeliveryJournal journal) {
        this.setup = setup;
        this.journal = journal;
        this.layout =
                Layout.of(setup.options().layout(), setup.type(), setup.format().parting());
        this.names = new FileNames(setup.name(), journal.progress().incarnation);
        this.rejections = new Rejections(setup.stream(), setup.rejected());
        this.backoff = new Backoff(setup.random());
        this.cadence = new RollCadence(setup.options().rollInterval());
        this.watermark = setup.options().rollWatermark() == null
                ? null
                : new RollWatermark(setup.options().rollWatermark());
        journal.progress().positions.forEach(this::addCursor);
        if (watermark != null) {
            journal.progress().bounds.forEach(watermark::promised);
        }
        this.status = snapshot();
    }

    /**
     * Does a bounded amount of work and returns whether it did some.
     *
     * @throws ColumnsOutgrownException where the table needs other columns; nothing but closing it is of use then
     */
    public boolean step() {
        Instant now = setup.clock().instant();
        if (closed) {
            return false;
        }
        if (backoff.waits(now)) {
            // What comes meanwhile waits too, and whoever asks wants to know how much.
            status = snapshot();
            return false;
        }
        boolean worked = false;
        try {
            cursors.values().forEach(SplitCursor::hear);
            worked = sweep() || endAndPublish(now) || read(now);
            if (!worked && openFiles() == 0) {
                backoff.succeeded();
            }
        } catch (ColumnsOutgrownException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            failed(e, now);
        } catch (Error e) {
            broken = true;
            throw e;
        }
        status = snapshot();
        return worked;
    }

    /** Returns what the source has trouble with and tries again by itself: no failure here, files stay open. */
    private @Nullable IOException trouble() {
        for (SplitCursor cursor : cursors.values()) {
            IOException trouble = cursor.trouble();
            if (trouble != null) {
                return trouble;
            }
        }
        return null;
    }

    /** Drops what was staged and not committed: by an earlier life, or by this one before it failed. */
    private boolean sweep() throws IOException {
        if (swept) {
            return false;
        }
        for (String name : setup.store().staged("")) {
            if (!name.contains(names.mark()) || isOpen(name)) {
                continue;
            }
            boolean committed = journal.progress().unpublished.stream()
                    .anyMatch(file -> file.name().equals(name));
            if (!committed) {
                setup.store().discard(name);
            }
        }
        swept = true;
        backoff.succeeded();
        return true;
    }

    private boolean isOpen(String name) {
        return cursors.values().stream().anyMatch(cursor -> cursor.hasOpen(name));
    }

    /** Where a store publishes several files at the price of one, all that are due are ended first. */
    private boolean endAndPublish(Instant now) throws IOException {
        return setup.store().publishesTogether() ? rollAll(now) || publishRanges() : publish() || roll(now);
    }

    /** Makes the oldest committed file visible. */
    private boolean publish() throws IOException {
        CommittedFile file = journal.progress().unpublished.peek();
        if (file == null) {
            return false;
        }
        setup.store().publish(file.name());
        published(file);
        backoff.succeeded();
        return true;
    }

    /** Makes the files of the oldest committed ranges visible at once. */
    private boolean publishRanges() throws IOException {
        List<CommittedFile> files = journal.progress().nextRanges(PUBLISHED_TOGETHER);
        if (files.isEmpty()) {
            return false;
        }
        setup.store().publish(files);
        for (CommittedFile file : files) {
            published(file);
        }
        backoff.succeeded();
        return true;
    }

    /** Notes a file that is visible, with what the destination did not take since the last was. */
    private void published(CommittedFile file) throws IOException {
        long refused = setup.store().refused();
        journal.publish(file.name(), refused - refusedNoted);
        refusedNoted = refused;
    }

    /** Ends one file; when one is due, the others are ended with it, unless they wait for the end of their slice of time. */
    private boolean rollAll(Instant now) throws IOException {
        if (watermark == null && cursors.values().stream().anyMatch(cursor -> cursor.isDue(now))) {
            flush();
        }
        return roll(now);
    }

    /** Ends one file that is due. */
    private boolean roll(Instant now) throws IOException {
        for (SplitCursor cursor : cursors.values()) {
            if (cursor.isDue(now)) {
                cursor.roll(journal, now);
                return true;
            }
        }
        return false;
    }

    /** Reads from the next split that has something, in turn; first from those that have waited for room. */
    private boolean read(Instant now) throws IOException {
        findSplits();
        List<SplitCursor> waiting = cursors.values().stream()
                .filter(cursor -> cursor.waitsFor() > 0)
                .toList();
        boolean overdue = waiting.stream().anyMatch(cursor -> !now.isBefore(waitsUntil(cursor)));
        if (read(waiting, now) || (overdue && makeRoom())) {
            return true;
        }
        List<SplitCursor> inTurn =
                new ArrayList<>(cursors.tailMap(lastRead, false).values());
        inTurn.addAll(cursors.headMap(lastRead, true).values());
        return read(inTurn, now) || (!waiting.isEmpty() && makeRoom());
    }

    private boolean read(List<SplitCursor> some, Instant now) throws IOException {
        int open = openFiles();
        int room = OPEN_FILES_MAX - open;
        for (SplitCursor cursor : some) {
            boolean fits = cursor.waitsFor() <= room && (cursor.hasOpenRange() || room > 0);
            if (fits && cursor.read(now, room, open > cursor.openFiles())) {
                lastRead = cursor.split();
                return true;
            }
        }
        return false;
    }

    /** Has the range with the longest file ended for the sake of splits that wait. */
    private boolean makeRoom() {
        SplitCursor fullest = null;
        for (SplitCursor cursor : cursors.values()) {
            if (cursor.hasOpenRange() && (fullest == null || cursor.openRows() > fullest.openRows())) {
                fullest = cursor;
            }
        }
        if (fullest == null) {
            return false;
        }
        fullest.flush();
        return true;
    }

    private Instant waitsUntil(SplitCursor waiting) {
        Duration patience = setup.options().rollInterval().dividedBy(WAIT_SHARE);
        return Objects.requireNonNull(waiting.waitsSince()).plus(patience);
    }

    private void findSplits() throws IOException {
        for (String split : setup.source().splits()) {
            SplitCursor known = cursors.get(split);
            long first = setup.source().firstPosition(split);
            if (known == null) {
                journal.begin(split, first);
                addCursor(split, first);
            } else if (known.committed() < first && !known.hasOpenRange()) {
                skipLost(known, first);
            }
        }
    }

    /** What the source no longer has cannot be delivered; it is told, and the delivery goes on behind it. */
    private void skipLost(SplitCursor cursor, long first) throws IOException {
        String split = cursor.split();
        journal.begin(split, first, 1);
        cursor.closeReader();
        addCursor(split, first);
        rejections.add(new RejectedEntry(
                setup.stream(),
                split + " " + cursor.committed() + " to " + first,
                ErrorCode.POSITION_OUT_OF_RANGE,
                (first - cursor.committed()) + " entries were trimmed before they were delivered",
                new byte[0],
                RowOrigins.NO_ROWTIME));
    }

    private void addCursor(String split, long position) {
        RollCadence of = setup.store().publishesTogether()
                ? cadence
                : new RollCadence(setup.options().rollInterval());
        if (watermark != null) {
            watermark.join(split);
        }
        cursors.put(
                split,
                new SplitCursor(setup, layout, names, rejections, split, position, of, watermark, () -> swept = false));
    }

    private void dropOpenFiles(Instant now) {
        for (SplitCursor cursor : cursors.values()) {
            try {
                cursor.restart();
            } catch (IOException | RuntimeException e) {
                failed(e, now);
            }
            cursor.closeReader();
        }
    }

    private void failed(Exception failure, Instant now) {
        lastError = DeliveryStatus.describe(failure);
        lastErrorAt = now;
        backoff.failed(now);
    }

    /** Has all open files ended and made visible in the steps to come, whatever their size and age. */
    public void flush() {
        cursors.values().forEach(SplitCursor::flush);
    }

    /** Returns when a step is due even if the source has nothing new, or null where none is. */
    public @Nullable Instant nextDeadline() {
        if (closed || backoff.waits(setup.clock().instant())) {
            return closed ? null : backoff.until();
        }
        Instant next = null;
        for (SplitCursor cursor : cursors.values()) {
            next = earlier(next, cursor.deadline());
            next = earlier(next, cursor.waitsSince() == null ? null : waitsUntil(cursor));
        }
        return next;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /**
     * Returns the position of a split from which on the source must keep its entries. It never falls. For a
     * split that is not yet known it is the first position the source has.
     */
    public long safePosition(String split) {
        SplitCursor cursor = cursors.get(split);
        return cursor == null ? setup.source().firstPosition(split) : cursor.committed();
    }

    /** Returns how it did at the end of the last step. */
    public DeliveryStatus status() {
        return Objects.requireNonNull(status);
    }

    /**
     * Returns when the oldest entry came that is not yet in a visible file, microseconds since 1970; empty where there is
     * none, or the source does not know. For all threads; it reads that entry.
     */
    public OptionalLong waitingSinceMicros() {
        return status().waiting().entrySet().stream()
                .map(first -> setup.source().arrivedMicros(first.getKey(), first.getValue()))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .min();
    }

    private int openFiles() {
        int open = 0;
        for (SplitCursor cursor : cursors.values()) {
            open += cursor.openFiles();
        }
        return open;
    }

    /** What is not yet in a visible file: how many entries, and by split the first. */
    private record Behind(long entries, Map<String, Long> first) {}

    /** Returns the lag, or the last one known where the source fails: whoever asks wants to know that it does. */
    private Behind behind() {
        try {
            return measured();
        } catch (RuntimeException e) {
            return status == null ? new Behind(0, Map.of()) : new Behind(status.lag(), status.waiting());
        }
    }

    private Behind measured() {
        long lag = 0;
        Map<String, Long> first = new HashMap<>();
        for (String split : setup.source().splits()) {
            long safe = safePosition(split);
            long waiting = setup.source().endPosition(split) - safe;
            if (waiting > 0) {
                lag += waiting;
                first.put(split, safe);
            }
        }
        Set<List<Object>> ranges = new HashSet<>();
        for (CommittedFile file : journal.progress().unpublished) {
            // Several files may hold the rows of one range.
            lag += ranges.add(List.of(file.split(), file.from())) ? file.to() - file.from() : 0;
            first.merge(file.split(), file.from(), Math::min);
        }
        return new Behind(lag, Map.copyOf(first));
    }

    /** Returns what is noted, and what will be with the files that it is of. */
    private long rejected(Progress progress) {
        long open = cursors.values().stream().mapToLong(SplitCursor::rejected).sum();
        return progress.rejected + open + setup.store().refused() - refusedNoted;
    }

    private DeliveryStatus snapshot() {
        Progress progress = journal.progress();
        Behind behind = behind();
        IOException trouble = trouble();
        if (trouble != null) {
            lastError = DeliveryStatus.describe(trouble);
            lastErrorAt = setup.clock().instant();
        }
        DeliveryStatus.State state = closed
                ? DeliveryStatus.State.CLOSED
                : backoff.failures() > 0 || trouble != null
                        ? DeliveryStatus.State.RETRYING
                        : DeliveryStatus.State.RUNNING;
        return new DeliveryStatus(
                setup.name(),
                state,
                setup.store().exactlyOnce() ? "exactly-once" : "at-least-once",
                progress.files,
                progress.rows,
                progress.bytes,
                openFiles(),
                progress.unpublished.size(),
                behind.entries(),
                behind.first(),
                rejected(progress),
                backoff.failures(),
                lastError,
                lastErrorAt,
                backoff.until());
    }

    /**
     * Has whatever waits for the destination's answer fail at once, now and in {@link #close}. What is not delivered then
     * is left to the next life. For all threads.
     */
    public void cancel() {
        setup.store().cancel();
    }

    /**
     * Ends and publishes the open files, if that works at once; otherwise what is committed is published, and
     * the rest read again, in the next life; so are files of a slice of time that is not over. Rows that were not read yet stay where they are. After an {@link Error}
     * all that is not committed is read again.
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        Instant now = setup.clock().instant();
        if (!broken) {
            endAll(now);
        }
        closed = true;
        dropOpenFiles(now);
        status = snapshot();
        journal.close();
        setup.store().close();
        setup.source().close();
    }

    private void endAll(Instant now) {
        if (watermark == null) {
            flush();
        }
        backoff.succeeded();
        try {
            while (sweep() || endAndPublish(now)) {
                // Each turn does one thing of finitely many.
            }
        } catch (IOException | RuntimeException e) {
            failed(e, now);
        }
    }
}
