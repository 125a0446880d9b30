package io.millrace.server.table;

import io.millrace.runtime.table.TableVersion;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Changes of several statements that are stored together, under its table's monitor until they are sent. */
final class CommitGroup {

    private final TableVersion base;
    private final @Nullable CommitGroup before;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private TableVersion latest;
    private int[] removed = {};
    private int removedCount;
    private long bytes;
    private @Nullable MillraceException failure;

    /**
     * @param base the table before its first statement
     * @param before the group that is being stored, or null
     */
    CommitGroup(TableVersion base, @Nullable CommitGroup before) {
        this.base = base;
        this.before = before;
        this.latest = base;
    }

    void add(int[] slotsRemoved, TableVersion after, long bytesAdded) {
        int count = removedCount + slotsRemoved.length;
        if (removed.length < count) {
            removed = Arrays.copyOf(removed, Math.max(count, 2 * removed.length));
        }
        System.arraycopy(slotsRemoved, 0, removed, removedCount, slotsRemoved.length);
        removedCount = count;
        latest = after;
        bytes += bytesAdded;
    }

    @Nullable
    CommitGroup before() {
        return before;
    }

    /** Returns the table after its last statement. */
    TableVersion latest() {
        return latest;
    }

    long bytes() {
        return bytes;
    }

    CompletableFuture<Void> done() {
        return done;
    }

    @Nullable
    MillraceException failure() {
        return failure;
    }

    void failure(MillraceException reason) {
        failure = reason;
    }

    /** Returns the rows that were there before the group and are not after it. */
    RowBatch went() {
        int[] slots = Arrays.stream(removed, 0, removedCount)
                .filter(slot -> slot < base.slotCount())
                .sorted()
                .toArray();
        return selected(slots);
    }

    /** Returns the rows that were not there before the group and are after it. */
    RowBatch came() {
        int[] slots = new int[latest.slotCount() - base.slotCount()];
        int count = 0;
        for (int slot = base.slotCount(); slot < latest.slotCount(); slot++) {
            if (latest.has(slot)) {
                slots[count++] = slot;
            }
        }
        return selected(Arrays.copyOf(slots, count));
    }

    private RowBatch selected(int[] slots) {
        RowBatch rows = latest.slots();
        rows.select(slots, slots.length);
        return rows;
    }
}
