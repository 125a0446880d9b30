package io.millrace.runtime.operator;

import io.millrace.plan.AsOf;
import io.millrace.plan.PlanNode;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.join.JoinPairs;
import io.millrace.runtime.join.KeyedRows;
import io.millrace.runtime.join.NearestRows;
import io.millrace.runtime.join.RowStore;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Joins each row of the left with the row of its key on the right that is nearest in time.
 *
 * <p>A row of the left waits until the bound of the right says that no nearer one can come, and is then put out, once. A
 * row of the right is forgotten when the bound of the left says that another is nearer to all that may follow. Rows that
 * come after they were not expected any more are late: what they would have been joined with may be gone.
 */
final class NearestJoinOperator extends KeyedOperator {

    private static final String LATE = "it came after the time of its partners in a join had passed";

    private enum Phase {
        READ,
        UNKEYED,
        PAIRS,
        ALONE,
        END
    }

    private final PlanNode.Join node;
    private final AsOf nearest;
    private final boolean bounded;
    private final boolean keepsLeft;
    private final String origin;
    private final GroupTable table;
    private final KeyedRows leftKeys;
    private final KeyedRows rightKeys;
    private final RowStore left;
    private final NearestRows right;
    private final WaitingForNearest waiting;
    private final JoinPairs pairs;
    private final JoinedRows joined;
    private final RowBatch unkeyed;
    private final int[] alone = new int[JoinPairs.PAIRS_MAX];
    private int aloneCount;
    private long leftPassed = NO_BOUND;
    private long rightPassed = NO_BOUND;
    private @Nullable Step step;
    private Phase phase = Phase.END;
    private int at;
    /** Of rows of the left that are put aside: whether there are any, and what {@link WaitingForNearest#least} said. */
    private boolean waitsAside;

    private long leastAside = CLOSED;

    /** @param bounded whether all rows come in the first step */
    NearestJoinOperator(
            PlanNode.Join node,
            AsOf nearest,
            Operator left,
            Operator right,
            boolean bounded,
            ExpressionEngine engine,
            String origin) {
        super(node.id(), node.rowType(), left, right);
        JoinSides sides = new JoinSides(node);
        this.node = node;
        this.nearest = nearest;
        this.bounded = bounded;
        this.keepsLeft = node.type().keepsLeft();
        this.origin = origin;
        this.table = GroupTable.create(
                left.rowType(), IntStream.of(sides.keyColumns(true)).boxed().toList());
        this.leftKeys = sides.keyed(true);
        this.rightKeys = sides.keyed(false);
        this.left = new RowStore(left.rowType(), false);
        this.right = new NearestRows(right.rowType(), nearest);
        this.waiting = new WaitingForNearest(nearest, this.left, this.right);
        this.pairs = sides.pairs(engine);
        this.joined = new JoinedRows(node);
        this.unkeyed = RowBatch.create(left.rowType(), 0);
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        phase = Phase.READ;
        left.closeUp();
        right.store().closeUp();
        unkeyed.clear();
    }

    @Override
    protected @Nullable RowBatch produce() {
        while (phase != Phase.END) {
            RowBatch rows = advance();
            if (rows != null && rows.selectedCount() > 0) {
                return rows;
            }
        }
        return null;
    }

    private @Nullable RowBatch advance() {
        switch (phase) {
            case READ -> {
                absorb();
                waiting.answerable(rightBound());
                at = 0;
                phase = Phase.UNKEYED;
            }
            case UNKEYED -> {
                phase = Phase.PAIRS;
                return unkeyed.size() == 0 ? null : joined.alone(unkeyed, unkeyed.size());
            }
            case PAIRS -> {
                return pairs();
            }
            case ALONE -> {
                phase = Phase.PAIRS;
                return aloneCount == 0 ? null : joined.alone(left.rows(), alone, aloneCount);
            }
            case END -> {}
        }
        return null;
    }

    @Override
    void absorb() {
        Step running = running();
        for (RowBatch batch = inputs().get(1).next();
                batch != null;
                batch = inputs().get(1).next()) {
            rightKeys.of(batch);
            admit(batch, rightKeys.rows(), nearest.right(), rightPassed, false, running);
            table.find(rightKeys.rows(), rightKeys.columns());
            right.add(rightKeys.rows(), table.size());
        }
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            leftKeys.of(batch);
            for (int i = 0; keepsLeft && i < leftKeys.unkeyedCount(); i++) {
                unkeyed.appendFrom(batch, leftKeys.unkeyed()[i]);
            }
            admit(batch, leftKeys.rows(), nearest.left(), leftPassed, keepsLeft, running);
            table.find(leftKeys.rows(), leftKeys.columns());
            left.add(leftKeys.rows(), table.size());
        }
    }

    /** Leaves out rows without a time, and late ones. */
    private void admit(RowBatch batch, GroupedRows rows, int column, long passed, boolean kept, Step running) {
        LongColumn times = (LongColumn) batch.column(column);
        int[] numbers = rows.rows();
        int count = 0;
        for (int i = 0; i < rows.count(); i++) {
            int row = numbers[i];
            if (!times.isNull(row)) {
                if (times.get(row) < passed) {
                    running.rejectLate(origin, batch, row, LATE);
                } else {
                    numbers[count++] = row;
                }
            } else if (kept) {
                unkeyed.appendFrom(batch, row);
            }
        }
        rows.count(count);
    }

    private @Nullable RowBatch pairs() {
        if (at == waiting.answeredCount()) {
            endStep();
            return null;
        }
        pairs.clear();
        aloneCount = 0;
        int from = at;
        while (at < waiting.answeredCount() && !pairs.full() && at - from < alone.length) {
            int row = waiting.answered(at++);
            int partner = right.find(left.groupOf(row), waiting.time(row));
            if (partner != NearestRows.NONE) {
                pairs.add(row, partner, 1);
            } else if (keepsLeft) {
                alone[aloneCount++] = row;
            }
        }
        test();
        phase = Phase.ALONE;
        return pairs.count() == 0 ? null : pairRows();
    }

    private RowBatch pairRows() {
        RowBatch rows = pairs.rows(left.rows(), right.store().rows());
        RowBatch typed = new RowBatch(
                rowType(),
                IntStream.range(0, rows.columnCount())
                        .mapToObj(rows::column)
                        .toArray(io.millrace.spi.row.Column[]::new));
        typed.size(rows.size());
        return typed;
    }

    /** Drops pairs that do not satisfy the condition; their rows of the left may still be kept. */
    private void test() {
        if (node.condition() == null || pairs.count() == 0) {
            return;
        }
        int[] before = java.util.Arrays.copyOf(pairs.left(), pairs.count());
        pairs.test(left.rows(), right.store().rows(), running().context(), this::reject);
        int kept = 0;
        for (int row : before) {
            if (kept < pairs.count() && pairs.left()[kept] == row) {
                kept++;
            } else if (keepsLeft) {
                alone[aloneCount++] = row;
            }
        }
    }

    /** A pair that cannot be tested is none. */
    private void reject(int pair, ErrorCode code, String reason) {
        running().reject(origin, left.rows(), pairs.left()[pair], code, reason);
    }

    private void endStep() {
        phase = Phase.END;
        left.endStep(group -> {});
        right.store().endStep(group -> {});
        for (int i = 0; i < waiting.answeredCount(); i++) {
            left.remove(waiting.answered(i), group -> emptied(group, right.store()));
        }
        waiting.forgetAnswered();
        leftPassed = Math.max(leftPassed, leftBound());
        rightPassed = Math.max(rightPassed, rightBound());
        if (!bounded && leftPassed != NO_BOUND) {
            right.forgetBelow(waiting.needlessBelow(leftPassed), group -> emptied(group, left));
        }
    }

    private void emptied(int group, RowStore other) {
        if (other.first(group) == NearestRows.NONE) {
            table.remove(group);
        }
    }

    private long leftBound() {
        return bounded ? CLOSED : input().bound(nearest.left());
    }

    private long rightBound() {
        return bounded ? CLOSED : inputs().get(1).bound(nearest.right());
    }

    private Step running() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    @Override
    public long bound(int column) {
        if (column != nearest.left() || nearest.after()) {
            return leftBound() == CLOSED && !waits() ? CLOSED : NO_BOUND;
        }
        return Math.min(leftBound(), leastWaiting());
    }

    @Override
    public long rowtimeBound() {
        return bound(nearest.left());
    }

    @Override
    public boolean due() {
        return super.due() || (!bounded && waitsFor(rightBound()));
    }

    @Override
    public boolean holding() {
        return waits() || super.holding();
    }

    private boolean waits() {
        return waitsAside || left.liveCount() > 0;
    }

    private long leastWaiting() {
        return Math.min(leastAside, waiting.least());
    }

    /** Returns whether rows of the left would be put out at this bound of the right though no others come. */
    private boolean waitsFor(long bound) {
        return bound == CLOSED ? waits() : waiting.passed(leastWaiting(), bound);
    }

    @Override
    void standInFor(KeyedOperator aside) {
        NearestJoinOperator other = (NearestJoinOperator) aside;
        waitsAside = other.waits();
        leastAside = other.leastWaiting();
    }

    @Override
    public boolean complete() {
        return inputs().stream().allMatch(Operator::complete);
    }

    @Override
    public String stateLayout() {
        return "nearest " + nearest + " " + node.type() + " " + node.keys() + " of " + input().rowType() + " and "
                + inputs().get(1).rowType();
    }

    @Override
    public void save(StateWriter target) {
        target.writeLong(leftPassed);
        target.writeLong(rightPassed);
        table.save(target);
        left.save(target);
        right.save(target);
    }

    @Override
    public void load(StateReader in) {
        waitsAside = false;
        leastAside = CLOSED;
        leftPassed = in.readLong();
        rightPassed = in.readLong();
        table.load(in);
        left.load(in);
        right.load(in);
        waiting.load();
    }
}
