package io.millrace.runtime.operator;

import io.millrace.plan.AggregateCall;
import io.millrace.runtime.aggregate.GroupState;
import io.millrace.runtime.aggregate.GroupValues;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What aggregates by time have in common: rows are added to panes in the order of time, and what is complete is put out
 * once, when the bound has passed it.
 */
abstract class PanedAggregate extends KeyedOperator {

    private final int paneColumn;
    private final List<Integer> keys;
    private final List<AggregateCall> calls;
    private final boolean updating;
    private final ExpressionEngine engine;
    private final String origin;
    private final TreeMap<Long, Pane> panes = new TreeMap<>();
    private final List<Pane> collecting = new ArrayList<>();
    /** Lent to panes while they collect: most panes have no rows in most batches. */
    private final ArrayDeque<GroupedRows> spare = new ArrayDeque<>();

    private final RowBatch out;
    private @Nullable Pane current;
    private @Nullable Step step;
    private boolean inputDone;
    private @Nullable GroupState emitting;
    private int emitted;
    private long ordinal;
    private long passed = NO_BOUND;
    /** The bound at which something is to be put out of what is put aside. */
    private long dueAside = CLOSED;

    /**
     * @param paneColumn column of the input that says which pane a row belongs to
     * @param updating whether rows may come with a weight of −1
     */
    PanedAggregate(
            String id,
            RowType rowType,
            Operator input,
            int paneColumn,
            List<Integer> keys,
            List<AggregateCall> calls,
            boolean updating,
            ExpressionEngine engine,
            String origin) {
        super(id, rowType, input);
        this.paneColumn = paneColumn;
        this.keys = keys;
        this.calls = calls;
        this.updating = updating;
        this.engine = engine;
        this.origin = origin;
        this.out = RowBatch.create(rowType, 0);
    }

    /** Returns the bound of what panes go by. */
    abstract long paneBound();

    /** Returns the first time of the pane that a value belongs to. */
    abstract long paneStart(long value);

    /** Returns the first value after those of a pane. */
    abstract long paneEnd(long start);

    /** Returns whether a row of the pane belongs to nothing at all. */
    abstract boolean outside(long start);

    /** Returns whether all that a row of the pane belongs to has been put out. */
    abstract boolean closed(long start, long passedNow);

    /** Returns whether something that a row of the pane belongs to has been put out, but not all. */
    abstract boolean partlyClosed(long start, long passedNow);

    /** Returns the least bound above the one passed at which something new is to be put out of these panes, or {@link #CLOSED}. */
    abstract long nextEmission(NavigableMap<Long, Pane> open, long passedNow);

    /** Returns the groups to put out at that bound. */
    abstract GroupState emission(NavigableMap<Long, Pane> open, long at);

    /** Drops panes that nothing needs any more. */
    abstract void dropClosed(NavigableMap<Long, Pane> open, long passedNow);

    /** Writes a group's row. */
    abstract void writeRow(GroupState groups, int group, RowBatch target, int row, long at);

    final GroupState newGroups() {
        return new GroupState(input().rowType(), keys, calls, updating, engine);
    }

    final int keyCount() {
        return keys.size();
    }

    /** Returns the time up to which everything has been put out. */
    final long passed() {
        return passed;
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        inputDone = false;
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!inputDone) {
            absorb();
            inputDone = true;
        }
        while (true) {
            if (emitting != null) {
                RowBatch rows = emitNext(emitting);
                if (rows != null) {
                    return rows;
                }
            }
            if (!startEmission(paneBound())) {
                return null;
            }
        }
    }

    @Override
    void absorb() {
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            add(batch);
        }
    }

    private boolean startEmission(long bound) {
        if (bound == NO_BOUND) {
            return false;
        }
        long at = nextEmission(panes, passed);
        if (at > bound || panes.isEmpty()) {
            passed = Math.max(passed, bound);
            current = null;
            dropClosed(panes, passed);
            return false;
        }
        passed = at;
        emitting = emission(panes, at);
        emitted = 0;
        return true;
    }

    private @Nullable RowBatch emitNext(GroupState groups) {
        out.clear();
        out.ensureCapacity(Math.min(BATCH_ROWS_MAX, groups.table().size()));
        for (; emitted < groups.table().size() && out.size() < BATCH_ROWS_MAX; emitted++) {
            if (groups.table().live(emitted) && groups.hasRows(emitted)) {
                emit(groups, emitted);
            }
        }
        if (emitted == groups.table().size()) {
            emitting = null;
            current = null;
            dropClosed(panes, passed);
        }
        return out.size() > 0 ? out : null;
    }

    @Override
    final long givenTime() {
        return passed;
    }

    @Override
    final long outTime() {
        if (emitting != null) {
            return passed;
        }
        long next = panes.isEmpty() ? CLOSED : nextEmission(panes, passed);
        return next <= paneBound() ? next : CLOSED;
    }

    private void emit(GroupState groups, int group) {
        int row = out.size();
        try {
            writeRow(groups, group, out, row, passed);
            out.size(row + 1);
        } catch (MillraceException e) {
            step().reject(origin, out, row, e.code(), e.describe());
            for (int i = 0; i < out.columnCount(); i++) {
                out.column(i).clearNull(row);
            }
        }
    }

    private Step step() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    private void add(RowBatch batch) {
        Column column = batch.column(paneColumn);
        int count = batch.selectedCount();
        for (int i = 0; i < count; ) {
            int row = batch.selectedRow(i);
            if (column.isNull(row)) {
                reject(batch, row);
                i++;
                continue;
            }
            Pane pane = paneOf(batch, row, value(column, row));
            if (pane == null) {
                i++;
            } else if (pane == current) {
                i = collectRun(pane, batch, column, i);
            } else {
                collect(pane, batch, row);
                i++;
            }
        }
        addCollected();
        ordinal += batch.size();
        current = null;
    }

    private static long value(Column column, int row) {
        return column instanceof LongColumn longs ? longs.get(row) : ((IntColumn) column).get(row);
    }

    /** Collects the rows from the i-th on that belong to the pane; returns the place of the first that does not. */
    private int collectRun(Pane pane, RowBatch batch, Column column, int from) {
        if (!(column instanceof LongColumn longs) || column.nulls() != null) {
            collect(pane, batch, batch.selectedRow(from));
            return from + 1;
        }
        int[] selection = batch.selection();
        int end = selection == null
                ? endOfRun(pane, longs.values(), from, batch.size())
                : endOfRun(pane, longs.values(), selection, from, batch.selectedCount());
        GroupedRows pending = pendingOf(pane, batch, end - from);
        int[] rows = pending.rows();
        int at = pending.count();
        for (int i = from; i < end; i++) {
            rows[at++] = selection == null ? i : selection[i];
        }
        pending.count(at);
        return end;
    }

    private int endOfRun(Pane pane, long[] values, int from, int count) {
        long first = pane.start();
        long end = paneEnd(first);
        int i = from + 1;
        while (i < count && values[i] >= first && values[i] < end) {
            i++;
        }
        return i;
    }

    private int endOfRun(Pane pane, long[] values, int[] selection, int from, int count) {
        long first = pane.start();
        long end = paneEnd(first);
        int i = from + 1;
        while (i < count && values[selection[i]] >= first && values[selection[i]] < end) {
            i++;
        }
        return i;
    }

    private void collect(Pane pane, RowBatch batch, int row) {
        GroupedRows pending = pendingOf(pane, batch, 1);
        pending.rows()[pending.count()] = row;
        pending.count(pending.count() + 1);
    }

    private void reject(RowBatch batch, int row) {
        step().rejectTimeless(
                        origin,
                        batch,
                        row,
                        input().rowType().field(paneColumn).name() + " is NULL, so it lies in no window");
    }

    /** Returns the pane of a row, or null where it is late for all that it belongs to. */
    private @Nullable Pane paneOf(RowBatch batch, int row, long value) {
        Pane pane = current;
        if (pane != null && value >= pane.start() && value < paneEnd(pane.start())) {
            return pane;
        }
        long start = paneStart(value);
        if (outside(start)) {
            return null;
        }
        if (closed(start, passed)) {
            step().rejectLate(origin, batch, row, LateRows.OF_WINDOW);
            return null;
        }
        pane = panes.get(start);
        if (pane == null) {
            pane = new Pane(start, newGroups());
            panes.put(start, pane);
        }
        if (partlyClosed(start, passed)) {
            step().rejectLate(origin, batch, row, LateRows.OF_FIRST_WINDOWS);
            return pane;
        }
        current = pane;
        return pane;
    }

    private GroupedRows pendingOf(Pane pane, RowBatch batch, int more) {
        GroupedRows pending = pane.pending();
        if (pending == null) {
            pending = spare.isEmpty() ? new GroupedRows() : spare.pop();
            pending.start(batch, 0, ordinal);
            pane.pending(pending);
            collecting.add(pane);
        }
        pending.ensureRoom(more);
        return pending;
    }

    private void addCollected() {
        for (Pane pane : collecting) {
            GroupedRows rows = Objects.requireNonNull(pane.pending());
            pane.groups().find(rows);
            pane.groups().add(rows);
            pane.pending(null);
            spare.push(rows);
        }
        collecting.clear();
    }

    @Override
    public boolean due() {
        long next = nextDue();
        return super.due() || (next != CLOSED && next <= paneBound());
    }

    @Override
    public boolean holding() {
        return nextDue() != CLOSED || super.holding();
    }

    private long nextDue() {
        return panes.isEmpty() ? dueAside : Math.min(dueAside, nextEmission(panes, passed));
    }

    @Override
    final void standInFor(KeyedOperator aside) {
        dueAside = ((PanedAggregate) aside).nextDue();
    }

    @Override
    public String stateLayout() {
        return "panes " + paneColumn + " " + keys + " " + GroupValues.layout(calls) + " " + updating + " of "
                + input().rowType();
    }

    @Override
    public void save(StateWriter target) {
        target.writeLong(ordinal);
        target.writeLong(passed);
        target.writeInt(panes.size());
        panes.forEach((start, pane) -> {
            target.writeLong(start);
            pane.groups().save(target);
        });
    }

    @Override
    public void load(StateReader in) {
        dueAside = CLOSED;
        ordinal = in.readLong();
        passed = in.readLong();
        int count = in.readCount(8);
        for (int i = 0; i < count; i++) {
            Pane pane = new Pane(in.readLong(), newGroups());
            pane.groups().load(in);
            panes.put(pane.start(), pane);
        }
    }
}
