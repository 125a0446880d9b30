package io.millrace.runtime.operator;

import io.millrace.plan.AskedRows;
import io.millrace.plan.PlanNode;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.lookup.AnswerCache;
import io.millrace.runtime.lookup.PatientLookup;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Joins rows that come with those of another system's table, which is asked for the keys of each step that are not
 * known from before. What it answers is kept for a while.
 */
final class AskedJoinOperator extends Operator {

    private static final long PAUSE_PART_NANOS = 20_000_000;

    private final PlanNode.Join node;
    private final AskedRowsOperator leaf;
    private final RowLookup lookup;
    private final PatientLookup patient;
    private final AnswerCache cache;
    private final LookedUpRows looked;
    private final RowBatch keys;
    private final String origin;
    private @Nullable Step step;
    private @Nullable RowBatch coming;

    /**
     * @param node with the asked keys alone for keys; others are in its condition
     * @param leaf takes what is answered, below the right input
     */
    AskedJoinOperator(
            PlanNode.Join node,
            AskedRows asked,
            Operator left,
            Operator right,
            AskedRowsOperator leaf,
            RowLookup lookup,
            ExpressionEngine engine,
            String origin) {
        super(node.id(), node.rowType(), left, right);
        if (node.type().keepsRight()) {
            throw new IllegalArgumentException("nobody knows all rows of a table that is asked by key");
        }
        JoinSides sides = new JoinSides(node);
        int[] comingKeys = sides.keyColumns(true);
        this.node = node;
        this.leaf = leaf;
        this.lookup = lookup;
        this.patient = new PatientLookup(asked.scan().stream(), lookup, System::nanoTime);
        this.cache = new AnswerCache(
                sides.type(true), comingKeys, sides.type(false), sides.keyColumns(false), lookup.keeping());
        this.looked = new LookedUpRows(node, cache.rows(), false, engine);
        this.keys = RowBatch.create(keyType(sides.type(true), comingKeys), RowLookup.KEYS_MAX);
        this.origin = origin;
    }

    private static RowType keyType(RowType coming, int[] keys) {
        return coming.project(keys);
    }

    private Operator left() {
        return inputs().get(0);
    }

    private Operator right() {
        return inputs().get(1);
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        looked.forget();
        // Options may have changed since what is kept was kept; a step that is taken again forgets what it forgot.
        cache.keeping(newStep.answers().keeping(id(), cache.keeping(), lookup.keeping()));
        cache.trim();
    }

    @Override
    protected @Nullable RowBatch produce() {
        while (!looked.done() || takeNext()) {
            running().checkCancelled();
            RowBatch rows = looked.next(running().context(), this::reject);
            if (rows.selectedCount() > 0) {
                return rows;
            }
        }
        return null;
    }

    private boolean takeNext() {
        RowBatch batch = left().next();
        if (batch == null) {
            return false;
        }
        coming = batch;
        GroupedRows keyed = looked.take(batch).rows();
        long clock = running().plan().clockMicros();
        long number = running().plan().number();
        cache.find(keyed, number, clock);
        for (int from = 0; from < cache.askedCount(); from += RowLookup.KEYS_MAX) {
            ask(from, Math.min(cache.askedCount(), from + RowLookup.KEYS_MAX), number, clock);
        }
        cache.end();
        return true;
    }

    private void ask(int from, int to, long number, long clock) {
        keys.clear();
        cache.keys(from, to, keys);
        running()
                .answers()
                .answer(
                        id(),
                        leaf.rowType(),
                        to - from,
                        () -> patient.find(keys, this::pause),
                        (first, end, answer) -> take(from + first, from + end, answer, number, clock));
    }

    private void take(int from, int to, RowBatch answer, long number, long clock) {
        cache.begin(from, to, number, clock);
        leaf.give(answer);
        for (RowBatch rows = right().next(); rows != null; rows = right().next()) {
            cache.add(rows);
        }
    }

    private void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            running().checkCancelled();
            if (running().answers().unwanted()) {
                throw new MillraceException(ErrorCode.CANCELLED, "stopped while '" + leaf.asked() + "' was asked");
            }
            LockSupport.parkNanos(Math.min(left, PAUSE_PART_NANOS));
        }
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
        return column < left().rowType().size() ? left().bound(column) : NO_BOUND;
    }

    @Override
    public long rowtimeBound() {
        return left().rowtimeBound();
    }

    @Override
    public boolean complete() {
        return left().complete();
    }

    @Override
    public String stateLayout() {
        return "asked " + node.keys() + " of " + left().rowType().project(new JoinSides(node).keyColumns(true)) + " "
                + right().rowType();
    }

    @Override
    public void save(StateWriter out) {
        cache.save(out);
    }

    @Override
    public void load(StateReader in) {
        cache.load(in);
    }

    @Override
    public void cancel() {
        lookup.cancel();
    }

    @Override
    void release() {
        lookup.close();
    }
}
