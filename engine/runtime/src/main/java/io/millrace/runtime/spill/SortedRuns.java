package io.millrace.runtime.spill;

import io.millrace.runtime.state.RowOrder;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorted rows on disk, a run for each time that memory was full, and the rows of all of them in order. Of equal rows
 * those of the run that was written first come first. For one thread at a time.
 *
 * <p>Runs are merged as they come, so that few files are open: always as many as have been merged equally often, so
 * each row is written again once for each time that the number of runs is that many times as large.
 */
public final class SortedRuns implements AutoCloseable {

    /** Of each run that is merged some rows are in memory. */
    private static final int MERGED_MAX = 64;

    private final RowType type;
    private final RowOrder order;
    private final WorkspaceShare share;
    private final Runnable check;
    private final List<SpilledRows> runs = new ArrayList<>();
    /** How often each run has been merged. */
    private final List<Integer> levels = new ArrayList<>();

    private PriorityQueue<Cursor> heads = new PriorityQueue<>();
    private @Nullable Cursor current;

    /** @param check called now and then while rows are merged; what it throws ends that */
    public SortedRuns(RowType type, RowOrder order, WorkspaceShare share, Runnable check) {
        this.check = check;
        this.type = type;
        this.order = order;
        this.share = share;
    }

    /** Returns whether there is no run. */
    public boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Begins another run. */
    public void begin() {
        runs.add(share.rows(type));
    }

    /** Adds a row to the run begun last; no row before it comes after it in order. */
    public void add(RowBatch rows, int row) {
        runs.getLast().add(rows, row);
    }

    /** Ends the run begun last. */
    public void end() {
        runs.getLast().finish();
        levels.add(0);
        while (sameLevels() == MERGED_MAX) {
            mergeLast(MERGED_MAX);
        }
    }

    /** Returns how many runs at the end were merged as often as the last, so many at most as are merged. */
    private int sameLevels() {
        int level = levels.getLast();
        int same = 0;
        while (same < Math.min(MERGED_MAX, levels.size()) && levels.get(levels.size() - 1 - same) == level) {
            same++;
        }
        return same;
    }

    /** Puts one run in the place of the last, which follow one another, so that the order of runs stays what it was. */
    private void mergeLast(int count) {
        List<SpilledRows> last = runs.subList(runs.size() - count, runs.size());
        SpilledRows one = merged(last);
        last.forEach(SpilledRows::close);
        last.clear();
        runs.add(one);
        int level = levels.getLast() + 1;
        levels.subList(levels.size() - count, levels.size()).clear();
        levels.add(level);
    }

    /** Begins to give the rows of all runs, merging some of them first where they are many. */
    public void merge() {
        if (runs.size() > MERGED_MAX) {
            mergeLast(Math.min(MERGED_MAX, runs.size() - MERGED_MAX + 1));
            merge();
            return;
        }
        open(runs);
    }

    private SpilledRows merged(List<SpilledRows> first) {
        SpilledRows one = share.rows(type);
        try {
            open(first);
            while (next()) {
                one.add(batch(), row());
            }
            one.finish();
            return one;
        } catch (RuntimeException e) {
            one.close();
            throw e;
        }
    }

    private void open(List<SpilledRows> merged) {
        heads = new PriorityQueue<>();
        current = null;
        for (int i = 0; i < merged.size(); i++) {
            Cursor cursor = new Cursor(merged.get(i), i);
            if (cursor.advance()) {
                heads.add(cursor);
            }
        }
    }

    /** Goes on to the next row; returns whether there is one. */
    public boolean next() {
        if (current != null && current.advance()) {
            heads.add(current);
        }
        current = heads.poll();
        return current != null;
    }

    /** Passes over so many rows; returns how many there were. */
    public long skip(long count) {
        long skipped = 0;
        while (skipped < count && next()) {
            skipped++;
        }
        return skipped;
    }

    /** Returns the batch that the row is in. */
    public RowBatch batch() {
        return at().rows();
    }

    /** Returns the row's number in {@link #batch()}. */
    public int row() {
        return at().row;
    }

    private Cursor at() {
        if (current == null) {
            throw new IllegalStateException("there is no row");
        }
        return current;
    }

    @Override
    public void close() {
        runs.forEach(SpilledRows::close);
    }

    /** A place in a run. */
    private final class Cursor implements Comparable<Cursor> {

        private final SpilledRows run;
        private final int number;
        private @Nullable RowBatch rows;
        private int row = -1;

        Cursor(SpilledRows run, int number) {
            this.run = run;
            this.number = number;
        }

        boolean advance() {
            row++;
            if (rows == null || row == rows.size()) {
                check.run();
                rows = run.next();
                row = 0;
            }
            return rows != null;
        }

        RowBatch rows() {
            if (rows == null) {
                throw new IllegalStateException("the run is at its end");
            }
            return rows;
        }

        @Override
        public int compareTo(Cursor other) {
            int result = order.compare(rows(), row, other.rows(), other.row);
            return result != 0 ? result : Integer.compare(number, other.number);
        }
    }
}
