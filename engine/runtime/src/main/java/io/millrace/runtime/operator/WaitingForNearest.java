package io.millrace.runtime.operator;

import io.millrace.plan.AsOf;
import io.millrace.runtime.join.NearestRows;
import io.millrace.runtime.join.RowStore;
import io.millrace.runtime.join.TimeIndex;
import io.millrace.spi.row.LongColumn;
import java.util.Arrays;

/**
 * When rows of the left of a join with the nearest can be answered: when the bound of the right has passed their own time,
 * where the nearest before is wanted; and where the nearest after is, the time of the first that has come.
 *
 * <p>The number of a row that was answered is used again, and a nearer row may come, so what is found by time is looked
 * at anew.
 */
final class WaitingForNearest {

    private static final long NEVER = Long.MAX_VALUE;

    private final AsOf nearest;
    private final RowStore left;
    private final NearestRows right;
    private final TimeIndex byTime = new TimeIndex(0);
    /** By row of the left, the time under which it is found. */
    private long[] found = {};

    private int[] answered = {};
    private int answeredCount;

    WaitingForNearest(AsOf nearest, RowStore left, NearestRows right) {
        this.nearest = nearest;
        this.left = left;
        this.right = right;
    }

    /** Returns the time of a row of the left. */
    long time(int row) {
        return ((LongColumn) left.rows().column(nearest.left())).get(row);
    }

    int answeredCount() {
        return answeredCount;
    }

    int answered(int i) {
        return answered[i];
    }

    void forgetAnswered() {
        for (int i = 0; i < answeredCount; i++) {
            found[answered[i]] = NEVER;
        }
        answeredCount = 0;
    }

    /** Returns a time at or below that of all that wait; or of what they wait for, where that comes after. */
    long least() {
        return byTime.least();
    }

    /**
     * Returns the time below which rows of the right, or the next of their key, are near enough to no row of the left
     * that waits or follows.
     *
     * @param passed no row of the left follows with a time below this
     */
    long needlessBelow(long passed) {
        long least = byTime.least();
        if (nearest.after()) {
            // What a row waits for is kept.
            return Math.min(nearest.strict() ? next(passed) : passed, least);
        }
        long first = Math.min(passed, least);
        return nearest.strict() ? first : next(first);
    }

    private static long next(long time) {
        return time == NEVER ? NEVER : time + 1;
    }

    /** Finds the rows of the left that can be answered once the bound of the right is this, after a step's rows. */
    void answerable(long bound) {
        grow();
        if (bound == Operator.CLOSED) {
            for (int row = 0; row < left.size(); row++) {
                if (left.live(row)) {
                    answer(row);
                }
            }
            byTime.takeBelow(NEVER, row -> {});
            return;
        }
        for (int i = 0; i < left.touchedCount(); i++) {
            find(left.touched()[i]);
        }
        for (int i = 0; nearest.after() && i < right.store().touchedCount(); i++) {
            findAll(right.store().groupOf(right.store().touched()[i]));
        }
        if (bound != Operator.NO_BOUND) {
            byTime.takeBelow(limit(bound), row -> answerIfDone(row, bound));
            unique();
        }
    }

    /** Returns whether what is awaited at a time has come once the bound is this, which is not the last one. */
    boolean passed(long time, long bound) {
        return bound != Operator.NO_BOUND && time < limit(bound);
    }

    /** A row of the right at the very bound may still come, and is left out where it must not be at the same time. */
    private long limit(long bound) {
        return !nearest.after() && nearest.strict() ? bound + 1 : bound;
    }

    private void findAll(int group) {
        for (int row = left.first(group); row != NearestRows.NONE; row = left.next(row)) {
            find(row);
        }
    }

    private void find(int row) {
        long time = awaited(row);
        if (time < found[row]) {
            found[row] = time;
            byTime.add(row, time);
        }
    }

    private long awaited(int row) {
        if (!nearest.after()) {
            return time(row);
        }
        int first = right.find(left.groupOf(row), time(row));
        return first == NearestRows.NONE ? NEVER : right.time(first);
    }

    private void answerIfDone(int row, long bound) {
        if (left.live(row) && awaited(row) < limit(bound)) {
            answer(row);
        }
    }

    private void answer(int row) {
        if (answeredCount == answered.length) {
            answered = Arrays.copyOf(answered, Math.max(256, 2 * answeredCount));
        }
        answered[answeredCount++] = row;
    }

    /** Rows are answered in the order of their numbers, whatever the order in which they are found. */
    private void unique() {
        Arrays.sort(answered, 0, answeredCount);
        int kept = 0;
        for (int i = 0; i < answeredCount; i++) {
            if (i == 0 || answered[i] != answered[i - 1]) {
                answered[kept++] = answered[i];
            }
        }
        answeredCount = kept;
    }

    private void grow() {
        if (found.length < left.size()) {
            int before = found.length;
            found = Arrays.copyOf(found, Math.max(left.size(), Math.max(256, before + (before >> 1))));
            Arrays.fill(found, before, found.length, NEVER);
        }
    }

    /** Finds anew what is in the stores. */
    void load() {
        grow();
        for (int row = 0; row < left.size(); row++) {
            if (left.live(row)) {
                find(row);
            }
        }
    }
}
