package io.millrace.runtime.view;

import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of one moment, as the source of a bounded scan: one split, positions are places among the rows that count. */
public final class SnapshotSource implements Source {

    private static final String SPLIT = "rows";

    private final RowBatch rows;

    /** @param columns the columns wanted; see {@link ViewColumns} */
    public SnapshotSource(RowBatch rows, RowType columns) {
        this.rows = ViewColumns.of(rows, columns);
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

    private final class Reader implements SplitReader {

        private int position;

        Reader(int position) {
            this.position = position;
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
            RowBatch batch = ViewColumns.of(rows, rows.type());
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
