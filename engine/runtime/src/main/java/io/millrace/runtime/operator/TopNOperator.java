package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.join.TimeIndex;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.top.TopRows;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows at the first places of partitions. An endless query puts out, once per step and partition, what has changed;
 * where partitions are complete at a time, it puts each out as a whole then. A bounded query puts all out at its end.
 */
final class TopNOperator extends KeyedOperator {

    private final PlanNode.TopN node;
    private final boolean updating;
    private final boolean bounded;
    private final boolean completing;
    private final String origin;
    private final TopRows top;
    private final TimeIndex ends = new TimeIndex(0);
    private final GroupedRows rows = new GroupedRows();
    private final RowBatch out;
    private boolean[] hasEnd = {};
    private int[] complete = {};
    private int completeCount;
    private long passed = NO_BOUND;
    /** The least end of a partition that is put aside. */
    private long endAside = CLOSED;

    private int next;
    private boolean inputDone;
    private boolean ended;
    private @Nullable Step step;

    /** @param updating whether rows may come with a weight of −1 */
    TopNOperator(PlanNode.TopN node, Operator input, boolean updating, boolean bounded, String origin) {
        super(node.id(), node.rowType(), input);
        this.node = node;
        this.updating = updating;
        this.bounded = bounded;
        this.completing = !bounded && node.completesPartitions();
        this.origin = origin;
        this.top = new TopRows(node, updating);
        this.out = RowBatch.create(node.rowType(), 0);
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
        inputDone = false;
        ended = false;
        next = 0;
        completeCount = 0;
        top.begin();
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!inputDone) {
            absorb();
            settle();
            inputDone = true;
        }
        while (next < outputs() && top.chosenCount() < BATCH_ROWS_MAX) {
            choose(next++);
        }
        if (top.chosenCount() > 0) {
            top.writeChosen(out);
            return out;
        }
        if (!ended) {
            end();
            ended = true;
        }
        return null;
    }

    /** Returns how many partitions have something to be put out. */
    private int outputs() {
        return bounded ? top.partitions() : completing ? completeCount : top.touchedCount();
    }

    private void choose(int i) {
        if (bounded) {
            top.choose(i);
        } else if (completing) {
            top.choose(complete[i]);
        } else {
            top.chooseChanges(i);
        }
    }

    /** Returns whether it has to say what has changed. */
    private boolean remembering() {
        return !bounded && !completing;
    }

    @Override
    void absorb() {
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            rows.of(batch, 0);
            if (completing) {
                leaveOutLate(batch);
            }
            top.partition(rows);
            if (completing) {
                noteEnds();
            }
            top.add(rows, remembering());
            if (bounded) {
                top.endStep();
                top.begin();
            }
        }
    }

    private void settle() {
        top.settle(remembering());
        if (completing) {
            passed = Math.max(passed, timeBound());
            ends.takeBelow(passed, this::complete);
            Arrays.sort(complete, 0, completeCount);
        }
    }

    private long timeBound() {
        return WindowBounds.timeBound(input(), node.timeColumn());
    }

    private void leaveOutLate(RowBatch batch) {
        LongColumn times = (LongColumn) batch.column(node.timeColumn());
        int[] numbers = rows.rows();
        int kept = 0;
        for (int i = 0; i < rows.count(); i++) {
            int row = numbers[i];
            if (times.isNull(row)) {
                running()
                        .rejectTimeless(
                                origin,
                                batch,
                                row,
                                input().rowType().field(node.timeColumn()).name()
                                        + " is NULL, so it is in no partition that ends");
            } else if (times.get(row) < passed) {
                running().rejectLate(origin, batch, row, "it came after its partition had been put out");
            } else {
                numbers[kept++] = row;
            }
        }
        rows.count(kept);
    }

    private void noteEnds() {
        if (hasEnd.length < top.partitions()) {
            hasEnd = Arrays.copyOf(hasEnd, Math.max(top.partitions(), Math.max(64, 2 * hasEnd.length)));
        }
        LongColumn times = (LongColumn) rows.column(node.timeColumn());
        for (int i = 0; i < rows.count(); i++) {
            int partition = rows.groups()[i];
            if (!hasEnd[partition]) {
                hasEnd[partition] = true;
                ends.add(partition, times.get(rows.rows()[i]));
            }
        }
    }

    private void complete(int partition) {
        if (completeCount == complete.length) {
            complete = Arrays.copyOf(complete, Math.max(64, 2 * completeCount));
        }
        complete[completeCount++] = partition;
    }

    private void end() {
        for (int i = 0; i < completeCount; i++) {
            hasEnd[complete[i]] = false;
            top.forget(complete[i]);
        }
        completeCount = 0;
        next = 0;
        if (!bounded) {
            top.endStep();
        }
    }

    private Step running() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    @Override
    public boolean mayHaveMore() {
        return !ended;
    }

    @Override
    void standInFor(KeyedOperator aside) {
        endAside = ((TopNOperator) aside).leastEnd();
    }

    private long leastEnd() {
        return Math.min(ends.least(), endAside);
    }

    @Override
    public long bound(int column) {
        if (bounded) {
            return inputDone ? CLOSED : NO_BOUND;
        }
        return completing && column == node.timeColumn() ? Math.min(timeBound(), leastEnd()) : NO_BOUND;
    }

    @Override
    public long rowtimeBound() {
        return completing ? bound(node.timeColumn()) : super.rowtimeBound();
    }

    @Override
    public boolean due() {
        return super.due() || (completing && leastEnd() < timeBound());
    }

    @Override
    public boolean holding() {
        return (completing && (!top.isEmpty() || endAside != CLOSED)) || super.holding();
    }

    @Override
    public String stateLayout() {
        return "top " + node.partition() + " " + node.order() + " " + node.ranking() + " " + node.offset() + " "
                + node.limit() + " " + node.timeColumn() + " " + updating + " of " + input().rowType();
    }

    @Override
    public void save(StateWriter target) {
        target.writeLong(passed);
        top.save(target);
    }

    @Override
    public void load(StateReader in) {
        endAside = CLOSED;
        passed = in.readLong();
        top.load(in);
        if (completing) {
            hasEnd = new boolean[top.partitions()];
            top.forEachRow((partition, store, row) -> {
                if (!hasEnd[partition]) {
                    hasEnd[partition] = true;
                    ends.add(partition, ((LongColumn) store.column(node.timeColumn())).get(row));
                }
            });
        }
    }
}
