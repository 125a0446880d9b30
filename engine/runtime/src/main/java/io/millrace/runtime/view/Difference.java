package io.millrace.runtime.view;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowBytes;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the replacement of a view's content took away and brought, on its way to those who follow the view: first the rows
 * that went. It is told in parts, each of which counts as one step; the same rows are cut into the same parts each time, so
 * that one begun before a crash is gone on with.
 */
final class Difference {

    private static final long NO_BOUND = Long.MIN_VALUE;
    private static final int PART_ROWS = 1 << 16;

    /** Far below what a log takes at once. */
    private static final int PART_BYTES = 8 << 20;

    private static final int WEIGHT_MAX = 1 << 30;
    private static final int[] SIGNS = {-1, 1};

    private final MaterializedRows rows;
    private int sign;
    private int group;
    private long told;
    private long parts;

    /** @param rows with their weights; their step is that of the first part */
    Difference(MaterializedRows rows) {
        this.rows = rows;
    }

    /** Returns what is stored of it. */
    MaterializedRows rows() {
        return rows;
    }

    /** Returns the number of the last part's step: that of the first where there is nothing to tell. */
    long lastStep() {
        Difference other = new Difference(rows);
        while (other.nextPart() != null) {
            // Until all are counted.
        }
        return rows.step() + Math.max(0, other.parts - 1);
    }

    /** Tells the next part; null where all have been told. */
    @Nullable
    CompletableFuture<Void> tellNext(ChangeLog log) {
        RowBatch part = nextPart();
        return part == null ? null : log.write(rows.step() + parts - 1, part, NO_BOUND);
    }

    private @Nullable RowBatch nextPart() {
        RowBatch part = RowBatch.create(rows.rowType(), 0);
        long bytes = 0;
        while (part.size() < PART_ROWS && bytes < PART_BYTES && findRow()) {
            long left = rows.weight(group) - told;
            int weight = Math.clamp(left, -WEIGHT_MAX, WEIGHT_MAX);
            int row = part.size();
            part.ensureCapacity(row + 1);
            rows.writeRow(group, part, row, weight);
            bytes += RowBytes.of(part, row);
            told += weight;
        }
        if (part.size() == 0) {
            return null;
        }
        parts++;
        return part;
    }

    /** Goes to the next row of which something is left to be told. */
    private boolean findRow() {
        while (sign < SIGNS.length) {
            while (group < rows.groups()) {
                long weight = rows.weight(group);
                if (Long.signum(weight) == SIGNS[sign] && weight != told) {
                    return true;
                }
                group++;
                told = 0;
            }
            sign++;
            group = 0;
        }
        return false;
    }
}
