package io.millrace.delivery;

import io.millrace.delivery.layout.Layout;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A range that is being read, and the files its rows go into: one for each partition that has rows, and one for each
 * kind of error. They are ended together and committed by one entry of the journal, so that a position belongs to one
 * committed range whatever the partitions.
 */
final class OpenRange {

    /** What Firehose calls records whose transformation failed. */
    private static final String NOT_PROCESSED = "processing-failed";

    private final DeliverySetup setup;
    private final Layout layout;
    private final FileNames names;
    private final Rejections rejections;
    private long rejected;
    private final String split;
    private final long from;
    private final Instant since;
    private final Instant due;
    private final Map<String, OpenFile> files = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, ErrorFile> errors = new LinkedHashMap<>();
    private Instant lastRead;
    private long to;
    private long oldestMicros = Long.MAX_VALUE;
    private boolean sealed;

    OpenRange(
            DeliverySetup setup,
            Layout layout,
            FileNames names,
            Rejections rejections,
            String split,
            long from,
            Instant since,
            Instant due) {
        this.setup = setup;
        this.layout = layout;
        this.names = names;
        this.rejections = rejections;
        this.split = split;
        this.from = from;
        this.since = since;
        this.due = due;
        this.lastRead = since;
        this.to = from;
    }

    /** Returns when it is to be ended for its age, or for having got nothing. */
    Instant deadline() {
        Instant idle = lastRead.plus(setup.options().rollInactivity());
        return idle.isBefore(due) ? idle : due;
    }

    /** Notes the time of a row that it has, microseconds since 1970. */
    void timeSeen(long micros) {
        oldestMicros = Math.min(oldestMicros, micros);
    }

    /** Returns the time of its oldest row, {@link Long#MAX_VALUE} where none is known. */
    long oldestMicros() {
        return oldestMicros;
    }

    /** Returns when it is to be ended for its age alone. */
    Instant due() {
        return due;
    }

    /** Returns how many rows its longest file has. */
    long rows() {
        return files.values().stream().mapToLong(OpenFile::rows).max().orElse(0);
    }

    /** Returns about how long its longest file is. */
    long bytes() {
        return all().stream().mapToLong(RangeFile::bytes).max().orElse(0);
    }

    int fileCount() {
        return files.size();
    }

    boolean isSealed() {
        return sealed;
    }

    /** Returns how many files these rows need that are not open yet. */
    int missing(PartedRows rows) {
        return (int) rows.partitions().stream()
                .filter(partition -> !files.containsKey(partition))
                .count();
    }

    /** Takes all entries up to a position: rows into their files, the others to the rejections. */
    void take(PartedRows rows, List<RejectedEntry> rejected, long end, Instant now) throws IOException {
        for (RejectedEntry entry : rejected) {
            reject(entry, now);
        }
        RowBatch all = rows.all();
        RowBatch some = layout.fileRows(all);
        for (int i = 0; i < rows.partitions().size(); i++) {
            rows.select(i, some);
            OpenFile file = file(rows.partitions().get(i), some);
            file.write(
                    some,
                    setup.format(),
                    layout.fileType(),
                    setup.store(),
                    (row, refusal) -> reject(refused(all, row, end, refusal), now));
        }
        rows.unselect(some);
        to = end;
        lastRead = now;
    }

    private OpenFile file(String partition, RowBatch rows) {
        OpenFile known = files.get(partition);
        if (known == null) {
            String seed = names.of(split, from) + partition;
            String prefix = layout.prefix(partition, rowtime(rows.origins(), rows.selectedRow(0)), seed);
            known = new OpenFile(freeName(prefix));
            files.put(partition, known);
        }
        return known;
    }

    /** Two partitions have one name where a prefix runs their values together. */
    private String freeName(String prefix) {
        String extension = layout.extension(setup.format().extension());
        String name = prefix + names.of(split, from) + extension;
        for (int more = 2; !taken.add(name); more++) {
            name = prefix + names.of(split, from) + "-" + more + extension;
        }
        return name;
    }

    private Instant rowtime(@Nullable RowOrigins origins, int row) {
        long micros = origins == null ? RowOrigins.NO_ROWTIME : origins.rowtimeMicros(row);
        return micros == RowOrigins.NO_ROWTIME ? since : JavaValues.instant(micros);
    }

    private RejectedEntry refused(RowBatch rows, int row, long end, MillraceException refusal) {
        return rejections.entry(split, to, end, rows, row, refusal);
    }

    private void reject(RejectedEntry entry, Instant now) throws IOException {
        if (layout.writesErrors()) {
            errorFile(entry).write(entry, now);
        }
        rejections.add(entry);
        rejected++;
    }

    /** Returns how many entries and rows could not be delivered. */
    long rejected() {
        return rejected;
    }

    /** Errors of one kind have a file; so have those of no place, where these are called otherwise. */
    private ErrorFile errorFile(RejectedEntry first) throws IOException {
        RejectedEntry.Processing processing = first.processing();
        String kind = processing == null ? setup.format().errorType() : NOT_PROCESSED;
        boolean apart = layout.namesUnrouted() && processing != null && !processing.routed();
        String key = apart ? kind + " unrouted" : kind;
        ErrorFile known = errors.get(key);
        if (known == null) {
            Instant time =
                    first.rowtimeMicros() == RowOrigins.NO_ROWTIME ? since : JavaValues.instant(first.rowtimeMicros());
            String own = names.of(split, from);
            String prefix = apart ? layout.unroutedPrefix(kind, time, own) : layout.errorPrefix(kind, time, own);
            String name = prefix + own;
            // Those of one name, where the prefix leaves the kind out, have files of their own.
            String free = taken.add(name) ? name : name + "-" + key.replace(' ', '-');
            known = new ErrorFile(free + ErrorFile.EXTENSION, setup.store());
            errors.put(key, known);
        }
        return known;
    }

    private List<RangeFile> all() {
        List<RangeFile> all = new ArrayList<>(files.values());
        all.addAll(errors.values());
        return all;
    }

    /** Makes all files whole and durable, if they were not yet, and returns what is to be committed. */
    List<CommittedFile> seal() throws IOException {
        List<CommittedFile> whole = new ArrayList<>();
        for (RangeFile file : all()) {
            file.seal();
            if (!file.isEmpty()) {
                whole.add(new CommittedFile(split, from, to, file.name(), file.rows(), file.bytes()));
            }
        }
        sealed = true;
        return whole.isEmpty() ? List.of(new CommittedFile(split, from, to, "", 0, 0)) : whole;
    }

    /** Drops all staged files. */
    void drop() throws IOException {
        List<Exception> failures = new ArrayList<>();
        for (RangeFile file : all()) {
            try {
                file.drop(setup.store());
            } catch (IOException | RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IOException(failures.size() + " staged files could not be dropped", failures.getFirst());
        }
    }

    /** Returns whether a name is one of its files'. */
    boolean has(String name) {
        return all().stream().anyMatch(file -> file.name().equals(name));
    }

    /** Returns the position after the last entry that was taken. */
    long to() {
        return to;
    }
}
