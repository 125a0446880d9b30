package io.millrace.runtime.operator;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.util.Arrays;

/** The origins of rows that were copied out of another batch, each maybe more than once. */
final class CopiedOrigins implements RowOrigins {

    private final RowOrigins source;
    private int[] sourceRows = new int[64];

    private CopiedOrigins(RowOrigins source) {
        this.source = source;
    }

    /** Says where a row of a batch, written just now, was copied from. */
    static void note(RowBatch source, int sourceRow, RowBatch target, int row) {
        RowOrigins origins = source.origins();
        if (origins == null) {
            return;
        }
        CopiedOrigins copied = target.origins() instanceof CopiedOrigins known ? known : new CopiedOrigins(origins);
        target.origins(copied);
        if (copied.sourceRows.length <= row) {
            copied.sourceRows = Arrays.copyOf(copied.sourceRows, Math.max(row + 1, copied.sourceRows.length * 2));
        }
        copied.sourceRows[row] = sourceRow;
    }

    /** Says of the first rows of a batch, written just now, which of another they were copied from. */
    static void note(RowBatch source, int[] sourceRows, int count, RowBatch target) {
        RowOrigins origins = source.origins();
        CopiedOrigins copied = origins == null ? null : new CopiedOrigins(origins);
        if (copied != null) {
            copied.sourceRows = Arrays.copyOf(sourceRows, count);
        }
        target.origins(copied);
    }

    @Override
    public String position(int row) {
        return source.position(sourceRows[row]);
    }

    @Override
    public long rowtimeMicros(int row) {
        return source.rowtimeMicros(sourceRows[row]);
    }

    @Override
    public long arrivalMicros(int row) {
        return source.arrivalMicros(sourceRows[row]);
    }

    @Override
    public RowOrigins keep(int[] rows, int count) {
        int[] ofSource = new int[count];
        for (int i = 0; i < count; i++) {
            ofSource[i] = sourceRows[rows[i]];
        }
        return source.keep(ofSource, count);
    }
}
