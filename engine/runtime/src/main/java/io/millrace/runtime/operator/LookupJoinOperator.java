package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.join.KeyedRows;
import io.millrace.runtime.join.RowStore;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.RowBatch;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Joins in an endless query of which one side is looked up: keeps that side as it is at the step, and puts rows of the
 * other side beside it as they come. These are not kept, so what changes later changes nothing that was put out.
 */
final class LookupJoinOperator extends Operator {

    private final PlanNode.Join node;
    private final boolean keepsLeft;
    private final String origin;
    private final GroupTable table;
    private final RowStore store;
    private final KeyedRows stored;
    private final LookedUpRows looked;
    private @Nullable Step step;
    private @Nullable RowBatch coming;
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
        this.origin = origin;
        this.table = GroupTable.create(
                sides.type(keepsLeft),
                IntStream.of(sides.keyColumns(keepsLeft)).boxed().toList());
        this.store = new RowStore(sides.type(keepsLeft), true);
        this.stored = sides.keyed(keepsLeft);
        this.looked = new LookedUpRows(node, store, keepsLeft, engine);
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
        looked.forget();
        store.closeUp();
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!taken) {
            take();
            taken = true;
        }
        while (!looked.done() || takeNext()) {
            running().checkCancelled();
            RowBatch rows = looked.next(running().context(), this::reject);
            if (rows.selectedCount() > 0) {
                return rows;
            }
        }
        return null;
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

    private boolean takeNext() {
        RowBatch batch = other().next();
        if (batch == null) {
            return false;
        }
        coming = batch;
        KeyedRows keyed = looked.take(batch);
        table.lookup(keyed.rows(), keyed.columns());
        return true;
    }

    private void reject(int row, ErrorCode code, String reason) {
        running().reject(origin, Objects.requireNonNull(coming), row, code, reason);
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
