package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.plan.WindowSpec;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.Sessions;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import org.jspecify.annotations.Nullable;

/** Holds each row until its session has ended, and gives it with the session's bounds. */
final class SessionWindowOperator extends KeyedOperator {

    private static final int ADDED_COLUMNS = 3;

    private final PlanNode.Window node;
    private final int inputColumns;
    private final String origin;
    private final GroupTable keys;
    private final Sessions sessions;
    private final HeldRows held;
    private final GroupedRows rows = new GroupedRows();
    private final RowBatch out;
    private @Nullable Step step;
    private boolean inputDone;
    private long passed = NO_BOUND;
    /** The least start and end of an open session that is put aside. */
    private long startAside = CLOSED;

    private long endAside = CLOSED;

    SessionWindowOperator(PlanNode.Window node, WindowSpec.Session session, Operator input, String origin) {
        super(node.id(), node.rowType(), input);
        this.node = node;
        this.inputColumns = node.rowType().size() - ADDED_COLUMNS;
        this.origin = origin;
        this.keys = GroupTable.create(input.rowType(), node.partition());
        this.sessions = new Sessions(session.gap(), changing -> {}, true);
        this.held = new HeldRows(input.rowType());
        this.out = RowBatch.create(node.rowType(), 0);
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        inputDone = false;
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!inputDone) {
            absorb();
            inputDone = true;
            passed = Math.max(passed, timeBound());
        }
        out.clear();
        while (out.size() < BATCH_ROWS_MAX && sessions.openCount() > 0 && sessions.firstEnd() <= passed) {
            giveNext(sessions.first());
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
        rows.of(batch, 0);
        keys.find(rows);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            int key = rows.groups()[i];
            if (times.isNull(row)) {
                step().rejectTimeless(origin, batch, row, "its time is NULL, so it lies in no window");
                continue;
            }
            int session = sessions.add(key, times.get(row), passed);
            if (session == Sessions.NONE) {
                step().rejectLate(origin, batch, row, LateRows.OF_SESSION);
            } else {
                held.add(session, batch, row);
            }
        }
        if (sessions.merged()) {
            held.merge(sessions.takeMerges());
        }
        for (int i = 0; i < rows.count(); i++) {
            removeUnused(rows.groups()[i]);
        }
    }

    private void removeUnused(int key) {
        if (!node.partition().isEmpty() && keys.live(key) && !sessions.hasSessions(key)) {
            keys.remove(key);
        }
    }

    private void giveNext(int session) {
        int row = held.takeFirst(session);
        if (row < 0) {
            sessions.closeFirst();
            removeUnused(sessions.key(session));
            return;
        }
        int at = out.size();
        out.ensureCapacity(at + 1);
        for (int i = 0; i < inputColumns; i++) {
            out.column(i).copyFrom(held.rows().column(i), row, at);
        }
        ((LongColumn) out.column(inputColumns)).set(at, sessions.start(session));
        ((LongColumn) out.column(inputColumns + 1)).set(at, sessions.end(session));
        ((LongColumn) out.column(inputColumns + 2)).set(at, sessions.end(session) - 1);
        out.size(at + 1);
    }

    private void forgetGone() {
        held.compact();
        if (sessions.worthForgetting()) {
            sessions.reuseGone();
        }
    }

    private Step step() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    private long firstStart() {
        return Math.min(startAside, sessions.firstStart());
    }

    private long firstEnd() {
        return sessions.openCount() == 0 ? endAside : Math.min(endAside, sessions.firstEnd());
    }

    @Override
    void standInFor(KeyedOperator aside) {
        SessionWindowOperator other = (SessionWindowOperator) aside;
        startAside = other.firstStart();
        endAside = other.firstEnd();
    }

    @Override
    public boolean due() {
        return super.due() || (firstEnd() != CLOSED && firstEnd() <= timeBound());
    }

    @Override
    public boolean holding() {
        return firstEnd() != CLOSED || super.holding();
    }

    @Override
    public long bound(int column) {
        long bound = timeBound();
        if (bound == NO_BOUND || (bound == CLOSED && firstEnd() == CLOSED)) {
            return bound;
        }
        return switch (column - inputColumns) {
            case 0 -> Math.min(bound, firstStart());
            // What is open ends after the bound, and what begins even later.
            case 1 -> bound == CLOSED ? firstEnd() : bound + 1;
            case 2 -> bound == CLOSED ? firstEnd() - 1 : bound;
            default -> column == node.timeColumn() ? Math.min(bound, firstStart()) : NO_BOUND;
        };
    }

    @Override
    public long rowtimeBound() {
        return Math.min(super.rowtimeBound(), firstStart());
    }

    @Override
    public String stateLayout() {
        return "sessions " + node.window() + " " + node.timeColumn() + " " + node.partition() + " of "
                + input().rowType();
    }

    @Override
    public void save(StateWriter target) {
        target.writeLong(passed);
        keys.save(target);
        sessions.save(target);
        for (int session = 0; session < sessions.size(); session++) {
            if (sessions.isOpen(session)) {
                held.save(session, target);
            }
        }
    }

    @Override
    public void load(StateReader in) {
        startAside = CLOSED;
        endAside = CLOSED;
        passed = in.readLong();
        keys.load(in);
        sessions.load(in);
        for (int session = 0; session < sessions.size(); session++) {
            if (sessions.isOpen(session)) {
                held.load(session, in);
            }
        }
    }
}
