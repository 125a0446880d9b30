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
 */
public final class SortedRuns implements AutoCloseable {

    /** Of each run that is merged some rows are in memory. */
    private static final int MERGED_MAX = 64;

    private final RowType type;
    private final RowOrder order;
    private final WorkspaceShare share;
    private final List<SpilledRows> runs = new ArrayList<>();
    private PriorityQueue<Cursor> heads = new PriorityQueue<>();
    private @Nullable Cursor current;

    public SortedRuns(RowType type, RowOrder order, WorkspaceShare share) {
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
    }

    /** Begins to give the rows of all runs, merging some of them first where they are many. */
    public void merge() {
        while (runs.size() > MERGED_MAX) {
            List<SpilledRows> first = runs.subList(0, MERGED_MAX);
            SpilledRows one = merged(first);
            first.forEach(SpilledRows::close);
            first.clear();
            runs.addFirst(one);
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
