package io.millrace.runtime.top;

import io.millrace.plan.OverCall.Ranking;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.runtime.join.RowStore;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.RowOrder;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;

/**
 * The rows of all partitions in their order, and what a step changes of those at the places that are wanted. Where rows
 * only come, those behind the places are forgotten at once. For one thread.
 */
public final class TopRows {

    private static final int NOT_TOUCHED = -1;

    private final TopN node;
    private final boolean updating;
    private final long end;
    private final GroupTable table;
    private final RowStore store;
    private final RowOrder order;
    private final RowOrder peers;
    private final RowPlaces places;
    private final Ranker ranker;
    private final PlacedRows before = new PlacedRows();
    private final PlacedRows now = new PlacedRows();
    private final ChosenRows chosen = new ChosenRows();
    private int[] beforeStart = {};
    private int[] touched = {};
    private int touchedCount;
    private int[] full = {};
    private int[] dropped = {};
    private int droppedCount;

    /** @param updating whether rows may be taken back */
    public TopRows(TopN node, boolean updating) {
        this.node = node;
        this.updating = updating;
        this.end = Ranker.end(node);
        this.table = GroupTable.create(node.input().rowType(), node.partition());
        this.store = new RowStore(node.input().rowType(), updating);
        this.order = RowOrder.total(node.order());
        this.peers = RowOrder.by(node.order());
        boolean few = !updating && node.ranking() == Ranking.ROW_NUMBER && end <= FewPlaces.PLACES_MAX;
        this.places = few ? new FewPlaces(store, order, (int) end) : new ManyPlaces(store, order);
        this.ranker = new Ranker(node, store, places);
    }

    /** Returns a number above all partitions. */
    public int partitions() {
        return table.size();
    }

    public boolean isEmpty() {
        return store.liveCount() == 0;
    }

    public void begin() {
        store.closeUp();
        touchedCount = 0;
        before.clear();
    }

    /** Sets the partition of each row, making those that are new. */
    public void partition(GroupedRows rows) {
        table.find(rows);
        grow();
    }

    private void grow() {
        if (full.length < table.size()) {
            int known = full.length;
            int capacity = Math.max(table.size(), Math.max(64, known + (known >> 1)));
            full = Arrays.copyOf(full, capacity);
            beforeStart = Arrays.copyOf(beforeStart, capacity);
            Arrays.fill(full, known, capacity, RowPlaces.NONE);
            Arrays.fill(beforeStart, known, capacity, NOT_TOUCHED);
        }
    }

    /**
     * Adds rows whose partitions are set, or takes them back.
     *
     * @param remembering whether what was before them matters
     */
    public void add(GroupedRows rows, boolean remembering) {
        if (updating) {
            store.add(rows, table.size());
            return;
        }
        leaveOutLast(rows);
        int first = store.touchedCount();
        store.add(rows, table.size());
        for (int i = first; i < store.touchedCount(); i++) {
            int row = store.touched()[i];
            int partition = store.groupOf(row);
            if (remembering) {
                touch(partition);
            }
            place(partition, row);
        }
    }

    /** Leaves rows out that are behind the places, by the last row of a partition that has no room. */
    private void leaveOutLast(GroupedRows rows) {
        int[] numbers = rows.rows();
        int[] partitions = rows.groups();
        RowOrder by = node.ranking() == Ranking.ROW_NUMBER ? order : peers;
        int least = node.ranking() == Ranking.ROW_NUMBER ? 0 : 1;
        int kept = 0;
        for (int i = 0; i < rows.count(); i++) {
            int last = full[partitions[i]];
            if (last == RowPlaces.NONE || by.compare(rows.batch(), numbers[i], store.rows(), last) < least) {
                numbers[kept] = numbers[i];
                partitions[kept++] = partitions[i];
            }
        }
        rows.count(kept);
    }

    private void place(int partition, int row) {
        int gone = places.add(partition, row);
        if (gone != RowPlaces.NONE) {
            drop(gone);
        }
        int within = ranker.within(partition);
        while (places.count(partition) > within) {
            drop(places.row(partition, places.count(partition) - 1));
            places.removeLast(partition);
        }
        if (filled(partition, within)) {
            full[partition] = places.row(partition, within - 1);
        }
    }

    private boolean filled(int partition, int within) {
        return within > 0 && (node.ranking() == Ranking.DENSE_RANK ? ranker.distinct(partition) : within) >= end;
    }

    private void drop(int row) {
        if (droppedCount == dropped.length) {
            dropped = Arrays.copyOf(dropped, Math.max(64, 2 * droppedCount));
        }
        dropped[droppedCount++] = row;
    }

    /** Brings the rows that changed into their places, once all of a step are added. */
    public void settle(boolean remembering) {
        for (int i = 0; updating && i < store.touchedCount(); i++) {
            int row = store.touched()[i];
            if (store.delta(row) == 0) {
                continue;
            }
            int partition = store.groupOf(row);
            if (remembering) {
                touch(partition);
            }
            boolean was = store.weightBefore(row) > 0;
            boolean is = store.weight(row) > 0;
            if (is && !was) {
                places.add(partition, row);
            } else if (was && !is) {
                places.remove(partition, row);
            }
        }
    }

    private void touch(int partition) {
        if (beforeStart[partition] != NOT_TOUCHED) {
            return;
        }
        beforeStart[partition] = before.size();
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, Math.max(64, 2 * touchedCount));
        }
        touched[touchedCount++] = partition;
        ranker.collect(partition, true, before);
    }

    /** Returns how many partitions have changed in this step. */
    public int touchedCount() {
        return touchedCount;
    }

    /** Chooses what has changed of the i-th partition that has: rows that went with their weight, rows that came. */
    public void chooseChanges(int i) {
        now.clear();
        ranker.collect(touched[i], false, now);
        int old = beforeStart[touched[i]];
        int oldEnd = i + 1 < touchedCount ? beforeStart[touched[i + 1]] : before.size();
        int fresh = 0;
        while (old < oldEnd || fresh < now.size()) {
            int side = old == oldEnd ? 1 : fresh == now.size() ? -1 : compare(old, fresh);
            int weight = (side >= 0 ? now.count(fresh) : 0) - (side <= 0 ? before.count(old) : 0);
            PlacedRows of = side < 0 ? before : now;
            choose(of, side < 0 ? old : fresh, weight);
            old += side <= 0 ? 1 : 0;
            fresh += side >= 0 ? 1 : 0;
        }
    }

    private int compare(int old, int fresh) {
        int byPlace = Long.compare(before.place(old), now.place(fresh));
        if (byPlace != 0) {
            return byPlace;
        }
        return before.row(old) == now.row(fresh) ? 0 : order.compare(store.rows(), before.row(old), now.row(fresh));
    }

    /** Chooses the rows of a partition that are at the places wanted. */
    public void choose(int partition) {
        now.clear();
        ranker.collect(partition, false, now);
        for (int i = 0; i < now.size(); i++) {
            choose(now, i, now.count(i));
        }
    }

    private void choose(PlacedRows rows, int i, int weight) {
        if (weight != 0) {
            chosen.add(rows.row(i), rows.place(i), weight);
        }
    }

    /** Returns how many rows have been chosen. */
    public int chosenCount() {
        return chosen.size();
    }

    /** Makes the batch the rows that have been chosen, which point into these until the step ends, and chooses anew. */
    public void writeChosen(RowBatch out) {
        chosen.writeTo(out, store.rows(), node.placed());
    }

    /** Forgets the rows of a partition, at the end of a step. */
    public void forget(int partition) {
        for (int i = 0; i < places.count(partition); i++) {
            drop(places.row(partition, i));
        }
        places.clear(partition);
    }

    /** Forgets what nobody needs any more, and what the step has changed. */
    public void endStep() {
        for (int i = 0; i < touchedCount; i++) {
            beforeStart[touched[i]] = NOT_TOUCHED;
        }
        touchedCount = 0;
        before.clear();
        store.endStep(this::emptied);
        for (int i = 0; i < droppedCount; i++) {
            store.remove(dropped[i], this::emptied);
        }
        droppedCount = 0;
    }

    private void emptied(int partition) {
        table.remove(partition);
        full[partition] = RowPlaces.NONE;
    }

    /** Takes a row and the partition it is in. */
    @FunctionalInterface
    public interface PartitionRow {
        void of(int partition, RowBatch rows, int row);
    }

    /** Names all rows, each with its partition. */
    public void forEachRow(PartitionRow taken) {
        for (int row = 0; row < store.size(); row++) {
            if (store.live(row)) {
                taken.of(store.groupOf(row), store.rows(), row);
            }
        }
    }

    public void save(StateWriter out) {
        table.save(out);
        store.save(out);
    }

    public void load(StateReader in) {
        table.load(in);
        store.load(in);
        grow();
        for (int row = 0; row < store.size(); row++) {
            if (store.live(row) && store.weight(row) > 0) {
                places.add(store.groupOf(row), row);
            }
        }
        for (int partition = 0; !updating && partition < table.size(); partition++) {
            if (places.count(partition) > 0) {
                int within = ranker.within(partition);
                full[partition] = filled(partition, within) ? places.row(partition, within - 1) : RowPlaces.NONE;
            }
        }
    }
}
