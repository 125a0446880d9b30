package io.millrace.runtime.match;

import io.millrace.runtime.over.RowStore;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.function.IntUnaryOperator;

/**
 * The rows of a partition in order that matches may still need, and the matches that are open.
 *
 * <pre>
 *   position   0 … first │ first … next │ next … end
 *              dropped   │ taken        │ to be taken
 * </pre>
 */
final class MatchPartition {

    /** The time of a partition that is not in that heap. */
    static final long NOT_NOTED = Long.MIN_VALUE;

    private static final long NOTHING = -1;

    final int number;
    final ThreadList threads = new ThreadList();
    final History history;
    private int[] rows = new int[4];
    private long[] fitting = new long[4];
    private long first;
    private long end;

    /** Position of the row that is taken next. */
    long next;

    /** Position behind the rows of which it is known which variables they fit. */
    long judged;

    /** Position behind the rows that are in a match, or are known to be in none. */
    long settled;

    /** Number of the last match. */
    long matches;

    /** Position of the first row of the match that is preferred so far, or −1. */
    long bestStart = NOTHING;

    /** What that match has mapped. */
    int bestNode = History.NONE;

    /** Whether no row comes any more before it is forgotten. */
    boolean ending;

    /** Whether it is in the list of partitions to be worked on. */
    boolean listed;

    /** The time by which it is in the heap of partitions with open matches. */
    long notedTime = NOT_NOTED;

    MatchPartition(int number, long[] sets) {
        this.number = number;
        this.history = new History(sets);
    }

    long first() {
        return first;
    }

    long end() {
        return end;
    }

    boolean has(long position) {
        return position >= first && position < end;
    }

    int row(long position) {
        return rows[place(position)];
    }

    /** Returns the variables that a row fits by itself, as bits. */
    long fitting(long position) {
        return fitting[place(position)];
    }

    void fitting(long position, long variables) {
        fitting[place(position)] = variables;
    }

    private int place(long position) {
        return (int) position & (rows.length - 1);
    }

    void append(int row) {
        if (end - first == rows.length) {
            resize(2 * rows.length);
        }
        rows[place(end)] = row;
        end++;
    }

    private void resize(int capacity) {
        int[] newRows = new int[capacity];
        long[] newFitting = new long[capacity];
        for (long position = first; position < end; position++) {
            newRows[(int) position & (capacity - 1)] = rows[place(position)];
            newFitting[(int) position & (capacity - 1)] = fitting[place(position)];
        }
        rows = newRows;
        fitting = newFitting;
    }

    /** Drops rows before a position; returns how many. */
    int dropBefore(long position) {
        int dropped = (int) (Math.min(position, end) - first);
        if (dropped <= 0) {
            return 0;
        }
        first += dropped;
        int size = (int) (end - first);
        if (rows.length > 64 && size < rows.length / 8) {
            resize(Math.max(4, 2 * Integer.highestOneBit(Math.max(2, size))));
        }
        return dropped;
    }

    boolean hasBest() {
        return bestStart != NOTHING;
    }

    void best(long start, int node) {
        bestStart = start;
        bestNode = node;
    }

    /** Lets all open matches go. */
    void forget() {
        threads.clear();
        history.clear();
        best(NOTHING, History.NONE);
    }

    /** Returns the position of the first row of a match that is open, of the row taken next where there is none. */
    long openFrom() {
        return threads.size() > 0 ? threads.start(0) : hasBest() ? bestStart : next;
    }

    void compactHistory() {
        if (history.crowded()) {
            history.compact(threads, bestNode);
            bestNode = history.moved(bestNode);
        }
    }

    void renumber(IntUnaryOperator numbers) {
        for (long position = first; position < end; position++) {
            rows[place(position)] = numbers.applyAsInt(rows[place(position)]);
        }
    }

    void save(RowStore store, StateWriter out) {
        out.writeLong(first);
        out.writeLong(end);
        out.writeLong(next);
        out.writeLong(judged);
        out.writeLong(settled);
        out.writeLong(matches);
        out.writeLong(bestStart);
        out.writeInt(bestNode);
        threads.save(out);
        history.save(out);
        for (long position = first; position < end; position++) {
            store.save(row(position), out);
            out.writeLong(fitting(position));
        }
    }

    void load(RowStore store, StateReader in) {
        first = in.readLong();
        long rowsEnd = in.readLong();
        end = first;
        next = in.readLong();
        judged = in.readLong();
        settled = in.readLong();
        matches = in.readLong();
        bestStart = in.readLong();
        bestNode = in.readInt();
        threads.load(in);
        history.load(in);
        while (end < rowsEnd) {
            append(store.load(in));
            fitting(end - 1, in.readLong());
        }
    }
}
