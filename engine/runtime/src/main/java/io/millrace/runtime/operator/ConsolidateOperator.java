package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the weights of equal rows, and puts out what is not zero when its time has come: those that went, then those
 * that came. Its state is what has changed since.
 */
final class ConsolidateOperator extends Operator {

    /** Where there was room for more rows, a step that put all out gives the memory back. */
    private static final int ROOM_KEPT = 1 << 14;

    private final long everyMicros;
    private GroupTable pending;
    private final GroupedRows rows = new GroupedRows();
    private final RowBatch out;
    private long[] weights = {};
    private long putOutAt = NO_BOUND;
    private @Nullable Step step;
    private boolean inputDone;
    private boolean puttingOut;
    private boolean comers;
    private int next;

    ConsolidateOperator(PlanNode.Consolidate node, Operator input, boolean bounded) {
        super(node.id(), node.rowType(), input);
        this.everyMicros = bounded ? 0 : node.everyMicros();
        this.pending = emptyTable();
        this.out = RowBatch.create(node.rowType(), 0);
    }

    private GroupTable emptyTable() {
        return GroupTable.create(
                rowType(), IntStream.range(0, rowType().size()).boxed().toList());
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        inputDone = false;
        puttingOut = false;
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!inputDone) {
            addInput();
            inputDone = true;
            startPuttingOut();
        }
        out.clear();
        while (puttingOut && out.size() < BATCH_ROWS_MAX) {
            if (next < pending.size()) {
                putOut(next++);
            } else if (comers) {
                puttingOut = false;
            } else {
                comers = true;
                next = 0;
            }
        }
        if (out.size() > 0) {
            return out;
        }
        if (pending.liveCount() == 0 && pending.size() > ROOM_KEPT) {
            pending = emptyTable();
            weights = new long[0];
        }
        return null;
    }

    private void addInput() {
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            rows.of(batch, 0);
            pending.find(rows);
            if (weights.length < pending.size()) {
                weights = Arrays.copyOf(weights, Math.max(pending.size(), 2 * weights.length));
            }
            for (int i = 0; i < rows.count(); i++) {
                weights[rows.groups()[i]] += batch.weight(rows.rows()[i]);
            }
            for (int i = 0; i < rows.count(); i++) {
                int group = rows.groups()[i];
                if (weights[group] == 0 && pending.live(group)) {
                    pending.remove(group);
                }
            }
        }
    }

    private void startPuttingOut() {
        long clock = step == null ? 0 : step.plan().clockMicros();
        if (pending.liveCount() > 0 && clock >= dueMicros()) {
            puttingOut = true;
            comers = false;
            next = 0;
            putOutAt = clock;
        }
    }

    private void putOut(int group) {
        if (!pending.live(group) || (weights[group] > 0) != comers) {
            return;
        }
        int row = out.size();
        out.ensureCapacity(row + 1);
        pending.writeKey(group, out, row);
        out.weightsForWriting(row + 1)[row] = Math.toIntExact(weights[group]);
        out.size(row + 1);
        weights[group] = 0;
        pending.remove(group);
    }

    /** Returns the first time of the interval behind the one in which something was put out last. */
    private long dueMicros() {
        return everyMicros == 0 || putOutAt == NO_BOUND
                ? NO_BOUND
                : (Math.floorDiv(putOutAt, everyMicros) + 1) * everyMicros;
    }

    @Override
    public long nextClockMicros() {
        return pending.liveCount() > 0 ? Math.min(dueMicros(), super.nextClockMicros()) : super.nextClockMicros();
    }

    @Override
    public boolean holding() {
        return pending.liveCount() > 0 || super.holding();
    }

    @Override
    public long bound(int column) {
        return input().rowtimeBound() == CLOSED && pending.liveCount() == 0 ? CLOSED : NO_BOUND;
    }

    @Override
    public boolean complete() {
        return input().complete() && pending.liveCount() == 0;
    }

    @Override
    public String stateLayout() {
        return "pending " + rowType();
    }

    @Override
    public void save(StateWriter target) {
        target.writeLong(putOutAt);
        pending.save(target);
        target.writeLongs(weights, pending.size());
    }

    @Override
    public void load(StateReader in) {
        putOutAt = in.readLong();
        pending.load(in);
        weights = in.readLongs(pending.size());
    }
}
