package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.runtime.operator.StepPlan.ScanPlan;
import io.millrace.runtime.operator.StepPlan.SplitRange;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scan knows of the time of its rows: that of its splits, merged.
 *
 * <p>The bound is the least of the splits' bounds. By event time a split that is read to its end and has had no rows
 * for {@link Rowtime.EventTime#idleMicros()} is left out of that; where all are, the greatest of theirs holds, and the time
 * is counted anew for all when rows come to one of them. A split
 * that takes no more entries holds nothing back once it is read. Changes of a view have the bound that the view promises,
 * or none.
 */
final class ScanTime {

    private final PlanNode.Scan scan;
    private final boolean bounded;

    /** @param bounded whether nothing follows the first step */
    ScanTime(PlanNode.Scan scan, boolean bounded) {
        this.scan = scan;
        this.bounded = bounded;
    }

    /** Returns whether the rows are changes of what is kept. */
    boolean kept() {
        return scan.rowtime() instanceof Rowtime.Changing || scan.rowtime() instanceof Rowtime.Present;
    }

    /** Returns the column for which who keeps the rows promises bounds, or null. */
    @Nullable
    String keptTime() {
        return scan.rowtime() instanceof Rowtime.Changing changing ? changing.time() : null;
    }

    /** Returns whether the bound over so many splits may move though no rows come. */
    boolean movesByItself(int splits) {
        return !kept()
                && (!(scan.rowtime() instanceof Rowtime.EventTime time) || (time.idleMicros() > 0 && splits > 1));
    }

    /** Returns whether a column is ROWTIME: by that name, which any column of what is kept may have, or by its own. */
    boolean isRowtime(int column) {
        String name = scan.rowType().field(column).name();
        return scan.rowtimeColumn() >= 0
                && (column == scan.rowtimeColumn()
                        || (kept() ? name.equals(keptTime()) : name.equals(SystemColumns.ROWTIME.name()))
                        || (scan.rowtime() instanceof Rowtime.EventTime time
                                && time.column().equals(name)));
    }

    /** Returns what is known of the time of each split that a step has read; nothing is of changes. */
    List<SplitTime> ofSplits(ScanPlan plan, Map<String, ScanSplit> splits) {
        if (kept()) {
            return List.of();
        }
        long idle = scan.rowtime() instanceof Rowtime.EventTime time ? time.idleMicros() : 0;
        List<SplitTime> times = new ArrayList<>();
        for (SplitRange range : plan.splits()) {
            ScanSplit split = splits.get(range.split());
            if (split != null) {
                times.add(new SplitTime(
                        scan.stream(),
                        range.split(),
                        split.position(),
                        boundOf(split, range),
                        split.lastRowsMicros(),
                        idle));
            }
        }
        return times;
    }

    /**
     * Returns whether a step reads entries after a time in which all splits were silent. Which of them comes first says
     * nothing of the others then: rows that were put together come to their splits one after the other.
     */
    boolean wakes(ScanPlan ranges, Collection<ScanSplit> splits, long clockMicros) {
        return scan.rowtime() instanceof Rowtime.EventTime time
                && time.idleMicros() > 0
                && ranges.splits().stream().anyMatch(range -> range.to() > range.from())
                && splits.stream()
                        .filter(ScanSplit::begun)
                        .allMatch(split -> clockMicros - split.lastRowsMicros() >= time.idleMicros());
    }

    /**
     * Notes the time of rows that were read.
     *
     * @throws MillraceException {@code WRONG_STATE} where a row is taken back of what never does that
     */
    void observe(ScanSplit split, RowBatch rows, long clockMicros) {
        split.rowsCame(clockMicros);
        if (scan.rowtime() instanceof Rowtime.Changing changing && !changing.updating() && rows.weights() != null) {
            refuseTakenBack(rows);
        }
        if (scan.rowtimeColumn() < 0 || !(scan.rowtime() instanceof Rowtime.EventTime)) {
            return;
        }
        LongColumn times = (LongColumn) rows.column(scan.rowtimeColumn());
        long[] values = times.values();
        boolean[] nulls = times.nulls();
        long newest = Operator.NO_BOUND;
        for (int i = 0; i < rows.selectedCount(); i++) {
            int row = rows.selectedRow(i);
            if (nulls == null || !nulls[row]) {
                newest = Math.max(newest, values[row]);
            }
        }
        split.timeSeen(newest);
    }

    /** What reads rows that only come has no way to take one back: it would be another that comes. */
    private void refuseTakenBack(RowBatch rows) {
        for (int i = 0; i < rows.selectedCount(); i++) {
            if (rows.weight(rows.selectedRow(i)) < 0) {
                throw new MillraceException(
                        ErrorCode.WRONG_STATE,
                        "'" + scan.stream()
                                + "', whose rows stay, took back a row that was read of it: it was made anew",
                        "drop what reads it and create it anew");
            }
        }
    }

    /** Returns the bound of all splits as it is after a step that reads them so. */
    long merged(ScanPlan ranges, Map<String, ScanSplit> splits, long clockMicros) {
        if (bounded) {
            return Operator.CLOSED;
        }
        long least = Operator.CLOSED;
        long greatestIdle = Operator.NO_BOUND;
        boolean active = false;
        for (SplitRange range : ranges.splits()) {
            ScanSplit split = splits.get(range.split());
            long of = boundOf(split, range);
            if (split != null && split.begun() && idle(split, range, clockMicros)) {
                greatestIdle = Math.max(greatestIdle, of);
            } else {
                active = true;
                least = Math.min(least, of);
            }
        }
        return active ? least : greatestIdle;
    }

    private long boundOf(@Nullable ScanSplit split, SplitRange range) {
        if (scan.rowtime() instanceof Rowtime.EventTime time) {
            if (range.atEnd() && range.bound() == Operator.CLOSED) {
                return Operator.CLOSED;
            }
            return split == null ? Operator.NO_BOUND : split.eventTimeBound(time.delayMicros());
        }
        return split == null ? range.bound() : Math.max(split.promised(), range.bound());
    }

    private boolean idle(ScanSplit split, SplitRange range, long clockMicros) {
        return scan.rowtime() instanceof Rowtime.EventTime time
                && time.idleMicros() > 0
                && range.atEnd()
                && range.bound() != Operator.CLOSED
                && clockMicros - split.lastRowsMicros() >= time.idleMicros();
    }
}
