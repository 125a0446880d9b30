package io.millrace.runtime.view;

import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of one moment, as the source of a bounded scan: one split, positions are places among the rows that count. */
public final class SnapshotSource implements Source {

    private static final String SPLIT = "rows";

    private final RowBatch rows;
    private final RowType columns;

    /**
     * @param columns the columns wanted, by name; a column that the view lacks reads as the time 0 where it is a
     *     required time, and as NULL else
     */
    public SnapshotSource(RowBatch rows, RowType columns) {
        this.rows = rows;
        this.columns = columns;
    }

    @Override
    public List<String> splits() {
        return List.of(SPLIT);
    }

    @Override
    public long firstPosition(String split) {
        return 0;
    }

    @Override
    public long endPosition(String split) {
        return rows.selectedCount();
    }

    @Override
    public long idleBound(String split, long position) {
        return Long.MAX_VALUE;
    }

    @Override
    public SplitReader open(String split, long position) {
        return new Reader((int) position);
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        return () -> {};
    }

    @Override
    public void close() {}

    private Column column(int index) {
        int at = rows.type().indexOf(columns.field(index).name());
        if (at >= 0) {
            return rows.column(at);
        }
        Column missing = Column.create(columns.field(index).type(), rows.size());
        if (columns.field(index).nullable() || !(missing instanceof LongColumn)) {
            for (int row = 0; row < rows.size(); row++) {
                missing.setNull(row);
            }
        }
        return missing;
    }

    private final class Reader implements SplitReader {

        private final Column[] shared = new Column[columns.size()];
        private int position;

        Reader(int position) {
            this.position = position;
            for (int i = 0; i < shared.length; i++) {
                shared[i] = column(i);
            }
        }

        @Override
        public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
            int end = (int) Math.min(endPosition, (long) position + entriesMax);
            if (end <= position) {
                return null;
            }
            int[] selection = new int[end - position];
            for (int i = 0; i < selection.length; i++) {
                selection[i] = rows.selectedRow(position + i);
            }
            RowBatch batch = new RowBatch(columns, shared);
            batch.size(selection[selection.length - 1] + 1);
            batch.select(selection, selection.length);
            position = end;
            return new SourceBatch(batch, List.of(), Long.MIN_VALUE);
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void close() {}
    }
}
