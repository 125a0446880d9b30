package io.millrace.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The times at which ranges are ended for their age: an interval from one to the next, however long the commit between
 * them took and however long the next row let itself be waited for.
 *
 * <pre>
 *   due            │              │              │          rows waited for less than an interval
 *   read, commit   ├───────┤######├───────┤######├──
 *
 *   slow commits   ├───────┤##########├───┤##########├───┤  half of an interval is left to read in
 *   slower still   ├───────┤##################├───────┤     a whole interval, as at the beginning
 * </pre>
 *
 * <p>So what waits in the source does not pile up: the longer commits take, the more is read between two of them. No
 * row waits for longer than an interval before its range is due. For one thread.
 */
final class RollCadence {

    private final Duration interval;
    private @Nullable Instant last;

    RollCadence(Duration interval) {
        this.interval = interval;
    }

    /** Returns when a range is due that got its first row at a time. */
    Instant due(Instant since) {
        Instant own = since.plus(interval);
        if (last != null && last.isAfter(since)) {
            // The clock was set back.
            last = null;
        }
        if (last == null) {
            return own;
        }
        Instant next = last.plus(interval);
        if (!next.isAfter(since)) {
            return own;
        }
        Instant soonest = since.plus(interval.dividedBy(2));
        Instant due = next.isBefore(soonest) ? soonest : next;
        return due.isAfter(own) ? own : due;
    }

    /** Notes when a range was due that was ended for its age. Others that were ended with it do not count. */
    void ended(Instant due) {
        if (last == null || !due.isBefore(last.plus(interval))) {
            last = due;
        }
    }
}
