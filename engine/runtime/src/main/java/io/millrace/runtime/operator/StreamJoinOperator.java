package io.millrace.runtime.operator;

import io.millrace.plan.JoinTime;
import io.millrace.plan.PlanNode;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.join.Gather;
import io.millrace.runtime.join.JoinPairs;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Joins in an endless query: keeps the rows of both sides and puts out, step by step, what their changes change.
 *
 * <pre>
 *   what changed on the left   × what was on the right
 *   what is on the left now    × what changed on the right
 *   rows that have got their first partner, or lost their last
 *   rows without a partner whose time has passed
 * </pre>
 *
 * <p>Both inputs are read whole before the first row is put out, so changes that cancel each other within a step are
 * not seen by anyone.
 */
final class StreamJoinOperator extends KeyedOperator {

    private enum Phase {
        READ,
        UNKEYED,
        LEFT_CHANGES,
        RIGHT_CHANGES,
        LEFT_SHOWN,
        RIGHT_SHOWN,
        LEFT_EXPIRED,
        RIGHT_EXPIRED,
        END
    }

    private static final int NONE = -1;
    private static final int EMPTIED_MIN = 64;

    private final PlanNode.Join node;
    private final String origin;
    private final String layout;
    private final GroupTable table;
    private final JoinSide left;
    private final JoinSide right;
    private final JoinPairs pairs;
    private int[] chosen = new int[64];
    private final RowBatch leftAlone;
    private final RowBatch rightAlone;
    private @Nullable Step step;
    private Phase phase = Phase.END;
    private int at;
    private int partner = NONE;
    private boolean unkeyedLeftGiven;
    private int emptiedCount;

    /**
     * @param leftTtlMicros how long a row of the left is kept that nothing else frees, 0 for ever
     * @param rightTtlMicros how long one of the right is
     */
    StreamJoinOperator(
            PlanNode.Join node,
            Operator left,
            Operator right,
            boolean leftUpdating,
            boolean rightUpdating,
            long leftTtlMicros,
            long rightTtlMicros,
            ExpressionEngine engine,
            String origin) {
        super(node.id(), node.rowType(), left, right);
        JoinSides sides = new JoinSides(node);
        this.node = node;
        this.origin = origin;
        this.table = GroupTable.create(
                left.rowType(), IntStream.of(sides.keyColumns(true)).boxed().toList());
        this.left = new JoinSide(node, true, left, leftUpdating, leftTtlMicros);
        this.right = new JoinSide(node, false, right, rightUpdating, rightTtlMicros);
        this.pairs = sides.pairs(engine);
        this.leftAlone = RowBatch.create(left.rowType(), 0);
        this.rightAlone = RowBatch.create(right.rowType(), 0);
        this.layout = "join " + node.type() + " " + node.keys() + " " + node.times() + " " + leftUpdating + " "
                + rightUpdating + this.left.layout() + this.right.layout() + " of " + left.rowType() + " and "
                + right.rowType();
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        phase = Phase.READ;
        forgetEmptied();
        left.begin();
        right.begin();
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
        return switch (phase) {
            case READ -> read();
            case UNKEYED -> unkeyed();
            case LEFT_CHANGES -> changes(true);
            case RIGHT_CHANGES -> changes(false);
            case LEFT_SHOWN -> shown(left, Phase.RIGHT_SHOWN);
            case RIGHT_SHOWN -> shown(right, Phase.LEFT_EXPIRED);
            case LEFT_EXPIRED -> expired(left, Phase.RIGHT_EXPIRED);
            case RIGHT_EXPIRED -> expired(right, Phase.END);
            case END -> null;
        };
    }

    private @Nullable RowBatch enter(Phase following) {
        phase = following;
        at = 0;
        partner = NONE;
        if (following == Phase.LEFT_EXPIRED) {
            long clock = running().plan().clockMicros();
            left.expire(right, clock);
            right.expire(left, clock);
        } else if (following == Phase.END) {
            left.endStep(group -> emptied(group, right));
            right.endStep(group -> emptied(group, left));
        }
        return null;
    }

    private void emptied(int group, JoinSide other) {
        if (other.store().first(group) == NONE) {
            emptiedCount++;
        }
    }

    /** Keys without rows stay until there are many, since each that goes by itself has its neighbours moved. */
    private void forgetEmptied() {
        if (emptiedCount >= EMPTIED_MIN && emptiedCount >= table.liveCount() / 2) {
            forgetAllEmptied();
        }
    }

    private void forgetAllEmptied() {
        table.retain(group -> left.store().first(group) != NONE || right.store().first(group) != NONE);
        emptiedCount = 0;
    }

    @Override
    void absorb() {
        read(left);
        read(right);
    }

    private @Nullable RowBatch read() {
        absorb();
        unkeyedLeftGiven = false;
        return enter(Phase.UNKEYED);
    }

    private void read(JoinSide side) {
        for (RowBatch batch = side.input().next();
                batch != null;
                batch = side.input().next()) {
            side.add(batch, table, running(), origin);
        }
    }

    private @Nullable RowBatch unkeyed() {
        if (!unkeyedLeftGiven) {
            unkeyedLeftGiven = true;
            return left.unkeyed().size() == 0 ? null : alone(left, left.unkeyed());
        }
        enter(Phase.LEFT_CHANGES);
        return right.unkeyed().size() == 0 ? null : alone(right, right.unkeyed());
    }

    private @Nullable RowBatch changes(boolean ofLeft) {
        collect(ofLeft);
        if (pairs.count() == 0) {
            return enter(ofLeft ? Phase.RIGHT_CHANGES : Phase.LEFT_SHOWN);
        }
        RowBatch lefts = left.store().rows();
        RowBatch rights = right.store().rows();
        pairs.test(lefts, rights, running().context(), this::reject);
        count(ofLeft);
        if (node.type().leftOnly() || pairs.count() == 0) {
            return null;
        }
        RowBatch rows = pairs.rows(lefts, rights);
        rows.weights(weights());
        return rows;
    }

    private int @Nullable [] weights() {
        int[] weights = pairs.weights();
        for (int i = 0; i < pairs.count(); i++) {
            if (weights[i] != 1) {
                return weights;
            }
        }
        return null;
    }

    /** Collects pairs of a changed row with rows of the other side: as it was before for the left, as it is for the right. */
    private void collect(boolean ofLeft) {
        JoinSide mine = ofLeft ? left : right;
        JoinSide other = ofLeft ? right : left;
        pairs.clear();
        while (at < mine.store().touchedCount() && !pairs.full()) {
            int row = mine.store().touched()[at];
            int delta = mine.store().delta(row);
            if (partner == NONE && delta != 0) {
                partner = other.store().first(mine.store().groupOf(row));
            }
            while (partner != NONE && !pairs.full()) {
                int weight = ofLeft
                        ? other.store().weightBefore(partner)
                        : other.store().weight(partner);
                if (weight != 0) {
                    pairs.add(ofLeft ? row : partner, ofLeft ? partner : row, delta * weight);
                }
                partner = other.store().next(partner);
            }
            if (partner == NONE) {
                at++;
            }
        }
    }

    private void count(boolean ofLeft) {
        JoinSide mine = ofLeft ? left : right;
        JoinSide other = ofLeft ? right : left;
        if (!mine.counts() && !other.counts()) {
            return;
        }
        int[] mineRows = ofLeft ? pairs.left() : pairs.right();
        int[] otherRows = ofLeft ? pairs.right() : pairs.left();
        for (int i = 0; i < pairs.count(); i++) {
            int row = mineRows[i];
            int with = otherRows[i];
            if (mine.counts() && mine.store().weightBefore(row) == 0) {
                mine.partnered(
                        row,
                        ofLeft
                                ? other.store().weightBefore(with)
                                : other.store().weight(with));
            }
            if (other.counts()) {
                other.partnered(with, mine.store().delta(row));
            }
        }
    }

    /** Puts out rows that have got their first partner or lost their last, by themselves or beside NULL. */
    private @Nullable RowBatch shown(JoinSide side, Phase following) {
        RowBatch rows = side == left ? leftAlone : rightAlone;
        rows.clear();
        int count = 0;
        int[] weights = null;
        while (at < side.dirtyCount() && count < BATCH_ROWS_MAX) {
            int row = side.dirtyRow(at++);
            int change = side.show(row);
            if (change != 0) {
                if (change != 1 || weights != null) {
                    weights = rows.weightsForWriting(count + 1);
                    weights[count] = change;
                }
                choose(count++, row);
            }
        }
        if (count == 0) {
            return enter(following);
        }
        return chosen(side, rows, count);
    }

    private void choose(int at, int row) {
        if (at == chosen.length) {
            chosen = Arrays.copyOf(chosen, Math.min(BATCH_ROWS_MAX, 4 * at));
        }
        chosen[at] = row;
    }

    private RowBatch chosen(JoinSide side, RowBatch rows, int count) {
        for (int i = 0; i < rows.columnCount(); i++) {
            Gather.gather(side.store().rows().column(i), chosen, null, count, rows.column(i));
        }
        rows.size(count);
        return alone(side, rows);
    }

    private @Nullable RowBatch expired(JoinSide side, Phase following) {
        int count = 0;
        while (side.waits() && at < side.expiredCount() && count < BATCH_ROWS_MAX) {
            int row = side.expiredRow(at++);
            if (side.lonely(row)) {
                choose(count++, row);
            }
        }
        if (count == 0) {
            return enter(following);
        }
        RowBatch rows = side == left ? leftAlone : rightAlone;
        rows.clear();
        return chosen(side, rows, count);
    }

    /** Returns rows of one side as rows of the join: beside NULL where it has columns of both. */
    private RowBatch alone(JoinSide side, RowBatch rows) {
        if (node.type().leftOnly()) {
            return rows;
        }
        Column[] columns = new Column[rowType().size()];
        JoinSide other = side == left ? right : left;
        Column[] none = other.nulls().of(rows.size());
        int own = side == left ? 0 : none.length;
        int before = side == left ? rows.columnCount() : 0;
        for (int i = 0; i < rows.columnCount(); i++) {
            columns[own + i] = rows.column(i);
        }
        System.arraycopy(none, 0, columns, before, none.length);
        RowBatch padded = new RowBatch(rowType(), columns);
        padded.size(rows.size());
        padded.weights(rows.weights());
        return padded;
    }

    private Step running() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    /** A pair that cannot be tested is none. It is reported when it comes and not again when it goes. */
    private void reject(int pair, ErrorCode code, String reason) {
        if (pairs.weights()[pair] > 0) {
            running().reject(origin, left.store().rows(), pairs.left()[pair], code, reason);
        }
    }

    @Override
    public boolean mayHaveMore() {
        return phase != Phase.END;
    }

    @Override
    boolean clocked() {
        return left.clocked() || right.clocked();
    }

    @Override
    void standInFor(KeyedOperator aside) {
        StreamJoinOperator other = (StreamJoinOperator) aside;
        left.standInFor(other.left);
        right.standInFor(other.right);
    }

    @Override
    public long bound(int column) {
        int own = left.type().size();
        long bound = NO_BOUND;
        for (JoinTime time : node.times()) {
            if (column == time.left()) {
                bound = Math.max(bound, left.bound(time, right));
            } else if (column == own + time.right()) {
                bound = Math.max(bound, right.bound(time, left));
            }
        }
        return bound;
    }

    @Override
    public long rowtimeBound() {
        return NO_BOUND;
    }

    @Override
    public boolean due() {
        return super.due() || left.due(right) || right.due(left);
    }

    @Override
    public boolean holding() {
        return left.holding() || right.holding() || super.holding();
    }

    @Override
    public boolean complete() {
        return inputs().stream().allMatch(Operator::complete);
    }

    @Override
    public String stateLayout() {
        return layout;
    }

    @Override
    public void save(StateWriter target) {
        if (emptiedCount > 0) {
            forgetAllEmptied();
        }
        table.save(target);
        left.save(target);
        right.save(target);
    }

    @Override
    public void load(StateReader in) {
        table.load(in);
        left.load(in);
        right.load(in);
    }
}
