package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.plan.WindowSpec;
import io.millrace.runtime.aggregate.GroupValues;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.Sessions;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates by session: a row joins the session of its key that it lies near enough to, or begins one; two that a row
 * brings together become one. A session is put out when the bound has reached its end or, where that is wanted, whenever
 * it changes. Its state goes when it ends.
 */
final class SessionAggregateOperator extends KeyedOperator implements GroupRows {

    private final PlanNode.WindowAggregate node;
    private final boolean early;
    private final long lateness;
    private final String origin;
    private final GroupTable keys;
    private final Sessions sessions;
    private final GroupValues values;
    private final ChangedGroups changes;
    private final GroupedRows rows = new GroupedRows();
    private final RowBatch out;
    private @Nullable Step step;
    private boolean inputDone;
    private long ordinal;
    private long passed = NO_BOUND;
    /** The least start and end of an open session that is put aside. */
    private long startAside = CLOSED;

    private long endAside = CLOSED;

    SessionAggregateOperator(
            PlanNode.WindowAggregate node,
            WindowSpec.Session session,
            Operator input,
            ExpressionEngine engine,
            String origin) {
        super(node.id(), node.rowType(), input);
        this.node = node;
        this.early = node.emission().early();
        this.lateness = node.emission().latenessMicros();
        this.origin = origin;
        this.keys = GroupTable.create(input.rowType(), node.keys());
        this.sessions = new Sessions(session.gap(), this::changing, !early);
        this.values = new GroupValues(input.rowType(), node.aggregates(), false, engine);
        this.changes = new ChangedGroups(node.rowType(), this);
        this.out = RowBatch.create(node.rowType(), 0);
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        inputDone = false;
        changes.begin();
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!inputDone) {
            absorb();
            inputDone = true;
            passed = Math.max(passed, WindowBounds.closedBy(timeBound(), lateness));
        }
        out.clear();
        changes.emit(out, this::reject);
        while (!changes.mayHaveMore()
                && out.size() < BATCH_ROWS_MAX
                && sessions.openCount() > 0
                && sessions.firstEnd() <= passed) {
            close(sessions.first());
        }
        if (out.size() > 0) {
            return out;
        }
        forgetGone();
        return null;
    }

    @Override
    void absorb() {
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            add(batch);
        }
    }

    private long timeBound() {
        return WindowBounds.timeBound(input(), node.timeColumn());
    }

    private void add(RowBatch batch) {
        LongColumn times = (LongColumn) batch.column(node.timeColumn());
        rows.of(batch, ordinal);
        ordinal += batch.size();
        dropTimeless(batch, times);
        keys.find(rows);
        findSessions(batch, times);
        values.grow(sessions.size());
        if (sessions.merged()) {
            merge();
        }
        values.add(rows);
    }

    private void dropTimeless(RowBatch batch, LongColumn times) {
        if (times.nulls() == null) {
            return;
        }
        int kept = 0;
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (times.isNull(row)) {
                step().rejectTimeless(
                                origin,
                                batch,
                                row,
                                input().rowType().field(node.timeColumn()).name()
                                        + " is NULL, so it lies in no window");
            } else {
                rows.rows()[kept++] = row;
            }
        }
        rows.count(kept);
    }

    /** Puts the rows' sessions in place of their keys. */
    private void findSessions(RowBatch batch, LongColumn times) {
        int[] numbers = rows.rows();
        int[] groups = rows.groups();
        int count = rows.count();
        int kept = 0;
        BitSet lateKeys = new BitSet();
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            int key = groups[i];
            int session = sessions.add(key, times.get(row), passed);
            if (session == Sessions.NONE) {
                step().rejectLate(origin, batch, row, LateRows.OF_SESSION);
                lateKeys.set(key);
            } else {
                numbers[kept] = row;
                groups[kept++] = session;
            }
        }
        rows.count(kept);
        lateKeys.stream().forEach(this::removeUnused);
    }

    private void removeUnused(int key) {
        if (!node.keys().isEmpty() && keys.live(key) && !sessions.hasSessions(key)) {
            keys.remove(key);
        }
    }

    private void merge() {
        int[] targets = sessions.takeMerges();
        values.merge(values, targets, targets.length);
        int[] groups = rows.groups();
        for (int i = 0; i < rows.count(); i++) {
            if (targets[groups[i]] != Sessions.NONE) {
                groups[i] = targets[groups[i]];
            }
        }
    }

    private void changing(int session) {
        if (early) {
            changes.grow(session + 1);
            changes.touch(session);
        }
    }

    /** Takes a session out, and puts it out where it has not been before. */
    private void close(int session) {
        if (early) {
            changes.settle(session);
        } else {
            int row = out.size();
            out.ensureCapacity(row + 1);
            try {
                write(session, out, row);
                out.size(row + 1);
            } catch (MillraceException e) {
                reject(out, row, e);
                for (int i = 0; i < out.columnCount(); i++) {
                    out.column(i).clearNull(row);
                }
            }
        }
        sessions.closeFirst();
        removeUnused(sessions.key(session));
    }

    private void forgetGone() {
        if (sessions.worthForgetting()) {
            boolean[] gone = sessions.gone();
            values.forget(gone, gone.length);
            sessions.reuseGone();
        }
    }

    @Override
    public boolean exists(int session) {
        return sessions.isOpen(session);
    }

    @Override
    public void write(int session, RowBatch target, int row) {
        int first = node.keys().size();
        keys.writeKey(sessions.key(session), target, row);
        ((LongColumn) target.column(first)).set(row, sessions.start(session));
        ((LongColumn) target.column(first + 1)).set(row, sessions.end(session));
        values.write(session, target, row, first + 2);
    }

    private void reject(RowBatch batch, int row, MillraceException reason) {
        step().reject(origin, batch, row, reason.code(), reason.describe());
    }

    private Step step() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    private long firstStart() {
        return Math.min(startAside, early ? CLOSED : sessions.firstStart());
    }

    private long firstEnd() {
        return sessions.openCount() == 0 ? endAside : Math.min(endAside, sessions.firstEnd());
    }

    @Override
    void standInFor(KeyedOperator aside) {
        SessionAggregateOperator other = (SessionAggregateOperator) aside;
        startAside = other.firstStart();
        endAside = other.firstEnd();
    }

    @Override
    public boolean due() {
        return super.due()
                || (!early && firstEnd() != CLOSED && firstEnd() <= WindowBounds.closedBy(timeBound(), lateness));
    }

    @Override
    public boolean holding() {
        return (!early && firstEnd() != CLOSED) || super.holding();
    }

    @Override
    public long bound(int column) {
        long bound = timeBound();
        if (bound == CLOSED) {
            return CLOSED;
        }
        if (early || bound == NO_BOUND) {
            return NO_BOUND;
        }
        return switch (column - node.keys().size()) {
            case 0 -> Math.min(bound, firstStart());
            // What is open ends after the bound, and what begins even later.
            case 1 -> bound + 1;
            default -> NO_BOUND;
        };
    }

    @Override
    public long rowtimeBound() {
        return early ? super.rowtimeBound() : bound(node.keys().size() + 1);
    }

    @Override
    public String stateLayout() {
        return "sessions " + node.window() + " " + node.timeColumn() + " " + node.keys() + " "
                + GroupValues.layout(node.aggregates()) + " " + early + " of " + input().rowType();
    }

    @Override
    public void save(StateWriter target) {
        target.writeLong(ordinal);
        target.writeLong(passed);
        keys.save(target);
        sessions.save(target);
        values.save(sessions.size(), target);
        if (early) {
            changes.save(sessions.size(), target);
        }
    }

    @Override
    public void load(StateReader in) {
        startAside = CLOSED;
        endAside = CLOSED;
        ordinal = in.readLong();
        passed = in.readLong();
        keys.load(in);
        sessions.load(in);
        values.load(sessions.size(), in);
        if (early) {
            changes.load(sessions.size(), in);
        }
    }
}
