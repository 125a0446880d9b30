package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.aggregate.GroupState;
import io.millrace.runtime.aggregate.GroupValues;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.IdleGroups;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
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
final class AggregateOperator extends KeyedOperator implements GroupRows {

    private final PlanNode.Aggregate node;
    private final boolean updating;
    private final boolean global;
    private final boolean distinct;
    private final String origin;
    private final GroupState groups;
    private final IdleGroups idle;
    private final ChangedGroups changes;
    private final GroupedRows rows = new GroupedRows();
    private final RowBatch out;
    private boolean[] isForgotten = {};
    private boolean forgetsSome;
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
        this.changes = new ChangedGroups(node.rowType(), this);
        this.out = RowBatch.create(node.rowType(), 0);
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        inputDone = false;
        changes.begin();
        // Before rows come: a group that has been without them for too long begins anew with those of this step.
        forgetIdle();
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!inputDone) {
            addInput();
            inputDone = true;
        }
        if (!mayHaveMore()) {
            return null;
        }
        out.clear();
        changes.emit(out, this::reject);
        return out.size() > 0 ? out : null;
    }

    private void addInput() {
        if (global) {
            groups.ensureSingleGroup();
            changes.grow(1);
            if (!changes.shown(0)) {
                changes.touch(0);
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
            rememberAll();
            groups.add(rows);
        }
    }

    private void touchAll() {
        changes.grow(groups.table().size());
        int[] ofRows = rows.groups();
        for (int i = 0; idle.forgets() && i < rows.count(); i++) {
            idle.touch(ofRows[i], clock());
        }
        if (distinct) {
            changes.touchNew(rows);
        } else {
            changes.touchAll(rows);
        }
    }

    /** Groups that are forgotten in this step and get rows in it are there, with these alone. */
    private void rememberAll() {
        for (int i = 0; forgetsSome && i < rows.count(); i++) {
            if (isForgotten(rows.groups()[i])) {
                isForgotten[rows.groups()[i]] = false;
            }
        }
    }

    private long clock() {
        return step == null ? 0 : step.plan().clockMicros();
    }

    private void forgetIdle() {
        forgetsSome = false;
        if (!idle.due(clock())) {
            return;
        }
        int end = 0;
        for (int group = 0; group < groups.table().size(); group++) {
            if (!groups.table().live(group) || !idle.idle(group)) {
                continue;
            }
            if (distinct) {
                changes.settle(group);
                groups.remove(group);
            } else {
                forget(group);
                end = group + 1;
            }
        }
        if (end > 0) {
            groups.forget(isForgotten, end);
            forgetsSome = true;
        }
    }

    private void forget(int group) {
        if (group >= isForgotten.length) {
            isForgotten = Arrays.copyOf(isForgotten, groups.table().size());
        }
        isForgotten[group] = true;
        changes.touch(group);
    }

    @Override
    public boolean exists(int group) {
        return !isForgotten(group) && (global || groups.hasRows(group));
    }

    private boolean isForgotten(int group) {
        return group < isForgotten.length && isForgotten[group];
    }

    @Override
    public void write(int group, RowBatch target, int row) {
        groups.write(group, target, row, keyColumns());
    }

    @Override
    public int keyColumns() {
        return node.keys().size();
    }

    @Override
    public void writeKeys(int[] ofGroups, int[] rowNumbers, int count, RowBatch target) {
        groups.writeKeys(ofGroups, rowNumbers, count, target);
    }

    @Override
    public void writeRest(int[] ofGroups, int[] rowNumbers, int count, RowBatch target) {
        groups.writeResults(ofGroups, rowNumbers, count, target, keyColumns());
    }

    @Override
    public void gone(int group) {
        if (isForgotten(group)) {
            isForgotten[group] = false;
        }
        groups.remove(group);
    }

    private void reject(RowBatch batch, int row, MillraceException reason) {
        if (step != null) {
            step.reject(origin, batch, row, reason.code(), reason.describe());
        }
    }

    @Override
    public boolean mayHaveMore() {
        return !inputDone || changes.mayHaveMore();
    }

    /** Without keys there is a row even over no rows, so the first step has something to say. */
    @Override
    public boolean due() {
        return super.due() || (global && !changes.shown(0));
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
        changes.save(groups.table().size(), target);
        idle.save(groups.table().size(), target);
    }

    @Override
    public void load(StateReader in) {
        dueAside = CLOSED;
        ordinal = in.readLong();
        groups.load(in);
        changes.load(groups.table().size(), in);
        idle.load(groups.table().size(), in);
    }
}
