package io.millrace.runtime.operator;

import io.millrace.plan.Frame;
import io.millrace.plan.OverCall;
import io.millrace.plan.OverCall.Aggregated;
import io.millrace.plan.OverCall.Picked;
import io.millrace.plan.PlanNode;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.over.OverRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Gives each row values from the rows around it.
 *
 * <p>A bounded query sorts all rows first. An endless one, whose first order key is the time, computes a row once the
 * bound has passed it and all that its frames may reach, and the rows behind it that it needs have come.
 */
final class OverOperator extends KeyedOperator {

    private final PlanNode.Over node;
    private final boolean bounded;
    private final String origin;
    private final int timeColumn;
    private final long following;
    private final OverRows rows;
    private final RowBatch out;
    private int[] selection = {};
    private @Nullable Step step;
    private boolean inputDone;
    private long entered = NO_BOUND;
    /** Of rows that are put aside and not computed: their least time, and what the bound has to pass for the next. */
    private long heldAside = CLOSED;

    private long dueAside = CLOSED;
    /** The time of the clock at which some of them wait no longer. */
    private long forgetAside = CLOSED;

    /** @param ttlMicros how long a partition is kept in which no rows come, 0 for ever */
    OverOperator(
            PlanNode.Over node,
            Operator input,
            boolean bounded,
            long ttlMicros,
            ExpressionEngine engine,
            String origin) {
        super(node.id(), node.rowType(), input);
        this.node = node;
        this.bounded = bounded;
        this.origin = origin;
        this.timeColumn = node.order().isEmpty() ? -1 : node.order().getFirst().column();
        this.following =
                node.calls().stream().mapToLong(OverOperator::following).max().orElse(0);
        this.rows = new OverRows(node, !bounded, bounded ? 0 : ttlMicros, engine);
        this.out = RowBatch.create(node.rowType(), 0);
    }

    private static long following(OverCall call) {
        Frame frame = switch (call) {
            case Aggregated c -> c.frame();
            case Picked c -> c.frame();
            default -> new Frame(true, 0, 0);
        };
        return frame.byRange() && frame.end() != Frame.LAST ? Math.max(0, frame.end()) : 0;
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        inputDone = bounded && inputDone;
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!inputDone) {
            absorb();
            enter();
            inputDone = true;
        }
        out.clear();
        compute();
        if (out.size() == 0 && !bounded) {
            rows.dropBefore(entered);
            if (rows.forgetIdle(clock())) {
                compute();
            }
        }
        return out.size() > 0 ? out : null;
    }

    private void compute() {
        while (out.size() < BATCH_ROWS_MAX && computable(entered)) {
            computeNext();
        }
    }

    @Override
    void absorb() {
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            RowBatch usable = bounded ? batch : inTime(batch);
            if (usable.selectedCount() > 0) {
                rows.add(usable);
            }
        }
    }

    private void enter() {
        if (bounded) {
            rows.enterAll(clock());
            entered = CLOSED;
        } else {
            entered = Math.max(entered, timeBound());
            rows.enterBefore(entered, clock());
            if (entered == CLOSED) {
                rows.settleAll();
            }
        }
    }

    private long timeBound() {
        return WindowBounds.timeBound(input(), timeColumn);
    }

    /** Returns the rows that are not too late; the others are rejected. */
    private RowBatch inTime(RowBatch batch) {
        Column times = batch.column(timeColumn);
        int count = batch.selectedCount();
        if (selection.length < count) {
            selection = new int[count];
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = batch.selectedRow(i);
            if (times.isNull(row)) {
                step().rejectTimeless(
                                origin,
                                batch,
                                row,
                                input().rowType().field(timeColumn).name()
                                        + " is NULL, so it has no place in the order");
            } else if (((LongColumn) times).get(row) < entered) {
                step().rejectLate(origin, batch, row, "it came after rows behind it had been put out");
            } else {
                selection[kept++] = row;
            }
        }
        return kept == count ? batch : Views.of(batch, batch.type(), selection.clone(), kept);
    }

    private boolean computable(long bound) {
        if (!rows.hasNext()) {
            return false;
        }
        return bounded || lastSeen() < bound;
    }

    /** Returns the last time that the frames of the next row may reach. */
    private long lastSeen() {
        long last = rows.nextTime() + following;
        return last < rows.nextTime() ? CLOSED - 1 : Math.min(last, CLOSED - 1);
    }

    private void computeNext() {
        int row = rows.nextRow();
        try {
            rows.computeNext(out);
        } catch (MillraceException e) {
            step().reject(origin, rows.rows(), row, e.code(), e.describe());
        }
    }

    private long clock() {
        return step().plan().clockMicros();
    }

    private Step step() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    @Override
    public boolean mayHaveMore() {
        return !inputDone || computable(entered) || !bounded;
    }

    @Override
    public long bound(int column) {
        if (bounded) {
            return inputDone ? CLOSED : NO_BOUND;
        }
        if (column != timeColumn) {
            return NO_BOUND;
        }
        return Math.min(Math.max(entered, timeBound()), leastHeld());
    }

    /** Returns the least time of a row that is not computed. */
    private long leastHeld() {
        long least = rows.hasUncomputed() ? Math.min(heldAside, rows.leastTime()) : heldAside;
        return rows.hasWaiting() ? Math.min(least, rows.waitingTime()) : least;
    }

    /** Returns the time that the bound has to pass for something to happen. */
    private long leastDue() {
        long least = rows.hasUncomputed() ? Math.min(dueAside, CLOSED - 1) : dueAside;
        least = rows.hasNext() ? Math.min(least, lastSeen()) : least;
        return rows.hasWaiting() ? Math.min(least, rows.waitingTime()) : least;
    }

    @Override
    boolean clocked() {
        return rows.forgets();
    }

    @Override
    long dueMicros() {
        return forgetAside;
    }

    @Override
    void standInFor(KeyedOperator aside) {
        OverOperator other = (OverOperator) aside;
        entered = other.entered;
        heldAside = other.leastHeld();
        dueAside = other.leastDue();
        forgetAside = Math.min(other.forgetAside, other.rows.forgetMicros());
    }

    @Override
    public long rowtimeBound() {
        return bounded ? super.rowtimeBound() : bound(timeColumn);
    }

    @Override
    public boolean due() {
        return super.due() || (!bounded && leastDue() < timeBound());
    }

    @Override
    public long nextClockMicros() {
        return Math.min(super.nextClockMicros(), Math.min(forgetAside, rows.forgetMicros()));
    }

    @Override
    public boolean holding() {
        return leastHeld() != CLOSED || super.holding();
    }

    @Override
    public String stateLayout() {
        return "over " + node.partition() + " " + node.order() + " " + node.calls() + rows.layout() + " of "
                + input().rowType();
    }

    @Override
    public void save(StateWriter target) {
        target.writeLong(entered);
        rows.save(target);
    }

    @Override
    public void load(StateReader in) {
        heldAside = CLOSED;
        dueAside = CLOSED;
        forgetAside = CLOSED;
        entered = in.readLong();
        rows.load(in);
    }
}
