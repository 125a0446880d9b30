package io.millrace.runtime.over;

import io.millrace.runtime.aggregate.RowSequence;
import java.util.Arrays;

/**
 * The rows of a partition in order, those at its start that nothing needs any more left out.
 *
 * <pre>
 *   position   0 … first │ first … next │ next … end
 *              dropped   │ computed     │ to be computed
 * </pre>
 */
final class Partition implements RowSequence {

    private final int number;
    private int[] rows = new int[4];
    private int head;
    private long first;
    private long next;
    private long end;

    /** Per frame the position of its first row, as of the row computed last. */
    final long[] starts;

    /** Per frame the position behind its last row. */
    final long[] ends;

    /** Position of the first row with the order keys of the row computed last. */
    long peersStart;

    /** How many different order keys there were up to the row computed last. */
    long distinctKeys;

    /** Position of the first row with too few rows behind it, where {@link RowsAhead rows wait} for some. */
    long settled;

    /** Per call that counts values, how many there are behind that row. */
    final long[] valuesAhead;

    /** Where its frames of groups stand. */
    final GroupEdges groups;

    Partition(int number, int frames, int counts, GroupEdges groups) {
        this.number = number;
        this.starts = new long[frames];
        this.ends = new long[frames];
        this.valuesAhead = new long[counts];
        this.groups = groups;
    }

    /** Returns its number among the partitions. */
    int number() {
        return number;
    }

    /** Returns the position of the first row that is still here. */
    long first() {
        return first;
    }

    /** Returns the position of the first row that is not computed yet. */
    long next() {
        return next;
    }

    /** Returns the position behind the last row. */
    long end() {
        return end;
    }

    @Override
    public int row(long position) {
        return rows[(head + (int) (position - first)) & (rows.length - 1)];
    }

    void append(int row) {
        int size = (int) (end - first);
        if (size == rows.length) {
            int[] grown = new int[2 * size];
            for (int i = 0; i < size; i++) {
                grown[i] = rows[(head + i) & (size - 1)];
            }
            rows = grown;
            head = 0;
        }
        rows[(head + size) & (rows.length - 1)] = row;
        end++;
    }

    void computed() {
        next++;
    }

    /** Drops rows before a position; returns how many. */
    int dropBefore(long position) {
        int dropped = (int) (position - first);
        if (dropped <= 0) {
            return 0;
        }
        head = (head + dropped) & (rows.length - 1);
        first = position;
        shrink();
        return dropped;
    }

    /** A partition that was once busy gives its memory back. */
    private void shrink() {
        int size = (int) (end - first);
        if (rows.length > 64 && size < rows.length / 8) {
            int[] smaller = new int[Integer.highestOneBit(Math.max(2, size)) * 2];
            for (int i = 0; i < size; i++) {
                smaller[i] = rows[(head + i) & (rows.length - 1)];
            }
            rows = smaller;
            head = 0;
        }
    }

    /** Gives each row its number in another batch. */
    void renumber(java.util.function.IntUnaryOperator numbers) {
        for (long position = first; position < end; position++) {
            int place = (head + (int) (position - first)) & (rows.length - 1);
            rows[place] = numbers.applyAsInt(rows[place]);
        }
    }

    /** Sets where it stands; it has no rows yet. */
    void startAt(long firstPosition, long nextPosition) {
        first = firstPosition;
        end = firstPosition;
        next = nextPosition;
    }

    @Override
    public String toString() {
        return "partition " + number + " [" + first + ", " + next + ", " + end + ") frames " + Arrays.toString(starts)
                + Arrays.toString(ends);
    }
}
