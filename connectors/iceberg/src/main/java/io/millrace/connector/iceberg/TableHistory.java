package io.millrace.connector.iceberg;

import io.millrace.spi.connector.RelationChange;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/** The snapshots of a table as the changes of those who follow it. */
final class TableHistory {

    private TableHistory() {}

    /** Returns the changes behind a snapshot, the oldest first; without one the newest, as one that adds all rows. */
    static List<RelationChange> changes(Table table, @Nullable String after) {
        Snapshot newest = table.currentSnapshot();
        if (after == null) {
            return newest == null
                    ? List.of()
                    : List.of(new RelationChange(String.valueOf(newest.snapshotId()), true, null));
        }
        long from = Long.parseLong(after);
        List<RelationChange> changes = new ArrayList<>();
        for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
            if (snapshot.snapshotId() == from) {
                return changes.reversed();
            }
            changes.add(change(snapshot));
        }
        throw new MillraceException(
                ErrorCode.WRONG_STATE,
                "snapshot " + after + " of table '" + table.name()
                        + "', the last that was read, is none of its own any more",
                "it has expired, or the table was rolled back: make the external table anew, and keep snapshots"
                        + " longer");
    }

    private static RelationChange change(Snapshot snapshot) {
        String id = String.valueOf(snapshot.snapshotId());
        return switch (String.valueOf(snapshot.operation())) {
            case DataOperations.APPEND -> new RelationChange(id, true, null);
            // The same rows in other files, as compaction has it.
            case DataOperations.REPLACE -> new RelationChange(id, false, null);
            default ->
                new RelationChange(
                        id,
                        false,
                        "snapshot " + id + " is of kind '" + snapshot.operation()
                                + "': it takes rows away or changes them, and is passed over with what it adds");
        };
    }
}
