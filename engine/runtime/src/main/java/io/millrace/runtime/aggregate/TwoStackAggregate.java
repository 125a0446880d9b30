package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;

/**
 * For aggregates that no row can be taken away from. A stretch is a front and a back:
 *
 * <pre>
 *   rows      a  b  c  d │ e  f
 *   front     abcd bcd cd d      one aggregate per row, of it and all after it in the front
 *   back                   ef    one aggregate
 * </pre>
 *
 * <p>The whole is the front's first put together with the back. A row that leaves takes its aggregate with it; when the
 * front is used up, the back becomes the front. So each row costs three additions, however long the stretch is.
 */
final class TwoStackAggregate extends MovingAggregate {

    private static final int[] NO_SLOTS = {};

    private final GroupMerging merging;
    private int[][] fronts = {};
    private int[] frontSizes = {};
    private int[] backs = {};
    private int[] free = NO_SLOTS;
    private int freeCount;
    private int slots = 1;

    TwoStackAggregate(Accumulator accumulator) {
        super(accumulator);
        this.merging = (GroupMerging) accumulator;
    }

    @Override
    public void add(int stretch, RowBatch batch, int row, long position) {
        ensure(stretch);
        addTo(backs[stretch], batch, row, position);
    }

    @Override
    public void removeFirst(int stretch, RowBatch batch, RowSequence rows, long start, long end) {
        ensure(stretch);
        if (frontSizes[stretch] == 0) {
            turn(stretch, batch, rows, start, end);
        }
        giveBack(fronts[stretch][--frontSizes[stretch]]);
    }

    /** Makes a front of all rows. The slot of the first row comes last, where it is taken from. */
    private void turn(int stretch, RowBatch batch, RowSequence rows, long start, long end) {
        int count = Math.toIntExact(end - start);
        int[] front = fronts[stretch];
        if (front.length < count) {
            front = new int[Growth.capacity(front.length, count)];
            fronts[stretch] = front;
        }
        for (int i = 0; i < count; i++) {
            int slot = take();
            if (i > 0) {
                merging.mergeGroup(accumulator, front[i - 1], slot);
            }
            addTo(slot, batch, rows.row(end - 1 - i), end - 1 - i);
            front[i] = slot;
        }
        frontSizes[stretch] = count;
        accumulator.clear(backs[stretch]);
    }

    @Override
    public void result(int stretch, Column out, int row) {
        ensure(stretch);
        int size = frontSizes[stretch];
        if (size == 0) {
            accumulator.result(backs[stretch], out, row);
            return;
        }
        accumulator.clear(0);
        mergeInto(stretch, accumulator, 0);
        accumulator.result(0, out, row);
    }

    @Override
    void mergeInto(int stretch, Accumulator target, int group) {
        ensure(stretch);
        GroupMerging merging = (GroupMerging) target;
        int size = frontSizes[stretch];
        if (size > 0) {
            merging.mergeGroup(accumulator, fronts[stretch][size - 1], group);
        }
        merging.mergeGroup(accumulator, backs[stretch], group);
    }

    @Override
    public void clear(int stretch) {
        ensure(stretch);
        while (frontSizes[stretch] > 0) {
            giveBack(fronts[stretch][--frontSizes[stretch]]);
        }
        accumulator.clear(backs[stretch]);
    }

    /** Where front and back meet is stored, so that what is added up later is added up in the same order. */
    @Override
    public void save(int stretches, StateWriter out) {
        ensure(stretches);
        out.writeInts(frontSizes, stretches);
    }

    @Override
    public void load(int stretches, StateReader in) {
        ensure(stretches);
        System.arraycopy(in.readInts(stretches), 0, frontSizes, 0, stretches);
    }

    @Override
    public void restore(int stretch, RowBatch batch, RowSequence rows, long start, long end) {
        long turned = start + frontSizes[stretch];
        turn(stretch, batch, rows, start, turned);
        for (long position = turned; position < end; position++) {
            addTo(backs[stretch], batch, rows.row(position), position);
        }
    }

    private void ensure(int stretch) {
        if (stretch >= backs.length) {
            int before = backs.length;
            int capacity = Growth.capacity(before, stretch + 1);
            fronts = Arrays.copyOf(fronts, capacity);
            frontSizes = Arrays.copyOf(frontSizes, capacity);
            backs = Arrays.copyOf(backs, capacity);
            for (int i = before; i < capacity; i++) {
                fronts[i] = NO_SLOTS;
                backs[i] = take();
            }
        }
    }

    private int take() {
        int slot = freeCount > 0 ? free[--freeCount] : slots++;
        grow(slot + 1);
        accumulator.clear(slot);
        return slot;
    }

    private void giveBack(int slot) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, Growth.capacity(free.length, freeCount + 1));
        }
        free[freeCount++] = slot;
    }
}
