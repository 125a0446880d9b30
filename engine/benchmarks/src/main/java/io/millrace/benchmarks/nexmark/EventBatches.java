package io.millrace.benchmarks.nexmark;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;

/**
 * The rows of Nexmark's tables, batch after batch.
 *
 * @param events what happens when
 * @param count how many events there are
 */
public record EventBatches(Events events, long count) {

    private static final int ROWS = 10_000;
    private static final int SIDE_ROWS = 10_000;
    private static final RowType SIDE = EventRows.typeOf("id number", "label text");

    /** Takes batches, each of which is valid during the call. */
    interface Taker {
        void take(RowBatch rows) throws IOException;
    }

    /** The four tables. */
    enum Table {
        PERSON,
        AUCTION,
        BID,
        SIDE_INPUT;

        /** Returns the name of the stream, the table and the files. */
        String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        RowType type() {
            return this == SIDE_INPUT ? SIDE : EventRows.type(Events.Kind.valueOf(name()));
        }
    }

    /** Gives all rows of a table, in the order of the events. */
    void each(Table table, Taker taker) throws IOException {
        if (table == Table.SIDE_INPUT) {
            taker.take(side());
            return;
        }
        Events.Kind kind = Events.Kind.valueOf(table.name());
        EventRows rows = EventRows.of(kind, events);
        RowBatch batch = RowBatch.create(table.type(), ROWS);
        for (long event = 0; event < count; event++) {
            if (Events.kind(event) == kind) {
                rows.append(batch, event);
            }
            if (batch.size() == ROWS || (event == count - 1 && batch.size() > 0)) {
                taker.take(batch);
                batch.clear();
            }
        }
    }

    private static RowBatch side() {
        RowBatch batch = RowBatch.create(SIDE, SIDE_ROWS);
        for (int row = 0; row < SIDE_ROWS; row++) {
            ((LongColumn) batch.column(0)).set(row, row);
            ((BytesColumn) batch.column(1)).append(row, "label " + row);
        }
        batch.size(SIDE_ROWS);
        return batch;
    }
}
