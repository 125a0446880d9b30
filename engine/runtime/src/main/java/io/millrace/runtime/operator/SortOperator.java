package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.spill.SortedRuns;
import io.millrace.runtime.spill.Workspace;
import io.millrace.runtime.spill.WorkspaceShare;
import io.millrace.runtime.state.RowCopy;
import io.millrace.runtime.state.RowOrder;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the rows of a bounded query. Equal rows keep the order in which they came. With a limit it keeps few more rows
 * than that.
 *
 * <p>Rows that take more memory than they may are put aside as a sorted run, and the runs are merged at the end.
 */
final class SortOperator extends Operator {

    private static final int KEPT_ROWS_MIN = 65_536;

    /** What sorting takes beside the rows, for each: its number as an object, and a reference to that. */
    private static final int BYTES_A_ROW = 20;

    /** How much the rows take is looked at whenever they are more by this part. */
    private static final int LOOK_SHARE = 8;

    private final RowOrder keys;
    private final long offset;
    private final long end;
    private final WorkspaceShare memory;
    private final SortedRuns runs;
    private final RowBatch out;
    private RowBatch rows;
    private Integer[] order = {};
    private long lookAtRows;
    private long given;
    private boolean sorted;
    private @Nullable Step step;

    SortOperator(PlanNode.Sort node, RowRange range, Operator input, Workspace workspace) {
        super(node.id(), node.rowType(), input);
        this.keys = RowOrder.by(node.keys());
        this.offset = range.offset();
        this.end = range.end();
        this.memory = workspace.share();
        this.runs = new SortedRuns(node.rowType(), keys, memory, this::checkCancelled);
        this.rows = RowBatch.create(node.rowType(), 0);
        this.out = RowBatch.create(node.rowType(), 0);
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
    }

    private void checkCancelled() {
        if (step != null) {
            step.checkCancelled();
        }
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!sorted) {
            collect();
            sort();
            if (!runs.isEmpty()) {
                putAside();
                runs.merge();
            }
            given = runs.isEmpty() ? Math.min(offset, order.length) : runs.skip(offset);
            sorted = true;
        }
        out.clear();
        if (runs.isEmpty()) {
            giveSorted();
        } else {
            giveMerged();
        }
        return out.size() > 0 ? out : null;
    }

    private void giveSorted() {
        long last = Math.min(end, order.length);
        while (given < last && out.size() < BATCH_ROWS_MAX) {
            out.appendFrom(rows, order[(int) given++]);
        }
    }

    private void giveMerged() {
        while (given < end && out.size() < BATCH_ROWS_MAX && runs.next()) {
            out.appendFrom(runs.batch(), runs.row());
            given++;
        }
    }

    private void collect() {
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            RowCopy.append(rows, batch);
            if (end < Long.MAX_VALUE && rows.size() > KEPT_ROWS_MIN && rows.size() / 4 > end) {
                keepFirst((int) end);
            }
            if (rows.size() >= lookAtRows) {
                lookAtRows = rows.size() + (long) rows.size() / LOOK_SHARE;
                HeapSize size = HeapSize.ofState(rows);
                if (!memory.hold(size.bytes() + (long) BYTES_A_ROW * rows.size(), size.longest())) {
                    sort();
                    putAside();
                }
            }
        }
    }

    /** Puts the sorted rows aside as a run, as many of them as can be in the answer. */
    private void putAside() {
        runs.begin();
        int count = (int) Math.min(end, order.length);
        for (int i = 0; i < count; i++) {
            runs.add(rows, order[i]);
        }
        rows = RowBatch.create(rowType(), 0);
        lookAtRows = 0;
        order = new Integer[0];
        memory.hold(0);
        runs.end();
    }

    private void keepFirst(int count) {
        sort();
        Arrays.sort(order, 0, count);
        RowBatch kept = RowBatch.create(rowType(), count);
        for (int i = 0; i < count; i++) {
            kept.appendFrom(rows, order[i]);
        }
        rows = kept;
    }

    private void sort() {
        order = new Integer[rows.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        RowBatch all = rows;
        Arrays.sort(order, (left, right) -> keys.compare(all, left, all, right));
    }

    @Override
    public long bound(int column) {
        return input().bound(column);
    }

    @Override
    long spilledBytes() {
        return memory.spilledBytes();
    }

    @Override
    void release() {
        memory.close();
        runs.close();
    }
}
