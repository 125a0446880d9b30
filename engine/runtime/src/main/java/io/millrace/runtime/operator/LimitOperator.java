package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * The first rows in the order in which they come, after some that are passed over.
 *
 * <p>Where others go on when it has given its rows, the rest is read as well and thrown away: what a scan was given to
 * read in a step and left would have the step taken again and again.
 */
final class LimitOperator extends Operator {

    private final boolean othersGoOn;
    private long toSkip;
    private long toGive;
    private int[] selection = {};

    /** @param othersGoOn whether steps may follow when it has given its rows */
    LimitOperator(PlanNode.Sort node, RowRange range, Operator input, boolean othersGoOn) {
        super(node.id(), node.rowType(), input);
        this.othersGoOn = othersGoOn;
        this.toSkip = range.offset();
        this.toGive = range.limit();
    }

    @Override
    protected @Nullable RowBatch produce() {
        while (toGive > 0) {
            RowBatch batch = input().next();
            if (batch == null) {
                return null;
            }
            int count = batch.selectedCount();
            if (toSkip >= count) {
                toSkip -= count;
                continue;
            }
            int first = (int) toSkip;
            toSkip = 0;
            int given = (int) Math.min(toGive, count - first);
            toGive -= given;
            return given == count ? batch : part(batch, first, given);
        }
        if (othersGoOn) {
            passOver();
        }
        return null;
    }

    private void passOver() {
        RowBatch rest = input().next();
        while (rest != null) {
            rest = input().next();
        }
    }

    private RowBatch part(RowBatch batch, int first, int count) {
        if (selection.length < count) {
            selection = new int[count];
        }
        for (int i = 0; i < count; i++) {
            selection[i] = batch.selectedRow(first + i);
        }
        return Views.of(batch, batch.type(), selection, count);
    }

    @Override
    public boolean mayHaveMore() {
        return (toGive > 0 || othersGoOn) && input().mayHaveMore();
    }

    @Override
    public long bound(int column) {
        return input().bound(column);
    }

    @Override
    public boolean complete() {
        return toGive == 0 || input().complete();
    }

    @Override
    public String stateLayout() {
        return "limit";
    }

    @Override
    public void save(StateWriter out) {
        out.writeLong(toSkip);
        out.writeLong(toGive);
    }

    @Override
    public void load(StateReader in) {
        toSkip = in.readLong();
        toGive = in.readLong();
    }
}
