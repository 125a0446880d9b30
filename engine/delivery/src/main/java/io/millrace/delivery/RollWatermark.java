package io.millrace.delivery;

import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ends ranges by the time of their rows: time is cut into slices of one length, counted from 1970 in UTC, and a range is
 * due once no row can follow, in any split, for the slice of its oldest row.
 *
 * <pre>
 *   ROWTIME     │   09:00 – 10:00    │   10:00 – 11:00
 *   rows        │ •  • •    •      • │ •   •
 *   watermark   ├────────────────────┼──►                   the range of the first is ended here
 * </pre>
 *
 * <p>A row that comes late, behind the watermark, goes with the slice that is open then: it is not worth a file of its
 * own. For one thread.
 */
final class RollWatermark {

    /** What is known where nothing is: no row is too late. */
    static final long UNKNOWN = Long.MIN_VALUE;

    /** How often is looked whether a slice is over of which the clock says so already. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final long sliceMicros;
    private final Map<String, Long> bounds = new HashMap<>();

    RollWatermark(Duration slice) {
        this.sliceMicros = slice.toNanos() / 1000;
    }

    /** Counts a split among those that may have rows. */
    void join(String split) {
        bounds.putIfAbsent(split, UNKNOWN);
    }

    /** Notes a promise; one that says less than those before changes nothing. */
    void promised(String split, long boundMicros) {
        bounds.merge(split, boundMicros, Math::max);
    }

    /** Returns the time before which no row follows in any split. */
    long reached() {
        return bounds.values().stream().mapToLong(Long::longValue).min().orElse(UNKNOWN);
    }

    /** Returns the same, once a split has made another promise. */
    long reachedWith(String split, long boundMicros) {
        long least = Math.max(boundMicros, bounds.getOrDefault(split, UNKNOWN));
        for (Map.Entry<String, Long> other : bounds.entrySet()) {
            if (!other.getKey().equals(split)) {
                least = Math.min(least, other.getValue());
            }
        }
        return least;
    }

    /** Returns the first time behind the slice of a time. */
    long sliceEnd(long micros) {
        return (Math.floorDiv(micros, sliceMicros) + 1) * sliceMicros;
    }

    /** The earliest and the latest time of some rows; late ones have that of the watermark. */
    record Times(long oldest, long newest) {}

    /** Returns the times of the rows that a batch selects, or null where it has none that knows its own. */
    @Nullable
    Times times(RowBatch rows) {
        RowOrigins origins = rows.origins();
        long reached = reached();
        long oldest = Long.MAX_VALUE;
        long newest = Long.MIN_VALUE;
        for (int i = 0; origins != null && i < rows.selectedCount(); i++) {
            long micros = origins.rowtimeMicros(rows.selectedRow(i));
            if (micros != RowOrigins.NO_ROWTIME) {
                long time = Math.max(micros, reached);
                oldest = Math.min(oldest, time);
                newest = Math.max(newest, time);
            }
        }
        return oldest > newest ? null : new Times(oldest, newest);
    }

    /** Returns how many of the rows that a batch selects are before a time. */
    long count(RowBatch rows, long end) {
        RowOrigins origins = rows.origins();
        long reached = reached();
        long count = 0;
        for (int i = 0; origins != null && i < rows.selectedCount(); i++) {
            count += isBefore(origins, rows.selectedRow(i), reached, end) ? 1 : 0;
        }
        return count;
    }

    /** Returns whether the last of the rows that a batch selects is before a time. */
    boolean endsBefore(RowBatch rows, long end) {
        RowOrigins origins = rows.origins();
        int count = rows.selectedCount();
        return origins != null && count > 0 && isBefore(origins, rows.selectedRow(count - 1), reached(), end);
    }

    private static boolean isBefore(RowOrigins origins, int row, long reached, long end) {
        long micros = origins.rowtimeMicros(row);
        return micros != RowOrigins.NO_ROWTIME && Math.max(micros, reached) < end;
    }

    /** Returns when is to be looked whether a slice is over, though nothing comes: promises may grow with the clock. */
    static Instant lookAt(long sliceEnd, Instant now) {
        Instant end = JavaValues.instant(sliceEnd);
        return end.isAfter(now) ? end : now.plus(LOOK);
    }
}
