package io.millrace.server.table;

import io.millrace.runtime.table.TableVersion;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowBytes;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The log of one table. Appends are for one thread at a time; what readers ask is safe for use by several.
 *
 * <p>Snapshots keep what was before them from being needed: the log holds what lies behind the start of the last one.
 */
final class TableLog {

    private static final String HOLDER = "table";

    /** About how many bytes of a snapshot go into one append. */
    private static final long SNAPSHOT_APPEND_BYTES = 4 << 20;

    private final ShardLog shard;
    private final ChangeRows rows;
    private volatile List<SnapshotRange> snapshots;
    /** Nothing behind this is shown while a snapshot is being written. */
    private volatile long shownTo = Long.MAX_VALUE;

    private long changes;

    /**
     * Takes over a log.
     *
     * @param found the snapshots that are in it, ascending
     * @param changes how many rows are behind the last one
     */
    TableLog(ShardLog shard, RowType type, List<SnapshotRange> found, long changes) {
        this.shard = shard;
        this.rows = new ChangeRows(type);
        this.snapshots = List.copyOf(found);
        this.changes = changes;
        hold();
    }

    ShardLog shard() {
        return shard;
    }

    /** Keeps all of a log until it is known what of it is needed. */
    static void holdAll(ShardLog shard) {
        shard.hold(HOLDER, shard.firstIndex());
    }

    private void hold() {
        shard.hold(HOLDER, lastWhole(snapshots) == null ? shard.firstIndex() : freshPosition() - 1);
    }

    private static @org.jspecify.annotations.Nullable SnapshotRange lastWhole(List<SnapshotRange> ranges) {
        return ranges.stream().filter(SnapshotRange::whole).reduce((a, b) -> b).orElse(null);
    }

    /** Returns from where whoever knows nothing yet reads the whole table. */
    long freshPosition() {
        SnapshotRange last = lastWhole(snapshots);
        return last == null ? shard.firstIndex() : last.firstRow();
    }

    /** Returns how far the log can be read. */
    long endPosition() {
        return Math.min(shownTo, shard.endIndex());
    }

    /** Returns the snapshot that starts at an index or is the first to start behind it, or null where none does. */
    @org.jspecify.annotations.Nullable
    SnapshotRange nextSnapshot(long index) {
        for (SnapshotRange range : snapshots) {
            if (range.start() >= index) {
                return range;
            }
        }
        return null;
    }

    /** Appends rows that went and rows that came, all or nothing. */
    CompletableFuture<Appended> append(RowBatch went, RowBatch came) {
        changes += (long) went.selectedCount() + came.selectedCount();
        return append(rows.changes(went, came));
    }

    private CompletableFuture<Appended> append(RowBatch stored) {
        return shard.append(stored, null, LogBatch.NO_BOUND, null);
    }

    /** Returns how many rows have been written since the last snapshot. */
    long changesSinceSnapshot() {
        return changes;
    }

    /**
     * Writes all rows once more. Nothing else may be appended meanwhile.
     *
     * @throws MillraceException where it cannot be stored; the log can be used all the same
     */
    void writeSnapshot(TableVersion version) {
        changes = 0;
        long start = shard.endIndex();
        shownTo = start;
        try {
            append(start, version.rows());
            add(new SnapshotRange(start, shard.endIndex(), true));
            hold();
        } catch (RuntimeException e) {
            if (shard.endIndex() > start) {
                add(new SnapshotRange(start, shard.endIndex(), false));
            }
            throw e;
        } finally {
            shownTo = Long.MAX_VALUE;
        }
    }

    private void append(long start, RowBatch present) {
        List<CompletableFuture<Appended>> appends = new ArrayList<>();
        appends.add(append(rows.mark(ChangeRows.SNAPSHOT_STARTS)));
        int[] slots = present.selection();
        if (slots == null) {
            throw new IllegalStateException("a version says which rows are live");
        }
        int count = present.selectedCount();
        for (int from = 0; from < count; ) {
            int to = end(present, slots, from, count);
            RowBatch part = present.view();
            part.select(Arrays.copyOfRange(slots, from, to), to - from);
            appends.add(append(rows.there(part)));
            from = to;
        }
        appends.add(append(rows.mark(ChangeRows.SNAPSHOT_ENDS)));
        try {
            CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            // All have been tried when this is told, so the end of what was written is known.
            throw e.getCause() instanceof MillraceException failure
                    ? failure
                    : new MillraceException(
                            ErrorCode.IO_ERROR, "the snapshot at " + start + " cannot be written", null, e);
        }
    }

    private static int end(RowBatch present, int[] slots, int from, int count) {
        long bytes = 0;
        int to = from;
        while (to < count && (to == from || bytes < SNAPSHOT_APPEND_BYTES)) {
            bytes += RowBytes.of(present, slots[to++]);
        }
        return to;
    }

    private void add(SnapshotRange range) {
        long first = shard.firstIndex();
        List<SnapshotRange> kept = new ArrayList<>();
        for (SnapshotRange known : snapshots) {
            if (known.end() > first) {
                kept.add(known);
            }
        }
        kept.add(range);
        snapshots = List.copyOf(kept);
    }
}
