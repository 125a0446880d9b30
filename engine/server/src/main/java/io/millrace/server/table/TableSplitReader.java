package io.millrace.server.table;

import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table's log as rows that come and go. One that starts in a snapshot takes its rows as such that came; one that
 * meets the start of a snapshot knows them all, and passes over it.
 */
final class TableSplitReader implements SplitReader {

    private final TableLog log;
    private final RowType wanted;
    private final LogReader reader;

    TableSplitReader(TableLog log, long position, RowType wanted) {
        if (wanted.fields().stream().anyMatch(ChangeRows::isSlot)) {
            throw new MillraceException(ErrorCode.UNSUPPORTED, "the place of a table's row is not for queries");
        }
        this.log = log;
        this.wanted = wanted;
        this.reader = log.shard().reader(position, new ReadOptions(ChangeRows.wanted(wanted), false));
    }

    @Override
    public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
        boolean passed = pass(endPosition);
        SnapshotRange next = log.nextSnapshot(reader.position());
        long end = next == null ? endPosition : Math.min(endPosition, next.start());
        long room = Math.min(entriesMax, end - reader.position());
        LogBatch batch = room <= 0 ? null : reader.poll((int) room);
        return switch (batch) {
            case null -> passed ? new SourceBatch(RowBatch.create(wanted, 0), List.of(), Long.MIN_VALUE) : null;
            case LogBatch.Rows rows -> new SourceBatch(weighed(rows.rows()), List.of(), Long.MIN_VALUE);
            case LogBatch.Records records -> throw new IllegalStateException("records in the log of a table");
        };
    }

    /** Passes over the snapshots that start here; returns whether there was any. */
    private boolean pass(long endPosition) {
        boolean passed = false;
        SnapshotRange range = log.nextSnapshot(reader.position());
        while (range != null && range.start() == reader.position() && range.end() <= endPosition) {
            reader.seek(range.end());
            passed = true;
            range = log.nextSnapshot(reader.position());
        }
        return passed;
    }

    private RowBatch weighed(RowBatch stored) {
        int[] meanings = ChangeRows.meanings(stored);
        int[] weights = new int[stored.size()];
        int[] selection = new int[stored.size()];
        int count = 0;
        boolean taken = false;
        for (int row = 0; row < stored.size(); row++) {
            // Where snapshots are passed over, rows of one are those of the one that was started in.
            weights[row] = TableLoad.weight(meanings[row], true);
            taken |= weights[row] < 0;
            if (weights[row] != 0) {
                selection[count++] = row;
            }
        }
        Column[] columns = new Column[wanted.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = stored.column(i);
        }
        RowBatch rows = new RowBatch(wanted, columns);
        rows.size(stored.size());
        if (count < stored.size()) {
            rows.select(selection, count);
        }
        rows.weights(taken ? weights : null);
        return rows;
    }

    @Override
    public long position() {
        return reader.position();
    }

    @Override
    public void close() {
        reader.close();
    }
}
