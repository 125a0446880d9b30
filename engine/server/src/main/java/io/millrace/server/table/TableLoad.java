package io.millrace.server.table;

import io.millrace.runtime.view.MaterializedRows;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads a table's log when it is opened: where its snapshots are, and what the rows are that it comes to. */
final class TableLoad {

    private static final int ENTRIES_MAX = 65_536;

    private final String table;
    private final ShardLog shard;
    private final RowType type;
    private final List<SnapshotRange> snapshots = new ArrayList<>();
    private long start = -1;
    private long changes;

    TableLoad(String table, ShardLog shard, RowType type) {
        this.table = table;
        this.shard = shard;
        this.type = type;
        read(shard.firstIndex(), RowType.of(), this::look);
        if (start >= 0) {
            snapshots.add(new SnapshotRange(start, shard.endIndex(), false));
        }
    }

    /** Returns the snapshots that are in the log, ascending. */
    List<SnapshotRange> snapshots() {
        return snapshots;
    }

    /** Returns how many changes come after the last whole snapshot. */
    long changes() {
        return changes;
    }

    private void look(RowBatch rows, long firstIndex) {
        int[] meanings = ChangeRows.meanings(rows);
        for (int row = 0; row < rows.size(); row++) {
            look(meanings[row], firstIndex + row);
        }
    }

    private void look(int meaning, long index) {
        switch (meaning) {
            case ChangeRows.SNAPSHOT_STARTS -> {
                breakOff(index);
                start = index;
            }
            case ChangeRows.SNAPSHOT_ENDS -> {
                if (start >= 0) {
                    snapshots.add(new SnapshotRange(start, index + 1, true));
                    start = -1;
                    changes = 0;
                }
            }
            case ChangeRows.THERE -> {}
            default -> {
                breakOff(index);
                changes++;
            }
        }
    }

    /** What follows a snapshot that does not end is no part of it. */
    private void breakOff(long index) {
        if (start >= 0) {
            snapshots.add(new SnapshotRange(start, index, false));
            start = -1;
        }
    }

    /**
     * Returns the rows of the table, in no order.
     *
     * @throws MillraceException {@code DATA_CORRUPTED} where the log is not whole
     */
    RowBatch rows() {
        SnapshotRange last = snapshots.stream()
                .filter(SnapshotRange::whole)
                .reduce((a, b) -> b)
                .orElse(null);
        if (last == null && shard.firstIndex() > 0) {
            throw corrupted("its log starts at entry " + shard.firstIndex() + " and has no snapshot");
        }
        MaterializedRows rows = new MaterializedRows(type);
        long[] step = {0};
        read(last == null ? 0 : last.firstRow(), type, (batch, index) -> {
            if (weigh(batch, index, last)) {
                rows.write(++step[0], declared(batch), LogBatch.NO_BOUND).join();
            }
        });
        if (rows.rowCount() < 0) {
            throw corrupted("its log takes out rows that it does not have");
        }
        return rows.snapshot();
    }

    /** Gives rows their weights and leaves out those that say nothing; returns whether any are left. */
    private static boolean weigh(RowBatch rows, long firstIndex, @Nullable SnapshotRange taken) {
        int[] meanings = ChangeRows.meanings(rows);
        int[] weights = new int[rows.size()];
        int[] selection = new int[rows.size()];
        int count = 0;
        for (int row = 0; row < rows.size(); row++) {
            int weight = weight(meanings[row], taken != null && firstIndex + row < taken.end());
            if (weight != 0) {
                weights[row] = weight;
                selection[count++] = row;
            }
        }
        rows.weights(weights);
        rows.select(selection, count);
        return count > 0;
    }

    /** Returns what a row counts, where its snapshot is the one that is read, or not. */
    static int weight(int meaning, boolean ofSnapshot) {
        return switch (meaning) {
            case ChangeRows.CAME -> 1;
            case ChangeRows.WENT -> -1;
            case ChangeRows.THERE -> ofSnapshot ? 1 : 0;
            default -> 0;
        };
    }

    private RowBatch declared(RowBatch stored) {
        Column[] columns = new Column[type.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = stored.column(i);
        }
        RowBatch rows = new RowBatch(type, columns);
        rows.size(stored.size());
        rows.select(stored.selection(), stored.selectedCount());
        rows.weights(stored.weights());
        return rows;
    }

    private void read(long from, RowType columns, ObjLongConsumer<RowBatch> consumer) {
        try (LogReader reader = shard.reader(from, new ReadOptions(ChangeRows.wanted(columns), false))) {
            LogBatch batch = reader.poll(ENTRIES_MAX);
            while (batch != null) {
                if (!(batch instanceof LogBatch.Rows rows)) {
                    throw corrupted("its log has records");
                }
                if (rows.size() > 0) {
                    consumer.accept(rows.rows(), rows.firstIndex());
                }
                batch = reader.poll(ENTRIES_MAX);
            }
        }
    }

    private MillraceException corrupted(String why) {
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                "table '" + table + "' cannot be read: " + why,
                "put back its log from a copy, or drop the table");
    }
}
