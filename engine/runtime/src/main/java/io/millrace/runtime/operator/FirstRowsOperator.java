package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.join.RowStore;
import io.millrace.runtime.join.TimeIndex;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.IdleGroups;
import io.millrace.runtime.state.RowOrder;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows at the first places of partitions of an endless query, where rows come into their places in the order of
 * time: a row waits until the bound has passed it, gets the next place, and stays. Of a partition without places left
 * rows are not even kept. A partition may be forgotten in which no rows come for long; the next is its first again.
 */
final class FirstRowsOperator extends KeyedOperator {

    private final PlanNode.TopN node;
    private final String origin;
    private final long end;
    private final int timeColumn;
    private final GroupTable table;
    private final IdleGroups idle;
    private final RowStore waiting;
    private final TimeIndex byTime = new TimeIndex(0);
    private final RowOrder order;
    private final GroupedRows rows = new GroupedRows();
    private final RowBatch out;
    private long[] placed = {};
    private int[] entering = {};
    private int enteringCount;
    private int next;
    private long entered = NO_BOUND;
    /** The least time of a row that waits and is put aside. */
    private long waitingAside = CLOSED;

    private boolean inputDone;
    private boolean ended;
    private @Nullable Step step;

    /** @param ttlMicros how long a partition is kept in which no rows come, 0 for ever */
    FirstRowsOperator(PlanNode.TopN node, Operator input, long ttlMicros, String origin) {
        super(node.id(), node.rowType(), input);
        this.node = node;
        this.origin = origin;
        this.end = node.offset() + node.limit();
        this.timeColumn = node.timeColumn();
        this.table = GroupTable.create(input.rowType(), node.partition());
        this.waiting = new RowStore(input.rowType(), false);
        this.order = RowOrder.total(node.order());
        this.idle = new IdleGroups(ttlMicros);
        this.out = RowBatch.create(node.rowType(), 0);
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        inputDone = false;
        ended = false;
        next = 0;
        enteringCount = 0;
        waiting.closeUp();
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!inputDone) {
            absorb();
            enter();
            inputDone = true;
        }
        out.clear();
        while (next < enteringCount && out.size() < BATCH_ROWS_MAX) {
            place(entering[next++]);
        }
        if (out.size() > 0) {
            return out;
        }
        if (!ended) {
            waiting.endStep(partition -> {});
            for (int i = 0; i < enteringCount; i++) {
                waiting.remove(entering[i], partition -> {});
            }
            forgetIdle();
            ended = true;
        }
        return null;
    }

    @Override
    void absorb() {
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            rows.of(batch, 0);
            table.find(rows);
            if (placed.length < table.size()) {
                placed = Arrays.copyOf(placed, Math.max(table.size(), Math.max(64, 2 * placed.length)));
            }
            for (int i = 0; idle.forgets() && i < rows.count(); i++) {
                idle.touch(rows.groups()[i], clock());
            }
            leaveOut(batch);
            int first = waiting.touchedCount();
            waiting.add(rows, table.size());
            LongColumn times = (LongColumn) waiting.rows().column(timeColumn);
            for (int i = first; i < waiting.touchedCount(); i++) {
                byTime.add(waiting.touched()[i], times.get(waiting.touched()[i]));
            }
        }
    }

    /** Finds the rows that the bound has passed, in their order. */
    private void enter() {
        entered = Math.max(entered, timeBound());
        byTime.takeBelow(entered, this::enter);
        order.sort(waiting.rows(), entering, enteringCount);
    }

    private long clock() {
        return running().plan().clockMicros();
    }

    /** Forgets partitions without rows, of which none waits. */
    private void forgetIdle() {
        if (!idle.due(clock())) {
            return;
        }
        for (int partition = 0; partition < table.size(); partition++) {
            boolean waits = waiting.first(partition) >= 0;
            if (table.live(partition) && !waits && idle.idle(partition)) {
                table.remove(partition);
                placed[partition] = 0;
            }
        }
    }

    /** Leaves out rows without a time, late ones, and those of partitions that have no places left. */
    private void leaveOut(RowBatch batch) {
        LongColumn times = (LongColumn) batch.column(timeColumn);
        int[] numbers = rows.rows();
        int[] partitions = rows.groups();
        int kept = 0;
        for (int i = 0; i < rows.count(); i++) {
            int row = numbers[i];
            if (times.isNull(row)) {
                running()
                        .rejectTimeless(
                                origin,
                                batch,
                                row,
                                input().rowType().field(timeColumn).name()
                                        + " is NULL, so it has no place in the order");
            } else if (times.get(row) < entered) {
                running().rejectLate(origin, batch, row, "it came after rows behind it had got their places");
            } else if (placed[partitions[i]] < end) {
                numbers[kept] = row;
                partitions[kept++] = partitions[i];
            }
        }
        rows.count(kept);
    }

    private void enter(int row) {
        if (enteringCount == entering.length) {
            entering = Arrays.copyOf(entering, Math.max(64, 2 * enteringCount));
        }
        entering[enteringCount++] = row;
    }

    private void place(int row) {
        int partition = waiting.groupOf(row);
        if (placed[partition] == end) {
            return;
        }
        long place = ++placed[partition];
        if (place <= node.offset()) {
            return;
        }
        int at = out.size();
        out.ensureCapacity(at + 1);
        int columns = input().rowType().size();
        for (int column = 0; column < columns; column++) {
            out.column(column).copyFrom(waiting.rows().column(column), row, at);
        }
        if (node.placed()) {
            out.column(columns).clearNull(at);
            ((LongColumn) out.column(columns)).values()[at] = place;
        }
        out.size(at + 1);
    }

    private long timeBound() {
        return WindowBounds.timeBound(input(), timeColumn);
    }

    private Step running() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    @Override
    public boolean mayHaveMore() {
        return !ended;
    }

    @Override
    boolean clocked() {
        return idle.forgets();
    }

    @Override
    void standInFor(KeyedOperator aside) {
        FirstRowsOperator other = (FirstRowsOperator) aside;
        waitingAside = other.leastWaiting();
        entered = other.entered;
    }

    private long leastWaiting() {
        return Math.min(waitingAside, byTime.least());
    }

    @Override
    public long bound(int column) {
        return column == timeColumn ? Math.min(Math.max(entered, timeBound()), leastWaiting()) : NO_BOUND;
    }

    @Override
    public long rowtimeBound() {
        return bound(timeColumn);
    }

    @Override
    public boolean due() {
        return super.due() || leastWaiting() < timeBound();
    }

    @Override
    public boolean holding() {
        return leastWaiting() != CLOSED || super.holding();
    }

    @Override
    public String stateLayout() {
        return "first rows " + node.partition() + " " + node.order() + " " + node.offset() + " " + node.limit()
                + idle.layout() + " of " + input().rowType();
    }

    @Override
    public void save(StateWriter target) {
        target.writeLong(entered);
        table.save(target);
        target.writeLongs(placed, table.size());
        idle.save(table.size(), target);
        waiting.save(target);
    }

    @Override
    public void load(StateReader in) {
        waitingAside = CLOSED;
        entered = in.readLong();
        table.load(in);
        placed = in.readLongs(table.size());
        idle.load(table.size(), in);
        waiting.load(in);
        for (int row = 0; row < waiting.size(); row++) {
            if (waiting.live(row)) {
                byTime.add(row, ((LongColumn) waiting.rows().column(timeColumn)).get(row));
            }
        }
    }
}
