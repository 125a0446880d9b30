package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Gives each row once per window it lies in, where windows lie in a grid. Where windows do not overlap the input's columns are passed on as they
 * are; otherwise rows are copied.
 */
final class WindowOperator extends Operator {

    private static final int ADDED_COLUMNS = 3;

    private final WindowGrid grid;
    private final int timeColumn;
    private final int inputColumns;
    private final String origin;
    private final LongColumn[] added = {new LongColumn(0), new LongColumn(0), new LongColumn(0)};
    private final RowBatch copies;
    private int[] selection = {};
    private @Nullable Step step;
    private @Nullable RowBatch copying;
    private int copied;
    private long copiedEnd = WindowGrid.NONE;

    WindowOperator(PlanNode.Window node, Operator input, String origin) {
        super(node.id(), node.rowType(), input);
        this.grid = WindowGrid.of(node.window());
        this.timeColumn = node.timeColumn();
        this.inputColumns = node.rowType().size() - ADDED_COLUMNS;
        this.origin = origin;
        this.copies = RowBatch.create(node.rowType(), 0);
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
    }

    @Override
    protected @Nullable RowBatch produce() {
        while (true) {
            RowBatch rows = copying;
            if (rows != null) {
                RowBatch result = copyNext(rows);
                if (result != null) {
                    return result;
                }
            }
            RowBatch batch = input().next();
            if (batch == null) {
                return null;
            }
            if (grid.overlapping()) {
                copying = batch;
                copied = 0;
                copiedEnd = WindowGrid.NONE;
            } else {
                RowBatch result = addColumns(batch);
                if (result.selectedCount() > 0) {
                    return result;
                }
            }
        }
    }

    private RowBatch addColumns(RowBatch batch) {
        LongColumn times = (LongColumn) batch.column(timeColumn);
        int count = batch.selectedCount();
        if (selection.length < count) {
            selection = new int[count];
        }
        for (LongColumn column : added) {
            column.ensureCapacity(batch.size());
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = batch.selectedRow(i);
            long end = firstEnd(batch, times, row);
            if (end != WindowGrid.NONE) {
                setWindow(added[0], added[1], added[2], row, end);
                selection[kept++] = row;
            }
        }
        return withWindows(batch, kept);
    }

    private RowBatch withWindows(RowBatch batch, int kept) {
        Column[] columns = new Column[inputColumns + ADDED_COLUMNS];
        for (int i = 0; i < inputColumns; i++) {
            columns[i] = batch.column(i);
        }
        System.arraycopy(added, 0, columns, inputColumns, ADDED_COLUMNS);
        return Views.of(batch, rowType(), columns, selection, kept);
    }

    private @Nullable RowBatch copyNext(RowBatch batch) {
        copies.clear();
        LongColumn times = (LongColumn) batch.column(timeColumn);
        while (copied < batch.selectedCount() && copies.size() < BATCH_ROWS_MAX) {
            int row = batch.selectedRow(copied);
            copiedEnd = copiedEnd == WindowGrid.NONE
                    ? firstEnd(batch, times, row)
                    : grid.firstEndAfter(grid.sliceStart(times.get(row)), copiedEnd);
            if (copiedEnd == WindowGrid.NONE) {
                copied++;
            } else {
                copy(batch, row, copiedEnd);
            }
        }
        if (copied == batch.selectedCount()) {
            copying = null;
        }
        return copies.size() > 0 ? copies : null;
    }

    private void copy(RowBatch batch, int row, long end) {
        int at = copies.size();
        copies.ensureCapacity(at + 1);
        for (int i = 0; i < inputColumns; i++) {
            copies.column(i).copyFrom(batch.column(i), row, at);
        }
        setWindow(
                (LongColumn) copies.column(inputColumns),
                (LongColumn) copies.column(inputColumns + 1),
                (LongColumn) copies.column(inputColumns + 2),
                at,
                end);
        if (batch.weights() != null) {
            copies.weightsForWriting(at + 1)[at] = batch.weight(row);
        }
        CopiedOrigins.note(batch, row, copies, at);
        copies.size(at + 1);
    }

    private void setWindow(LongColumn start, LongColumn endColumn, LongColumn time, int row, long end) {
        start.set(row, grid.startOf(end));
        endColumn.set(row, end);
        time.set(row, end - 1);
    }

    private long firstEnd(RowBatch batch, LongColumn times, int row) {
        if (times.isNull(row)) {
            if (step != null) {
                step.rejectTimeless(origin, batch, row, "its time is NULL, so it lies in no window");
            }
            return WindowGrid.NONE;
        }
        return grid.firstEnd(grid.sliceStart(times.get(row)));
    }

    @Override
    public boolean mayHaveMore() {
        return copying != null || input().mayHaveMore();
    }

    @Override
    public long bound(int column) {
        if (column < inputColumns) {
            return input().bound(column);
        }
        long bound = WindowBounds.timeBound(input(), timeColumn);
        // A row of the bound's time lies in windows that end after it.
        return WindowBounds.of(column - inputColumns, bound, grid);
    }

    @Override
    public boolean complete() {
        return input().complete();
    }
}
