package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.plan.WindowSpec;
import io.millrace.runtime.aggregate.GroupState;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.util.Collection;
import java.util.Iterator;
import java.util.NavigableMap;

/** Aggregates by window: once per slice as rows come, slices put together when the window ends. */
final class WindowAggregateOperator extends PanedAggregate {

    private final WindowGrid grid;
    private final int timeColumn;
    private final String window;
    private final boolean cumulating;

    WindowAggregateOperator(
            PlanNode.WindowAggregate node, Operator input, boolean updating, ExpressionEngine engine, String origin) {
        super(
                node.id(),
                node.rowType(),
                input,
                node.timeColumn(),
                node.keys(),
                node.aggregates(),
                updating,
                engine,
                origin);
        this.grid = WindowGrid.of(node.window());
        this.timeColumn = node.timeColumn();
        this.window = node.window().toString();
        this.cumulating = node.window() instanceof WindowSpec.Cumulating;
    }

    @Override
    long paneBound() {
        return WindowBounds.timeBound(input(), timeColumn);
    }

    @Override
    long paneStart(long value) {
        return grid.sliceStart(value);
    }

    @Override
    long paneEnd(long start) {
        return grid.sliceEnd(start);
    }

    @Override
    boolean outside(long start) {
        return grid.lastEnd(start) == WindowGrid.NONE;
    }

    @Override
    boolean closed(long start, long passed) {
        return grid.lastEnd(start) <= passed;
    }

    @Override
    boolean partlyClosed(long start, long passed) {
        return grid.firstEnd(start) <= passed;
    }

    @Override
    long nextEmission(NavigableMap<Long, Pane> open, long passed) {
        return open.isEmpty() ? CLOSED : grid.firstEndAfter(open.firstKey(), passed);
    }

    @Override
    GroupState emission(NavigableMap<Long, Pane> open, long end) {
        var slices = open.subMap(grid.startOf(end), end).values();
        if (slices.size() == 1) {
            return slices.iterator().next().groups();
        }
        return cumulating ? merged(slices.iterator()) : copied(slices);
    }

    private GroupState copied(Collection<Pane> slices) {
        GroupState whole = newGroups();
        for (Pane slice : slices) {
            whole.merge(slice.groups());
        }
        return whole;
    }

    /** Makes one slice of several: no window ends between them that has not been put out. */
    private static GroupState merged(Iterator<Pane> slices) {
        GroupState whole = slices.next().groups();
        while (slices.hasNext()) {
            whole.merge(slices.next().groups());
            slices.remove();
        }
        return whole;
    }

    @Override
    void dropClosed(NavigableMap<Long, Pane> open, long passed) {
        while (!open.isEmpty() && closed(open.firstKey(), passed)) {
            open.pollFirstEntry();
        }
    }

    @Override
    void writeRow(GroupState groups, int group, RowBatch target, int row, long end) {
        groups.write(group, target, row, keyCount() + 2);
        ((LongColumn) target.column(keyCount())).set(row, grid.startOf(end));
        ((LongColumn) target.column(keyCount() + 1)).set(row, end);
    }

    @Override
    public long bound(int column) {
        int which = column - keyCount();
        return which == 0 || which == 1 ? WindowBounds.of(which, paneBound(), grid) : NO_BOUND;
    }

    @Override
    public long rowtimeBound() {
        return bound(keyCount());
    }

    @Override
    public String stateLayout() {
        return super.stateLayout() + " " + window;
    }
}
