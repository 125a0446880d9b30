package io.millrace.runtime.over;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.IdleGroups;
import io.millrace.runtime.state.RowOrder;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of an OVER and what is computed for their rows. For one thread at a time.
 *
 * <p>Rows wait until it is known that none comes before them, then enter their partitions in order, are computed in that
 * same order, and are dropped when no frame needs them any more.
 */
public final class OverRows {

    private final PlanNode.Over node;
    private final RowType input;
    private final boolean dropping;
    private final RowOrder order;
    private final RowStore store;
    private final GroupTable table;
    private final int[] keys;
    private final OverFrames frames;
    private final OverValue[] values;
    /** Per edges the values that take note of their moves. */
    private final OverValue[][] movedBy;

    private final boolean ranked;
    private final boolean expiring;
    private final IdleGroups idle;
    private final @Nullable RowsAhead ahead;
    private final GroupedRows entering = new GroupedRows();
    private final PartitionQueue queue = new PartitionQueue();
    private final WaitingRows waiting = new WaitingRows();
    private int computed;
    private @Nullable Partition[] partitions = {};

    /**
     * @param dropping whether rows are dropped when nothing needs them any more
     * @param ttlMicros how long a partition is kept in which no rows come and that time does not free, 0 for ever
     */
    public OverRows(PlanNode.Over node, boolean dropping, long ttlMicros, ExpressionEngine engine) {
        this.node = node;
        this.input = node.input().rowType();
        this.dropping = dropping;
        this.order = RowOrder.by(node.order());
        this.store = new RowStore(input);
        this.table = GroupTable.create(input, node.partition());
        this.keys = node.partition().stream().mapToInt(Integer::intValue).toArray();
        this.frames = new OverFrames(order, node.order());
        int count = node.calls().size();
        this.values = new OverValue[count];
        for (int i = 0; i < count; i++) {
            values[i] = OverValues.create(node.calls().get(i), input, frames, engine);
        }
        this.movedBy = OverValues.movedBy(values, frames.count());
        this.ranked = node.calls().stream().anyMatch(OverFrames::comparesKeys);
        this.expiring = dropping && node.calls().stream().allMatch(OverFrames::expires);
        this.idle = new IdleGroups(expiring ? 0 : ttlMicros);
        this.ahead = dropping ? RowsAhead.of(node.calls()) : null;
    }

    /** Takes rows that wait to enter. */
    public void add(RowBatch batch) {
        waiting.add(store.rows().size(), batch.selectedCount());
        store.append(batch);
    }

    public boolean hasWaiting() {
        return waiting.count() > 0;
    }

    /** Returns the least time of a row that waits. */
    public long waitingTime() {
        return waiting.leastTime(this::time);
    }

    /** Lets all rows enter. */
    public void enterAll(long clockMicros) {
        enter(waiting.takeAll(), clockMicros);
    }

    /** Lets the rows with a time before the bound enter. */
    public void enterBefore(long bound, long clockMicros) {
        enter(waiting.takeBefore(bound, this::time), clockMicros);
    }

    private void enter(int[] rows, long clockMicros) {
        int count = rows.length;
        if (count == 0) {
            return;
        }
        order.sort(store.rows(), rows, count);
        entering.start(store.rows(), count, 0);
        System.arraycopy(rows, 0, entering.rows(), 0, count);
        table.find(entering);
        if (partitions.length < table.size()) {
            partitions = Arrays.copyOf(partitions, Math.max(table.size(), 2 * partitions.length));
        }
        for (int i = 0; i < count; i++) {
            int number = entering.groups()[i];
            Partition partition = partitions[number];
            if (partition == null) {
                partition = newPartition(number);
                partitions[number] = partition;
            }
            if (idle.forgets()) {
                idle.touch(number, clockMicros);
            }
            partition.append(rows[i]);
            if (ahead == null) {
                queue.add(number, partition.end() - 1);
            } else {
                ahead.entered(partition, store.rows(), queue);
            }
        }
    }

    private Partition newPartition(int number) {
        return new Partition(number, frames.count(), ahead == null ? 0 : ahead.counts(), frames.groups());
    }

    /** Has rows wait no longer for others to come behind them: none do. */
    public void settleAll() {
        if (ahead != null) {
            ahead.settleAll(partitions, queue);
        }
    }

    /** Returns whether rows that have entered are not computed, be it that they wait for rows behind them. */
    public boolean hasUncomputed() {
        return ahead == null ? hasNext() : ahead.hasUncomputed();
    }

    /** Returns the least time of these; there are some. */
    public long leastTime() {
        return ahead == null ? nextTime() : time(ahead.first(partitions));
    }

    /** Returns whether a row has entered, has the rows behind it that it needs, and is not computed. */
    public boolean hasNext() {
        return computed < queue.size();
    }

    /** Returns the time of the row to be computed next. */
    public long nextTime() {
        return time(nextRow());
    }

    /** Returns the number in {@link #rows()} of the row to be computed next. */
    public int nextRow() {
        return partitions[queue.partition(computed)].row(queue.position(computed));
    }

    /** Returns the rows that are here. */
    public RowBatch rows() {
        return store.rows();
    }

    private long time(int row) {
        return FrameEdges.value(store.rows().column(node.order().getFirst().column()), row);
    }

    /**
     * Computes the next row, and writes it behind the others in a batch unless it fails; it counts as computed in any
     * case.
     *
     * @throws io.millrace.spi.error.MillraceException {@code NUMERIC_OVERFLOW} where a value does not fit its type
     */
    public void computeNext(RowBatch out) {
        Partition partition = partitions[queue.partition(computed)];
        RowBatch batch = store.rows();
        if (ranked) {
            rank(partition, batch);
        }
        moveFrames(partition, batch);
        try {
            write(partition, batch, out);
        } finally {
            done(partition, batch);
        }
    }

    private void moveFrames(Partition partition, RowBatch batch) {
        for (Edges edges : frames) {
            int index = edges.index();
            long end = Math.max(partition.ends[index], edges.end(partition, batch));
            long start = Math.min(end, Math.max(partition.starts[index], edges.start(partition, batch)));
            moveFrame(partition, batch, edges, start, end);
        }
    }

    private void moveFrame(Partition partition, RowBatch batch, Edges edges, long start, long end) {
        int index = edges.index();
        for (OverValue value : movedBy[index]) {
            value.move(edges, partition, batch, start, end);
        }
        partition.starts[index] = start;
        partition.ends[index] = end;
    }

    private void rank(Partition partition, RowBatch batch) {
        long position = partition.next();
        if (position == 0 || order.compare(batch, partition.row(position - 1), partition.row(position)) != 0) {
            partition.peersStart = position;
            partition.distinctKeys++;
        }
    }

    private void write(Partition partition, RowBatch batch, RowBatch out) {
        int row = out.size();
        out.ensureCapacity(row + 1);
        int inputs = input.size();
        for (int i = 0; i < values.length; i++) {
            out.column(inputs + i).clearNull(row);
            values[i].write(partition, batch, out.column(inputs + i), row);
        }
        int source = partition.row(partition.next());
        for (int i = 0; i < inputs; i++) {
            out.column(i).copyFrom(batch.column(i), source, row);
        }
        out.size(row + 1);
    }

    private void done(Partition partition, RowBatch batch) {
        if (dropping) {
            // Whether the next row starts new places is seen by comparing it with the one before.
            long needed = ranked ? partition.next() : partition.next() + 1;
            for (OverValue value : values) {
                needed = Math.min(needed, value.needs(partition, batch));
            }
            for (Edges edges : frames) {
                needed = Math.min(needed, edges.needs(partition));
            }
            store.free(partition.dropBefore(needed));
        }
        partition.computed();
        computed++;
        if (ahead != null) {
            ahead.computed(partitions);
        }
    }

    /**
     * Drops what no row with a time from the bound on can see, and takes the memory of dropped rows back.
     *
     * @param bound no row that has not entered is earlier
     */
    public void dropBefore(long bound) {
        if (expiring) {
            expire(hasNext() ? Math.min(bound, nextTime()) : bound);
        } else {
            queue.removeFirst(computed);
            computed = 0;
        }
        if (store.mostlyFreed()) {
            renewStore();
        }
    }

    private void expire(long bound) {
        long least = frames.least(bound);
        while (computed > 0) {
            Partition partition = partitions[queue.partition(0)];
            long position = queue.position(0);
            boolean here = partition != null && position >= partition.first();
            if (here && time(partition.row(position)) >= least) {
                return;
            }
            queue.removeFirst(1);
            computed--;
            if (here) {
                expire(partition, bound);
            }
        }
    }

    private void expire(Partition partition, long bound) {
        RowBatch batch = store.rows();
        long needed = partition.next();
        for (FrameEdges frame : frames.whole()) {
            int index = frame.index();
            long from = frame.firstFrom(partition, batch, partition.starts[index], frame.least(bound));
            long start = Math.max(partition.starts[index], Math.min(from, partition.next()));
            moveFrame(partition, batch, frame, start, Math.max(start, partition.ends[index]));
            needed = Math.min(needed, start);
        }
        store.free(partition.dropBefore(needed));
        if (partition.first() == partition.end()) {
            remove(partition);
        }
    }

    private void remove(Partition partition) {
        for (OverValue value : values) {
            value.clear(partition.number());
        }
        table.remove(partition.number());
        partitions[partition.number()] = null;
    }

    /**
     * Forgets the partitions whose rows are all computed and in which none have come for long. Rows that wait for others
     * there wait no longer.
     *
     * @return whether there are rows to be computed now
     */
    public boolean forgetIdle(long clockMicros) {
        if (hasNext() || !idle.due(clockMicros)) {
            return false;
        }
        waiting.spare(store.rows(), table, keys, idle);
        if (ahead != null) {
            ahead.compact(partitions);
        }
        for (Partition partition : partitions) {
            if (partition != null && idle.idle(partition.number())) {
                forget(partition);
            }
        }
        return hasNext();
    }

    private void forget(Partition partition) {
        if (ahead != null && partition.next() < partition.end()) {
            ahead.settle(partition, queue);
            return;
        }
        store.free((int) (partition.end() - partition.first()));
        remove(partition);
    }

    /**
     * Returns the time of the clock at which rows may wait no longer, {@link Long#MAX_VALUE} where none wait, or others
     * have to be given before.
     */
    public long forgetMicros() {
        return ahead != null && ahead.hasUncomputed() && !hasNext() ? idle.nextMicros() : Long.MAX_VALUE;
    }

    /** Returns whether partitions are forgotten in which no rows come for long. */
    public boolean forgets() {
        return idle.forgets();
    }

    /** Returns what forgetting and waiting add to the layout of state. */
    public String layout() {
        return idle.layout() + (ahead == null ? "" : " ahead") + (frames.countGroups() ? " groups" : "");
    }

    private void renewStore() {
        RowBatch old = store.renew();
        for (Partition partition : partitions) {
            if (partition != null) {
                partition.renumber(row -> store.move(old, row));
            }
        }
        waiting.renumber(row -> store.move(old, row));
    }

    /** Stores everything. */
    public void save(StateWriter out) {
        table.save(out);
        idle.save(table.size(), out);
        int count = table.size();
        for (OverValue value : values) {
            value.save(count, out);
        }
        for (int number = 0; number < count; number++) {
            if (table.live(number)) {
                save(partitions[number], out);
            }
        }
        out.writeInt(computed);
        queue.save(out);
        if (ahead != null) {
            ahead.save(partitions, out);
        }
        out.writeInt(waiting.count());
        for (int i = 0; i < waiting.count(); i++) {
            store.save(waiting.row(i), out);
        }
    }

    private void save(Partition partition, StateWriter out) {
        out.writeLong(partition.first());
        out.writeLong(partition.next());
        out.writeLong(partition.peersStart);
        out.writeLong(partition.distinctKeys);
        if (ahead != null) {
            out.writeLong(partition.settled);
        }
        out.writeLongs(partition.starts, frames.count());
        out.writeLongs(partition.ends, frames.count());
        if (frames.countGroups()) {
            partition.groups.save(out);
        }
        out.writeInt((int) (partition.end() - partition.first()));
        for (long position = partition.first(); position < partition.end(); position++) {
            store.save(partition.row(position), out);
        }
    }

    /** Takes back what {@link #save} stored; nothing is here before. */
    public void load(StateReader in) {
        table.load(in);
        idle.load(table.size(), in);
        int count = table.size();
        for (OverValue value : values) {
            value.load(count, in);
        }
        partitions = new Partition[count];
        for (int number = 0; number < count; number++) {
            if (table.live(number)) {
                partitions[number] = loadPartition(number, in);
            }
        }
        computed = in.readInt();
        queue.load(in);
        if (ahead != null) {
            ahead.load(in);
        }
        int waitingCount = in.readCount(1);
        for (int i = 0; i < waitingCount; i++) {
            waiting.add(store.load(in), 1);
        }
    }

    private Partition loadPartition(int number, StateReader in) {
        Partition partition = newPartition(number);
        partition.startAt(in.readLong(), in.readLong());
        partition.peersStart = in.readLong();
        partition.distinctKeys = in.readLong();
        partition.settled = ahead == null ? 0 : in.readLong();
        System.arraycopy(in.readLongs(frames.count()), 0, partition.starts, 0, frames.count());
        System.arraycopy(in.readLongs(frames.count()), 0, partition.ends, 0, frames.count());
        if (frames.countGroups()) {
            partition.groups.load(in);
        }
        int rows = in.readCount(1);
        for (int i = 0; i < rows; i++) {
            partition.append(store.load(in));
        }
        for (OverValue value : values) {
            value.restore(partition, store.rows());
        }
        if (ahead != null) {
            ahead.restore(partition, store.rows());
        }
        return partition;
    }
}
