package io.millrace.delivery;

import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
 * own. What is promised of rows behind a committed position is settled: it is committed too, and holds in the next life, so
 * that a row is late there that would have been here. What was promised while rows were read that are not committed is
 * forgotten with them, or these would be late when they are read again. For one thread.
 */
final class RollWatermark {

    /** What is known where nothing is: no row is too late. */
    static final long UNKNOWN = Long.MIN_VALUE;

    /** How often is looked whether a slice is over of which the clock says so already. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final long sliceMicros;
    private final Map<String, Long> bounds = new HashMap<>();
    private final Map<String, Long> settled = new TreeMap<>();

    /** Splits that have read rows which are not committed. */
    private final Set<String> reading = new HashSet<>();

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
        if (boundMicros != UNKNOWN && !reading.contains(split)) {
            settled.merge(split, boundMicros, Math::max);
        }
    }

    /** Says that rows of a split are read from now on that are not committed. */
    void reads(String split) {
        reading.add(split);
    }

    /** Returns by split what will be settled when all is committed that was read of one. */
    Map<String, Long> settledWith(String split) {
        Map<String, Long> with = new TreeMap<>(settled);
        long own = bounds.getOrDefault(split, UNKNOWN);
        if (own != UNKNOWN) {
            with.put(split, own);
        }
        return with;
    }

    /** Says that all is committed that was read of a split. */
    void committed(String split) {
        settled.putAll(settledWith(split));
        reading.remove(split);
    }

    /** Says that a split is read again from its committed position. */
    void dropped(String split) {
        if (reading.remove(split)) {
            bounds.put(split, settled.getOrDefault(split, UNKNOWN));
        }
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
