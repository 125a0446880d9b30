package io.millrace.runtime.operator;

import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.join.JoinPairs;
import io.millrace.runtime.join.KeyedRows;
import io.millrace.runtime.join.NullColumns;
import io.millrace.runtime.join.RowStore;
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
 * Joins in an endless query of which one side is looked up: keeps that side as it is at the step, and puts rows of the
 * other side beside it as they come. These are not kept, so what changes later changes nothing that was put out.
 */
final class LookupJoinOperator extends Operator {

    private static final int NONE = -1;

    private final PlanNode.Join node;
    private final boolean keepsLeft;
    private final boolean outer;
    private final String origin;
    private final GroupTable table;
    private final RowStore store;
    private final KeyedRows stored;
    private final KeyedRows coming;
    private final JoinPairs pairs;
    private final NullColumns nothing;
    private boolean[] matched = {};
    private int[] selection = {};
    private @Nullable Step step;
    private @Nullable RowBatch probing;
    private int probed;
    private int partner = NONE;
    private int repeated;
    private boolean taken;

    /**
     * @param keepsLeft whether the left side is the one that is looked up
     * @param updating whether rows of the other side may be taken back; the planner sees to it that they are not
     */
    LookupJoinOperator(
            PlanNode.Join node,
            Operator left,
            Operator right,
            boolean keepsLeft,
            boolean updating,
            ExpressionEngine engine,
            String origin) {
        super(node.id(), node.rowType(), left, right);
        if (updating || (keepsLeft && node.type().leftOnly())) {
            throw new IllegalArgumentException("a lookup needs rows that stay, against a side that is looked up");
        }
        JoinSides sides = new JoinSides(node);
        this.node = node;
        this.keepsLeft = keepsLeft;
        this.outer = sides.kept(!keepsLeft);
        this.origin = origin;
        this.table = GroupTable.create(
                sides.type(keepsLeft),
                IntStream.of(sides.keyColumns(keepsLeft)).boxed().toList());
        this.store = new RowStore(sides.type(keepsLeft), true);
        this.stored = sides.keyed(keepsLeft);
        this.coming = sides.keyed(!keepsLeft);
        this.pairs = sides.pairs(engine);
        this.nothing = new NullColumns(sides.type(keepsLeft));
    }

    private Operator kept() {
        return inputs().get(keepsLeft ? 0 : 1);
    }

    private Operator other() {
        return inputs().get(keepsLeft ? 1 : 0);
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        taken = false;
        probing = null;
        store.closeUp();
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!taken) {
            take();
            taken = true;
        }
        while (true) {
            if (probing == null && !probeNext()) {
                return null;
            }
            RowBatch rows = pairsOf(java.util.Objects.requireNonNull(probing));
            if (rows != null && rows.selectedCount() > 0) {
                return rows;
            }
        }
    }

    /** Makes what is kept what it is in this step. */
    private void take() {
        for (RowBatch batch = kept().next(); batch != null; batch = kept().next()) {
            stored.of(batch);
            table.find(stored.rows());
            store.add(stored.rows(), table.size());
        }
        store.endStep(table::remove);
    }

    private boolean probeNext() {
        RowBatch batch = other().next();
        probing = batch;
        if (batch == null) {
            return false;
        }
        coming.of(batch);
        table.lookup(coming.rows(), coming.columns());
        probed = 0;
        partner = NONE;
        repeated = 0;
        if (matched.length < batch.size()) {
            matched = new boolean[batch.size()];
            selection = new int[batch.size()];
        }
        Arrays.fill(matched, 0, batch.size(), false);
        return true;
    }

    /** Returns the next pairs of the batch at hand, and behind them those of its rows that have none. */
    private @Nullable RowBatch pairsOf(RowBatch batch) {
        if (probed == coming.rows().count()) {
            probing = null;
            return alone(batch);
        }
        collect();
        RowBatch lefts = keepsLeft ? store.rows() : batch;
        RowBatch rights = keepsLeft ? batch : store.rows();
        Step running = running();
        pairs.test(lefts, rights, running.context(), (at, code, reason) -> reject(running, batch, at, code, reason));
        int[] mine = keepsLeft ? pairs.right() : pairs.left();
        for (int i = 0; i < pairs.count(); i++) {
            matched[mine[i]] = true;
        }
        return node.type().leftOnly() || pairs.count() == 0 ? null : pairs.rows(lefts, rights);
    }

    private void collect() {
        pairs.clear();
        int[] rows = coming.rows().rows();
        int[] groups = coming.rows().groups();
        while (probed < coming.rows().count() && !pairs.full()) {
            int group = groups[probed];
            if (partner == NONE) {
                partner = group == GroupTable.NO_GROUP ? NONE : store.first(group);
                repeated = 0;
            }
            while (partner != NONE && !pairs.full()) {
                // An equal row is stored once, and counts as often as it is there.
                pairs.add(keepsLeft ? partner : rows[probed], keepsLeft ? rows[probed] : partner, 1);
                if (++repeated >= store.weight(partner)) {
                    partner = store.next(partner);
                    repeated = 0;
                }
            }
            probed += partner == NONE ? 1 : 0;
        }
    }

    private @Nullable RowBatch alone(RowBatch batch) {
        JoinType type = node.type();
        if (!outer && !type.leftOnly()) {
            return null;
        }
        int count = 0;
        for (int i = 0; i < batch.selectedCount(); i++) {
            int row = batch.selectedRow(i);
            if (matched[row] == (type == JoinType.SEMI)) {
                selection[count++] = row;
            }
        }
        return type.leftOnly()
                ? Views.of(batch, rowType(), selection, count)
                : Views.of(batch, rowType(), besideNull(batch), selection, count);
    }

    private Column[] besideNull(RowBatch batch) {
        Column[] none = nothing.of(batch.size());
        Column[] columns = new Column[rowType().size()];
        int own = keepsLeft ? none.length : 0;
        System.arraycopy(none, 0, columns, keepsLeft ? 0 : batch.columnCount(), none.length);
        for (int i = 0; i < batch.columnCount(); i++) {
            columns[own + i] = batch.column(i);
        }
        return columns;
    }

    private void reject(Step running, RowBatch batch, int at, ErrorCode code, String reason) {
        running.reject(origin, batch, (keepsLeft ? pairs.right() : pairs.left())[at], code, reason);
    }

    private Step running() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    @Override
    public long bound(int column) {
        int first = keepsLeft ? kept().rowType().size() : 0;
        int own = column - first;
        return own >= 0 && own < other().rowType().size() ? other().bound(own) : NO_BOUND;
    }

    @Override
    public long rowtimeBound() {
        return other().rowtimeBound();
    }

    @Override
    public boolean complete() {
        return other().complete();
    }

    @Override
    public String stateLayout() {
        return "lookup " + node.type() + " " + node.keys() + " of " + kept().rowType();
    }

    @Override
    public void save(StateWriter out) {
        table.save(out);
        store.save(out);
    }

    @Override
    public void load(StateReader in) {
        table.load(in);
        store.load(in);
    }
}
