package io.millrace.runtime.operator;

import io.millrace.runtime.aggregate.GroupState;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;

/** The groups of one window, or of one value of a closing key, and what of them has been put out. */
final class EarlyPane implements GroupRows {

    private final long time;
    private final GroupState groups;
    private final ChangedGroups changes;
    private final GroupedRows pending = new GroupedRows();
    private final EarlyPanes owner;
    private boolean collecting;
    private boolean changed;

    EarlyPane(long time, GroupState groups, RowType rowType, EarlyPanes owner) {
        this.time = time;
        this.groups = groups;
        this.owner = owner;
        this.changes = new ChangedGroups(rowType, this);
    }

    /** Returns the end of the window, or the key's value. */
    long time() {
        return time;
    }

    GroupState groups() {
        return groups;
    }

    ChangedGroups changes() {
        return changes;
    }

    /** Collects a row of the batch at hand; returns whether it is the first of it. */
    boolean collect(RowBatch batch, int row, long ordinal) {
        boolean first = !collecting;
        if (first) {
            pending.start(batch, 0, ordinal);
            collecting = true;
        }
        pending.ensureRoom(1);
        pending.rows()[pending.count()] = row;
        pending.count(pending.count() + 1);
        return first;
    }

    /** Adds what was collected; returns whether nothing was added in this step before. */
    boolean addCollected() {
        boolean first = !changed;
        if (first) {
            changes.begin();
            changed = true;
        }
        groups.find(pending);
        changes.grow(groups.table().size());
        for (int i = 0; i < pending.count(); i++) {
            changes.touch(pending.groups()[i]);
        }
        groups.add(pending);
        collecting = false;
        return first;
    }

    /** Says that all changes of the step are put out. */
    void settle() {
        changed = false;
    }

    @Override
    public boolean exists(int group) {
        return groups.hasRows(group);
    }

    @Override
    public void write(int group, RowBatch out, int row) {
        owner.writeRow(this, group, out, row);
    }
}
