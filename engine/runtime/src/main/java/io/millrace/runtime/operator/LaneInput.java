package io.millrace.runtime.operator;

import io.millrace.spi.row.RowBatch;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What a lane gets of an input: the rows it is given, and the bounds of the input itself. */
final class LaneInput extends Operator {

    private final InputBounds bounds;
    private final ArrayDeque<RowBatch> given = new ArrayDeque<>();
    private boolean before;

    LaneInput(InputBounds bounds) {
        super(bounds.input().id(), bounds.input().rowType());
        this.bounds = bounds;
    }

    /** Gives rows that stay as they are until they have been taken in. */
    void give(RowBatch rows) {
        given.add(rows);
    }

    /** Says whether the bounds it tells are those before the step. */
    void before(boolean now) {
        before = now;
    }

    @Override
    public void begin(Step step) {
        given.clear();
    }

    @Override
    protected @Nullable RowBatch produce() {
        return given.poll();
    }

    @Override
    public long bound(int column) {
        return before ? bounds.before(column) : bounds.of(column);
    }

    @Override
    public long rowtimeBound() {
        return before ? bounds.rowtimeBefore() : bounds.ofRowtime();
    }

    @Override
    public boolean complete() {
        return bounds.input().complete();
    }
}
