package io.millrace.runtime.join;

import io.millrace.plan.AsOf;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows on the right of a join with the nearest: by key, and there by time. A row is forgotten once another is nearer
 * to all that may still come on the left.
 */
public final class NearestRows {

    public static final int NONE = -1;

    private final AsOf nearest;
    private final RowStore store;
    /** Rows by their own time: when that has passed on the left, some of their key may go. */
    private final TimeIndex byTime = new TimeIndex(0);

    private @Nullable Timeline[] ofGroups = {};

    public NearestRows(RowType type, AsOf nearest) {
        this.nearest = nearest;
        this.store = new RowStore(type, false);
    }

    public RowStore store() {
        return store;
    }

    /** Takes rows whose groups are set and whose time is not NULL. */
    public void add(GroupedRows rows, int groups) {
        int first = store.touchedCount();
        store.add(rows, groups);
        for (int i = first; i < store.touchedCount(); i++) {
            index(store.touched()[i]);
        }
    }

    private void index(int row) {
        int group = store.groupOf(row);
        if (group >= ofGroups.length) {
            ofGroups = Arrays.copyOf(ofGroups, Math.max(group + 1, Math.max(64, 2 * ofGroups.length)));
        }
        Timeline line = ofGroups[group];
        if (line == null) {
            line = new Timeline(nearest.after(), nearest.right());
            ofGroups[group] = line;
        }
        line.add(row, store.rows());
        byTime.add(row, time(row));
    }

    /** Returns the time of a row. */
    public long time(int row) {
        return ((LongColumn) store.rows().column(nearest.right())).get(row);
    }

    /** Returns the row of a group that is nearest to a time, or -1. */
    public int find(int group, long time) {
        Timeline line = group < ofGroups.length ? ofGroups[group] : null;
        if (line == null) {
            return NONE;
        }
        RowBatch rows = store.rows();
        int below = line.countBelow(time, nearest.after() == nearest.strict(), rows);
        if (nearest.after()) {
            return below < line.size() ? line.at(below, rows) : NONE;
        }
        return below > 0 ? line.at(below - 1, rows) : NONE;
    }

    /**
     * Forgets rows with a time below this one; but where the nearest before is wanted, only those of which the next of
     * their key has such a time. Between steps.
     *
     * @param emptied told of groups whose last row is gone
     */
    public void forgetBelow(long end, RowStore.EmptiedGroups emptied) {
        IntConsumer trim = row -> {
            if (store.live(row)) {
                trim(store.groupOf(row), end, emptied);
            }
        };
        byTime.takeBelow(end, trim);
    }

    private void trim(int group, long end, RowStore.EmptiedGroups emptied) {
        Timeline line = ofGroups[group];
        if (line == null) {
            return;
        }
        int kept = nearest.after() ? 0 : 1;
        while (line.size() > kept && time(line.at(kept, store.rows())) < end) {
            int row = line.at(0, store.rows());
            line.removeFirst();
            store.remove(row, emptied);
        }
        if (line.size() == 0) {
            ofGroups[group] = null;
        }
    }

    public void save(StateWriter out) {
        store.save(out);
    }

    /** Takes back what {@link #save} stored; there are no rows before. */
    public void load(StateReader in) {
        store.load(in);
        for (int row = 0; row < store.size(); row++) {
            if (store.live(row)) {
                index(row);
            }
        }
    }
}
