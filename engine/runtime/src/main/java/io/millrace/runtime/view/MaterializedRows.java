package io.millrace.runtime.view;

import io.millrace.runtime.pump.StatefulSink;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A multiset of rows: what rows with weights add up to. Safe for use by several threads; a reader sees all of a step
 * or nothing of it.
 */
public final class MaterializedRows implements StatefulSink {

    private final RowType rowType;
    private final ChangeLog log;
    private final GroupTable table;
    private final GroupedRows grouped = new GroupedRows();
    private long[] weights = {};
    private long rowCount;
    private long step;

    /** Creates a multiset that nobody follows. */
    public MaterializedRows(RowType rowType) {
        this(rowType, ChangeLog.NOBODY);
    }

    /** @param log takes what changes */
    public MaterializedRows(RowType rowType, ChangeLog log) {
        this.rowType = rowType;
        this.log = log;
        List<Integer> all = IntStream.range(0, rowType.size()).boxed().toList();
        this.table = GroupTable.create(rowType, all);
    }

    public RowType rowType() {
        return rowType;
    }

    @Override
    public boolean acceptsUpdates() {
        return true;
    }

    @Override
    public synchronized CompletableFuture<Void> write(long stepNumber, RowBatch rows, long rowtimeBound) {
        if (stepNumber > step) {
            step = stepNumber;
            add(rows);
        }
        return log.write(stepNumber, rows);
    }

    /** Returns all rows, and where the changes after them begin. */
    public synchronized ViewContent content() {
        return new ViewContent(snapshot(), log.end());
    }

    private void add(RowBatch rows) {
        grouped.of(rows, 0);
        table.find(grouped);
        if (weights.length < table.size()) {
            weights = Arrays.copyOf(weights, Math.max(table.size(), 2 * weights.length));
        }
        for (int i = 0; i < grouped.count(); i++) {
            int weight = rows.weight(grouped.rows()[i]);
            weights[grouped.groups()[i]] += weight;
            rowCount += weight;
        }
        for (int i = 0; i < grouped.count(); i++) {
            int group = grouped.groups()[i];
            if (weights[group] == 0 && table.live(group)) {
                table.remove(group);
            }
        }
    }

    /** Returns how many rows there are. */
    public synchronized long rowCount() {
        return rowCount;
    }

    /** Returns the number of the last step whose rows are in. */
    public synchronized long step() {
        return step;
    }

    /**
     * Returns a copy of all rows, each as often as it is there, in no order.
     *
     * @throws MillraceException {@code LIMIT_EXCEEDED} where they do not fit one batch
     */
    public synchronized RowBatch snapshot() {
        if (rowCount > Integer.MAX_VALUE - 8) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED, "a view of " + rowCount + " rows is read as one batch of at most 2^31");
        }
        RowBatch copy = RowBatch.create(rowType, (int) Math.max(0, rowCount));
        for (int group = 0; group < table.size(); group++) {
            long count = table.live(group) ? weights[group] : 0;
            for (long i = 0; i < count; i++) {
                int row = copy.size();
                copy.ensureCapacity(row + 1);
                table.writeKey(group, copy, row);
                copy.size(row + 1);
            }
        }
        return copy;
    }

    @Override
    public String stateLayout() {
        return "rows of " + rowType;
    }

    @Override
    public synchronized void save(StateWriter out) {
        out.writeLong(step);
        out.writeLong(rowCount);
        table.save(out);
        out.writeLongs(weights, table.size());
    }

    @Override
    public synchronized void load(StateReader in) {
        step = in.readLong();
        rowCount = in.readLong();
        table.load(in);
        weights = in.readLongs(table.size());
    }

    @Override
    public void close() {}
}
