package io.millrace.connector.iceberg;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.ExpireSnapshots.CleanupLevel;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** The history of a table. */
final class Snapshots {

    private Snapshots() {}

    /**
     * Has a table forget snapshots that are older than a time, or more than wanted, with the files that only they need.
     * The newest stays, and what branches and tags hold. Returns whether there were any.
     */
    static boolean expire(Table table, Instant oldest, int max) {
        table.refresh();
        List<Snapshot> snapshots = new ArrayList<>();
        table.snapshots().forEach(snapshots::add);
        snapshots.sort(Comparator.comparingLong(Snapshot::timestampMillis));
        long before = oldest.toEpochMilli();
        if (snapshots.size() > max) {
            before = Math.max(before, snapshots.get(snapshots.size() - max).timestampMillis());
        }
        if (snapshots.size() < 2 || snapshots.getFirst().timestampMillis() >= before) {
            return false;
        }
        table.expireSnapshots()
                .expireOlderThan(before)
                .retainLast(1)
                .cleanupLevel(CleanupLevel.ALL)
                .commit();
        return true;
    }
}
