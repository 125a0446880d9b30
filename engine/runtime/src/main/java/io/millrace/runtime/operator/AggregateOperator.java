package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.aggregate.GroupState;
import io.millrace.runtime.aggregate.GroupValues;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.IdleGroups;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueOrder;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates by key in an endless query and puts out, once per step and key, what changed: the row as it was with weight
 * −1, the row as it is with +1.
 *
 * <p>Groups may be forgotten that have had no rows for long: their row is taken back, or, where rows are never taken back,
 * stays as it was given. Where the input takes rows back, groups go with their rows and not before.
 */
final class AggregateOperator extends KeyedOperator {

    private static final int NOT_SHOWN = -1;

    private final PlanNode.Aggregate node;
    private final boolean updating;
    private final boolean global;
    private final boolean distinct;
    private final String origin;
    private final GroupState groups;
    private final IdleGroups idle;
    private final GroupedRows rows = new GroupedRows();
    private final RowBatch before;
    private final RowBatch out;
    private boolean[] shown = {};
    private int[] beforeRow = {};
    private boolean[] isTouched = {};
    private boolean[] isForgotten = {};
    private int[] touched = {};
    private int touchedCount;
    private int emitted;
    private boolean inputDone;
    private long ordinal;
    private long dueAside = CLOSED;
    private @Nullable Step step;

    /**
     * @param updating whether rows may come with a weight of −1
     * @param ttlMicros how long a group without rows is kept, 0 for ever
     */
    AggregateOperator(
            PlanNode.Aggregate node,
            Operator input,
            boolean updating,
            long ttlMicros,
            ExpressionEngine engine,
            String origin) {
        super(node.id(), node.rowType(), input);
        this.node = node;
        this.updating = updating;
        this.global = node.keys().isEmpty();
        // Where rows only come, what has been shown stays as it is.
        this.distinct = !updating && !global && node.aggregates().isEmpty();
        this.origin = origin;
        this.idle = new IdleGroups(updating || global ? 0 : ttlMicros);
        this.groups = new GroupState(input.rowType(), node.keys(), node.aggregates(), updating, engine);
        this.before = RowBatch.create(node.rowType(), 0);
        this.out = RowBatch.create(node.rowType(), 0);
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        inputDone = false;
        touchedCount = 0;
        emitted = 0;
        before.clear();
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!inputDone) {
            addInput();
            forgetIdle();
            inputDone = true;
        }
        if (!mayHaveMore()) {
            return null;
        }
        out.clear();
        while (emitted < touchedCount && out.size() < BATCH_ROWS_MAX) {
            emit(touched[emitted++]);
        }
        return out.size() > 0 ? out : null;
    }

    private void addInput() {
        if (global) {
            groups.ensureSingleGroup();
            growMarks();
            if (!shown[0]) {
                touch(0);
            }
        }
        absorb();
    }

    @Override
    void absorb() {
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            rows.of(batch, ordinal);
            ordinal += batch.size();
            groups.find(rows);
            if (global) {
                rows.only(0);
            }
            touchAll();
            groups.add(rows);
        }
    }

    private void touchAll() {
        growMarks();
        int[] ofRows = rows.groups();
        for (int i = 0; idle.forgets() && i < rows.count(); i++) {
            idle.touch(ofRows[i], clock());
        }
        for (int i = 0; i < rows.count(); i++) {
            if (!isTouched[ofRows[i]] && !(distinct && shown[ofRows[i]])) {
                touch(ofRows[i]);
            }
        }
    }

    private long clock() {
        return step == null ? 0 : step.plan().clockMicros();
    }

    private void forgetIdle() {
        if (!idle.due(clock())) {
            return;
        }
        for (int group = 0; group < groups.table().size(); group++) {
            if (!groups.table().live(group) || !idle.idle(group)) {
                continue;
            }
            if (distinct) {
                shown[group] = false;
                groups.remove(group);
            } else {
                isForgotten[group] = true;
                touch(group);
            }
        }
    }

    /** Notes that a group changes in this step, and what it was before. */
    private void touch(int group) {
        isTouched[group] = true;
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, Math.max(64, 2 * touchedCount));
        }
        touched[touchedCount++] = group;
        beforeRow[group] = NOT_SHOWN;
        if (shown[group]) {
            int row = before.size();
            before.ensureCapacity(row + 1);
            groups.write(group, before, row, node.keys().size());
            before.size(row + 1);
            beforeRow[group] = row;
        }
    }

    private void growMarks() {
        int size = groups.table().size();
        if (size > shown.length) {
            int capacity = Math.max(size, Math.max(64, 2 * shown.length));
            shown = Arrays.copyOf(shown, capacity);
            beforeRow = Arrays.copyOf(beforeRow, capacity);
            isTouched = Arrays.copyOf(isTouched, capacity);
            isForgotten = Arrays.copyOf(isForgotten, capacity);
        }
    }

    private void emit(int group) {
        boolean exists = !isForgotten[group] && (global || groups.hasRows(group));
        isForgotten[group] = false;
        isTouched[group] = false;
        int old = beforeRow[group];
        if (old != NOT_SHOWN) {
            appendBefore(old);
        }
        shown[group] = exists && appendNow(group);
        if (old != NOT_SHOWN && shown[group] && sameAsLast()) {
            out.size(out.size() - 2);
        }
        if (!exists) {
            groups.remove(group);
        }
    }

    private void appendBefore(int old) {
        int row = out.size();
        out.appendFrom(before, old);
        out.weightsForWriting(row + 1)[row] = -1;
    }

    private boolean appendNow(int group) {
        int row = out.size();
        out.ensureCapacity(row + 1);
        try {
            for (int i = 0; i < out.columnCount(); i++) {
                out.column(i).clearNull(row);
            }
            groups.write(group, out, row, node.keys().size());
        } catch (MillraceException e) {
            if (step != null) {
                step.reject(origin, out, row, e.code(), e.describe());
            }
            return false;
        }
        if (out.weights() != null) {
            out.weightsForWriting(row + 1)[row] = 1;
        }
        out.size(row + 1);
        return true;
    }

    /** Returns whether the last two rows are the same, so that nothing has changed. */
    private boolean sameAsLast() {
        int now = out.size() - 1;
        for (int i = node.keys().size(); i < out.columnCount(); i++) {
            if (ValueOrder.compareNullsFirst(out.column(i), now, out.column(i), now - 1) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean mayHaveMore() {
        return !inputDone || emitted < touchedCount;
    }

    /** Without keys there is a row even over no rows, so the first step has something to say. */
    @Override
    public boolean due() {
        return super.due() || (global && (shown.length == 0 || !shown[0]));
    }

    @Override
    boolean clocked() {
        return idle.forgets();
    }

    @Override
    long dueMicros() {
        return dueAside;
    }

    @Override
    void standInFor(KeyedOperator aside) {
        AggregateOperator other = (AggregateOperator) aside;
        // What is forgotten of distinct values is taken back from nobody.
        dueAside = distinct ? CLOSED : Math.min(other.dueAside, other.firstIdleMicros());
    }

    private long firstIdleMicros() {
        return idle.firstIdleMicros(groups.table().size(), groups.table()::live);
    }

    @Override
    public long bound(int column) {
        return NO_BOUND;
    }

    @Override
    public String stateLayout() {
        return "groups " + node.keys() + " " + GroupValues.layout(node.aggregates()) + " " + updating + idle.layout()
                + " of " + input().rowType();
    }

    @Override
    public void save(StateWriter target) {
        target.writeLong(ordinal);
        groups.save(target);
        for (int group = 0; group < groups.table().size(); group++) {
            target.writeBoolean(shown[group]);
        }
        idle.save(groups.table().size(), target);
    }

    @Override
    public void load(StateReader in) {
        dueAside = CLOSED;
        ordinal = in.readLong();
        groups.load(in);
        growMarks();
        for (int group = 0; group < groups.table().size(); group++) {
            shown[group] = in.readBoolean();
        }
        idle.load(groups.table().size(), in);
    }
}
