package io.millrace.runtime.state;

import io.millrace.spi.row.RowBatch;
import java.util.Arrays;

/** The table of an aggregate without keys: all rows are one group. */
final class SingleGroup extends GroupTable {

    @Override
    public void find(GroupedRows rows) {
        if (rows.count() > 0) {
            Arrays.fill(rows.groups(), 0, rows.count(), only());
        }
    }

    @Override
    public void find(GroupedRows rows, int[] columns) {
        find(rows);
    }

    @Override
    public void lookup(GroupedRows rows, int[] columns) {
        Arrays.fill(rows.groups(), 0, rows.count(), liveCount() == 0 ? NO_GROUP : 0);
    }

    @Override
    public int find(GroupTable other, int otherGroup) {
        return only();
    }

    private int only() {
        return liveCount() == 0 ? newGroup() : 0;
    }

    @Override
    public void writeKey(int group, RowBatch out, int row) {}

    @Override
    void growKeys(int groups) {}

    @Override
    int hash(int group) {
        return 0;
    }

    @Override
    boolean hashed(int group) {
        return false;
    }

    @Override
    void forgetKey(int group) {}

    @Override
    void saveKey(int group, StateWriter out) {}

    @Override
    void loadKey(int group, StateReader in) {}
}
