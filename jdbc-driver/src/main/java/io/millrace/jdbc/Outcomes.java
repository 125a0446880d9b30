package io.millrace.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the statements of one text came to, one after the other: rows, or how many were changed. For one thread. */
final class Outcomes {

    /** What stands for a count where there are rows, and behind the last outcome. */
    static final long NO_COUNT = -1;

    private static final class Outcome {
        final @Nullable MillraceResultSet rows;
        final long count;

        Outcome(@Nullable MillraceResultSet rows, long count) {
            this.rows = rows;
            this.count = count;
        }
    }

    private final Deque<Outcome> later = new ArrayDeque<>();
    private final List<MillraceResultSet> kept = new ArrayList<>();
    private @Nullable MillraceResultSet rows;
    private long count = NO_COUNT;

    void add(MillraceResultSet answer) {
        later.add(new Outcome(answer, NO_COUNT));
    }

    void add(long changed) {
        later.add(new Outcome(null, changed));
    }

    /** Goes on to the next outcome; returns whether it is rows. */
    boolean next() {
        Outcome next = later.poll();
        rows = next == null ? null : next.rows;
        count = next == null ? NO_COUNT : next.count;
        return rows != null;
    }

    /** Returns the rows of the outcome that it stands at, or null. */
    @Nullable
    MillraceResultSet rows() {
        return rows;
    }

    /** Returns the count of the outcome that it stands at, or {@link #NO_COUNT}. */
    long count() {
        return count;
    }

    boolean last() {
        return later.isEmpty();
    }

    /** Leaves the present rows open when it goes on. */
    void keep() {
        if (rows != null) {
            kept.add(rows);
        }
    }

    /** Ends the present rows. */
    void end() {
        if (rows != null) {
            rows.end();
        }
        rows = null;
        count = NO_COUNT;
    }

    /** Ends rows that were kept. */
    void endKept() {
        kept.forEach(MillraceResultSet::end);
        kept.clear();
    }

    /** Ends all there is. */
    void clear() {
        end();
        endKept();
        for (Outcome outcome : later) {
            if (outcome.rows != null) {
                outcome.rows.end();
            }
        }
        later.clear();
    }
}
