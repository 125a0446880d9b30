package io.millrace.runtime.operator;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The origins of rows that were copied out of several batches, which may be gone. Where a batch had none, they say what
 * its rows do by themselves: their ROWTIME, if they have one.
 */
final class KeptOrigins implements RowOrigins {

    /** By number of the first row, what came out of a batch. */
    private final NavigableMap<Integer, RowOrigins> parts = new TreeMap<>();

    private KeptOrigins() {}

    /** Says that the rows that count in a batch are about to be appended to another. */
    static void note(RowBatch source, RowBatch target) {
        boolean begun = target.origins() instanceof KeptOrigins;
        if (source.selectedCount() == 0 || (source.origins() == null && !begun)) {
            return;
        }
        KeptOrigins kept = target.origins() instanceof KeptOrigins known ? known : new KeptOrigins();
        if (!begun) {
            target.origins(kept);
            kept.parts.put(0, new Unknown(target, 0));
        }
        kept.parts.put(target.size(), kept(source, target));
    }

    private static RowOrigins kept(RowBatch source, RowBatch target) {
        RowOrigins origins = source.origins();
        if (origins == null) {
            return new Unknown(target, target.size());
        }
        int[] rows = new int[source.selectedCount()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = source.selectedRow(i);
        }
        return origins.keep(rows, rows.length);
    }

    private Map.Entry<Integer, RowOrigins> part(int row) {
        return parts.floorEntry(row);
    }

    @Override
    public String position(int row) {
        return part(row).getValue().position(row - part(row).getKey());
    }

    @Override
    public long rowtimeMicros(int row) {
        return part(row).getValue().rowtimeMicros(row - part(row).getKey());
    }

    @Override
    public long arrivalMicros(int row) {
        return part(row).getValue().arrivalMicros(row - part(row).getKey());
    }

    /** Rows of which nothing is known but what they hold, from a number on. */
    private record Unknown(RowBatch rows, int first) implements RowOrigins {

        @Override
        public String position(int row) {
            return "";
        }

        @Override
        public long rowtimeMicros(int row) {
            return RejectedRow.ownRowtime(rows, first + row);
        }
    }
}
