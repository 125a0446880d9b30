package io.millrace.runtime.operator;

import io.millrace.plan.AskedRows;
import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.join.JoinPairs;
import io.millrace.runtime.join.KeyedRows;
import io.millrace.runtime.join.NullColumns;
import io.millrace.runtime.lookup.AnswerCache;
import io.millrace.runtime.lookup.PatientLookup;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Joins rows that come with those of another system's table, which is asked for the keys of each step that are not
 * known from before. What it answers is kept for a while.
 */
final class AskedJoinOperator extends Operator {

    private static final int NONE = -1;
    private static final long PAUSE_PART_NANOS = 20_000_000;

    private final PlanNode.Join node;
    private final AskedRowsOperator leaf;
    private final RowLookup lookup;
    private final PatientLookup patient;
    private final AnswerCache cache;
    private final KeyedRows coming;
    private final RowBatch keys;
    private final JoinPairs pairs;
    private final NullColumns nothing;
    private final String origin;
    private boolean[] matched = {};
    private int[] selection = {};
    private @Nullable Step step;
    private @Nullable RowBatch probing;
    private int probed;
    private int partner = NONE;

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
        this.coming = sides.keyed(true);
        this.keys = RowBatch.create(keyType(sides.type(true), comingKeys), RowLookup.KEYS_MAX);
        this.pairs = sides.pairs(engine);
        this.nothing = new NullColumns(sides.type(false));
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
        probing = null;
        // Options may have changed since what is kept was kept; a step that is taken again forgets what it forgot.
        cache.keeping(newStep.answers().keeping(id(), cache.keeping(), lookup.keeping()));
        cache.trim();
    }

    @Override
    protected @Nullable RowBatch produce() {
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

    private boolean probeNext() {
        RowBatch batch = left().next();
        probing = batch;
        if (batch == null) {
            return false;
        }
        coming.of(batch);
        long clock = running().plan().clockMicros();
        long number = running().plan().number();
        cache.find(coming.rows(), number, clock);
        for (int from = 0; from < cache.askedCount(); from += RowLookup.KEYS_MAX) {
            ask(from, Math.min(cache.askedCount(), from + RowLookup.KEYS_MAX), number, clock);
        }
        cache.end();
        probed = 0;
        partner = NONE;
        if (matched.length < batch.size()) {
            matched = new boolean[batch.size()];
            selection = new int[batch.size()];
        }
        Arrays.fill(matched, 0, batch.size(), false);
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

    /** Returns the next pairs of the batch at hand, and behind them those of its rows that have none. */
    private @Nullable RowBatch pairsOf(RowBatch batch) {
        if (probed == coming.rows().count()) {
            probing = null;
            return alone(batch);
        }
        collect();
        RowBatch answers = cache.rows().rows();
        Step running = running();
        pairs.test(
                batch,
                answers,
                running.context(),
                (at, code, reason) -> running.reject(origin, batch, pairs.left()[at], code, reason));
        for (int i = 0; i < pairs.count(); i++) {
            matched[pairs.left()[i]] = true;
        }
        return node.type().leftOnly() || pairs.count() == 0 ? null : pairs.rows(batch, answers);
    }

    private void collect() {
        pairs.clear();
        int[] rows = coming.rows().rows();
        int[] groups = coming.rows().groups();
        while (probed < coming.rows().count() && !pairs.full()) {
            if (partner == NONE) {
                partner = cache.rows().first(groups[probed]);
            }
            while (partner != NONE && !pairs.full()) {
                pairs.add(rows[probed], partner, 1);
                partner = cache.rows().next(partner);
            }
            probed += partner == NONE ? 1 : 0;
        }
    }

    private @Nullable RowBatch alone(RowBatch batch) {
        JoinType type = node.type();
        if (!type.keepsLeft() && !type.leftOnly()) {
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
        Column[] columns = new Column[rowType().size()];
        for (int i = 0; i < batch.columnCount(); i++) {
            columns[i] = batch.column(i);
        }
        Column[] none = nothing.of(batch.size());
        System.arraycopy(none, 0, columns, batch.columnCount(), none.length);
        return columns;
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
