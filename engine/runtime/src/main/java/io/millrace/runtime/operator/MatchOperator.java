package io.millrace.runtime.operator;

import io.millrace.plan.MatchedRows;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.match.MatchRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Finds sequences of rows that match a pattern.
 *
 * <p>A bounded query sorts all rows first. An endless one, whose first order key is the time, takes a row once the bound
 * has passed it, and gives a match once no other that is preferred can come any more.
 */
final class MatchOperator extends KeyedOperator {

    private final PlanNode.Match node;
    private final boolean bounded;
    private final String origin;
    private final int timeColumn;
    private final MatchRows rows;
    private int[] selection = {};
    private @Nullable Step step;
    private boolean inputDone;
    private long entered = NO_BOUND;
    /** Of rows that are put aside: the least time of one that waits, and of one that an open match begins with. */
    private long waitingAside = CLOSED;

    private long openAside = CLOSED;
    /** The same of an open match that time alone may decide on. */
    private long expiringAside = CLOSED;
    /** The time of the clock at which some partition of them may end. */
    private long endingAside = CLOSED;

    /** @param ttlMicros how long a partition is kept in which no rows come, 0 for ever */
    MatchOperator(
            PlanNode.Match node,
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
        this.rows = new MatchRows(node, !bounded, bounded ? 0 : ttlMicros, engine);
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        inputDone = bounded && inputDone;
        rows.compact();
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!inputDone) {
            absorb();
            enter();
            inputDone = true;
        }
        while (rows.hasWork()) {
            RowBatch out = rows.work(BATCH_ROWS_MAX, step().context(), this::reject);
            if (out != null && out.selectedCount() > 0) {
                return out;
            }
        }
        return null;
    }

    @Override
    void absorb() {
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            RowBatch usable = bounded && !within() ? batch : inTime(batch);
            if (usable.selectedCount() > 0) {
                rows.add(usable);
            }
        }
    }

    private void enter() {
        entered = bounded ? CLOSED : Math.max(entered, timeBound());
        if (entered == CLOSED) {
            rows.enterAll();
        } else {
            rows.enterBefore(entered, step().plan().clockMicros());
        }
    }

    private boolean within() {
        return node.rows().withinMicros() != MatchedRows.ANY_TIME;
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
                step().rejectLate(origin, batch, row, "it came after rows behind it had been matched");
            } else {
                selection[kept++] = row;
            }
        }
        return kept == count ? batch : Views.of(batch, batch.type(), selection.clone(), kept);
    }

    private void reject(int row, ErrorCode code, String reason) {
        step().reject(origin, rows.rows(), row, code, reason);
    }

    private Step step() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    @Override
    public long bound(int column) {
        if (bounded) {
            return inputDone ? CLOSED : NO_BOUND;
        }
        return ofOrder(column) ? rowtimeBound() : NO_BOUND;
    }

    /** Returns whether an output column is the time of a row of the match, or of one behind it. */
    private boolean ofOrder(int column) {
        int first = node.columns().size();
        if (column < first) {
            return node.columns().get(column) == timeColumn;
        }
        return node.measures().get(column - first) instanceof Expression.Column measure
                && node.values().get(measure.index()).notBefore(timeColumn);
    }

    @Override
    public long rowtimeBound() {
        return bounded ? super.rowtimeBound() : Math.min(Math.max(entered, timeBound()), leastHeld());
    }

    /** Returns the least time of a row that waits or that an open match begins with. */
    private long leastHeld() {
        return Math.min(leastWaiting(), leastOpen());
    }

    private long leastWaiting() {
        return rows.hasWaiting() ? Math.min(waitingAside, rows.waitingTime()) : waitingAside;
    }

    private long leastOpen() {
        return Math.min(openAside, rows.leastOpenTime());
    }

    private long leastExpiring() {
        return Math.min(expiringAside, rows.leastExpiringTime());
    }

    @Override
    boolean clocked() {
        return rows.forgets();
    }

    @Override
    long dueMicros() {
        return endingAside;
    }

    @Override
    void standInFor(KeyedOperator aside) {
        MatchOperator other = (MatchOperator) aside;
        entered = other.entered;
        waitingAside = other.leastWaiting();
        openAside = other.leastOpen();
        expiringAside = other.leastExpiring();
        endingAside = Math.min(other.endingAside, other.rows.endingMicros());
    }

    @Override
    public boolean due() {
        if (super.due()) {
            return true;
        }
        if (bounded) {
            return false;
        }
        long bound = timeBound();
        return (bound == CLOSED && entered != CLOSED && leastHeld() != CLOSED)
                || leastWaiting() < bound
                || rows.expires(leastExpiring(), bound);
    }

    @Override
    public boolean holding() {
        return leastHeld() != CLOSED || super.holding();
    }

    @Override
    public String stateLayout() {
        return "match " + node.partition() + " " + node.order() + " " + node.rows() + rows.layout() + " of "
                + input().rowType();
    }

    @Override
    public void save(StateWriter target) {
        target.writeLong(entered);
        rows.save(target);
    }

    @Override
    public void load(StateReader in) {
        waitingAside = CLOSED;
        openAside = CLOSED;
        expiringAside = CLOSED;
        endingAside = CLOSED;
        entered = in.readLong();
        rows.load(in);
    }
}
