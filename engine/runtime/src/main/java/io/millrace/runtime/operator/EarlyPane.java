package io.millrace.runtime.operator;

import io.millrace.runtime.aggregate.GroupState;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import org.jspecify.annotations.Nullable;

/** The groups of one window, or of one value of a closing key, and what of them has been put out. */
final class EarlyPane implements GroupRows {

    private final long time;
    private final GroupState groups;
    private final ChangedGroups changes;
    private final EarlyPanes owner;
    private @Nullable GroupedRows pending;
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

    /** Returns whether rows of the batch at hand are collected. */
    boolean collecting() {
        return pending != null;
    }

    /** Starts to collect rows of a batch in what is lent for it. */
    void startCollecting(GroupedRows lent, RowBatch batch, long ordinal) {
        lent.start(batch, 0, ordinal);
        pending = lent;
    }

    /** Collects a row of the batch at hand. */
    void collect(int row) {
        GroupedRows rows = collected();
        rows.ensureRoom(1);
        rows.rows()[rows.count()] = row;
        rows.count(rows.count() + 1);
    }

    private GroupedRows collected() {
        if (pending == null) {
            throw new IllegalStateException("the pane of " + time + " collects no rows");
        }
        return pending;
    }

    /** Gives back what it was lent. */
    GroupedRows stopCollecting() {
        GroupedRows lent = collected();
        pending = null;
        return lent;
    }

    /** Adds what was collected; returns whether nothing was added in this step before. */
    boolean addCollected() {
        GroupedRows rows = collected();
        boolean first = !changed;
        if (first) {
            changes.begin();
            changed = true;
        }
        groups.find(rows);
        changes.grow(groups.table().size());
        for (int i = 0; i < rows.count(); i++) {
            changes.touch(rows.groups()[i]);
        }
        groups.add(rows);
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
