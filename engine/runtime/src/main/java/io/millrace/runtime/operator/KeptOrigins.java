package io.millrace.runtime.operator;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The origins of rows that were copied out of several batches, which may be gone. */
final class KeptOrigins implements RowOrigins {

    /** By number of the first row, what came out of a batch. */
    private final NavigableMap<Integer, RowOrigins> parts = new TreeMap<>();

    /** Says that the rows that count in a batch are about to be appended to another. */
    static void note(RowBatch source, RowBatch target) {
        RowOrigins origins = source.origins();
        int count = source.selectedCount();
        if (origins == null || count == 0) {
            return;
        }
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = source.selectedRow(i);
        }
        KeptOrigins kept = target.origins() instanceof KeptOrigins known ? known : new KeptOrigins();
        target.origins(kept);
        kept.parts.put(target.size(), origins.keep(rows, count));
    }

    @Override
    public String position(int row) {
        var part = parts.floorEntry(row);
        return part == null ? "" : part.getValue().position(row - part.getKey());
    }

    @Override
    public long rowtimeMicros(int row) {
        var part = parts.floorEntry(row);
        return part == null ? NO_ROWTIME : part.getValue().rowtimeMicros(row - part.getKey());
    }

    @Override
    public long arrivalMicros(int row) {
        var part = parts.floorEntry(row);
        return part == null ? NO_ROWTIME : part.getValue().arrivalMicros(row - part.getKey());
    }
}
