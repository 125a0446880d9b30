package io.millrace.runtime.operator;

import io.millrace.plan.AggregateCall;
import io.millrace.runtime.aggregate.GroupState;
import io.millrace.runtime.aggregate.GroupValues;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What aggregates have in common that put out every change of a group that time completes: rows are added to all panes
 * they belong to, every step puts out what changed, and a pane is forgotten once the bound and the lateness have passed
 * it.
 */
abstract class EarlyPanes extends KeyedOperator {

    /** In place of a pane's time: there is none. */
    static final long NONE = WindowGrid.NONE;

    private final int timeColumn;
    private final List<Integer> keys;
    private final List<AggregateCall> calls;
    private final boolean updating;
    private final ExpressionEngine engine;
    private final String origin;
    private final TreeMap<Long, EarlyPane> panes = new TreeMap<>();
    private final List<EarlyPane> collecting = new ArrayList<>();
    /** Lent to panes while they collect: most panes have no rows in most batches. */
    private final ArrayDeque<GroupedRows> spare = new ArrayDeque<>();

    private final ArrayDeque<EarlyPane> changed = new ArrayDeque<>();
    private final RowBatch out;
    private @Nullable Step step;
    private boolean inputDone;
    private long ordinal;
    private long limit = NO_BOUND;

    /**
     * @param timeColumn column of the input that says which panes a row belongs to
     * @param updating whether rows may come with a weight of −1
     */
    EarlyPanes(
            String id,
            RowType rowType,
            Operator input,
            int timeColumn,
            List<Integer> keys,
            List<AggregateCall> calls,
            boolean updating,
            ExpressionEngine engine,
            String origin) {
        super(id, rowType, input);
        this.timeColumn = timeColumn;
        this.keys = keys;
        this.calls = calls;
        this.updating = updating;
        this.engine = engine;
        this.origin = origin;
        this.out = RowBatch.create(rowType, 0);
    }

    /** Returns the time of the first pane that a value belongs to, or {@link #NONE}. */
    abstract long firstPane(long value);

    /** Returns the time of the next pane that a value belongs to, or {@link #NONE}. */
    abstract long nextPane(long value, long pane);

    /** Returns the time below which panes take no rows any more. */
    abstract long limit();

    /** Writes a group's row. */
    abstract void writeRow(EarlyPane pane, int group, RowBatch target, int row);

    final int keyCount() {
        return keys.size();
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
        }
        out.clear();
        while (!changed.isEmpty() && out.size() < BATCH_ROWS_MAX) {
            EarlyPane pane = changed.getFirst();
            pane.changes()
                    .emit(
                            out,
                            (batch, row, reason) ->
                                    step().reject(origin, batch, row, reason.code(), reason.describe()));
            if (!pane.changes().mayHaveMore()) {
                pane.settle();
                changed.removeFirst();
            }
        }
        if (out.size() > 0) {
            return out;
        }
        limit = Math.max(limit, limit());
        panes.headMap(limit).clear();
        return null;
    }

    @Override
    void absorb() {
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            add(batch);
        }
    }

    private void add(RowBatch batch) {
        Column times = batch.column(timeColumn);
        for (int i = 0; i < batch.selectedCount(); i++) {
            int row = batch.selectedRow(i);
            if (times.isNull(row)) {
                step().rejectTimeless(
                                origin,
                                batch,
                                row,
                                input().rowType().field(timeColumn).name() + " is NULL, so it lies in no window");
            } else {
                add(batch, row, times instanceof LongColumn longs ? longs.get(row) : ((IntColumn) times).get(row));
            }
        }
        for (EarlyPane pane : collecting) {
            if (pane.addCollected()) {
                changed.add(pane);
            }
            spare.push(pane.stopCollecting());
        }
        collecting.clear();
        ordinal += batch.size();
    }

    private void add(RowBatch batch, int row, long value) {
        boolean late = false;
        boolean taken = false;
        for (long time = firstPane(value); time != NONE; time = nextPane(value, time)) {
            if (time < limit) {
                late = true;
            } else {
                taken = true;
                EarlyPane pane = panes.get(time);
                if (pane == null) {
                    pane = newPane(time);
                }
                if (!pane.collecting()) {
                    pane.startCollecting(spare.isEmpty() ? new GroupedRows() : spare.pop(), batch, ordinal);
                    collecting.add(pane);
                }
                pane.collect(row);
            }
        }
        if (late) {
            step().rejectLate(origin, batch, row, taken ? LateRows.OF_FIRST_WINDOWS : LateRows.OF_WINDOW);
        }
    }

    private EarlyPane newPane(long time) {
        EarlyPane pane =
                new EarlyPane(time, new GroupState(input().rowType(), keys, calls, updating, engine), rowType(), this);
        panes.put(time, pane);
        return pane;
    }

    private Step step() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    @Override
    public long bound(int column) {
        return input().rowtimeBound() == CLOSED ? CLOSED : NO_BOUND;
    }

    @Override
    public String stateLayout() {
        return "early panes " + timeColumn + " " + keys + " " + GroupValues.layout(calls) + " " + updating + " of "
                + input().rowType();
    }

    @Override
    public void save(StateWriter target) {
        target.writeLong(ordinal);
        target.writeLong(limit);
        target.writeInt(panes.size());
        panes.forEach((time, pane) -> {
            target.writeLong(time);
            pane.groups().save(target);
            pane.changes().save(pane.groups().table().size(), target);
        });
    }

    @Override
    public void load(StateReader in) {
        ordinal = in.readLong();
        limit = in.readLong();
        int count = in.readCount(8);
        for (int i = 0; i < count; i++) {
            EarlyPane pane = newPane(in.readLong());
            pane.groups().load(in);
            pane.changes().load(pane.groups().table().size(), in);
        }
    }
}
