package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.Column;

/** Cells whose length is known only once they are written: they are written aside and copied. */
final class BufferedColumnEncoder extends ColumnEncoder {

    private static final int BYTES_KEPT = 2 * RowForm.BYTES_ENOUGH;

    private final CellEncoder encoder;
    private final int[] ends = new int[RowForm.ROWS_MAX];
    private WireBuffer cells = new WireBuffer(BYTES_KEPT);

    BufferedColumnEncoder(CellEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    int measure(Column column, int[] rows, int from, int to, int[] lengths) {
        if (cells.utf8().bytes().length > BYTES_KEPT) {
            cells = new WireBuffer(BYTES_KEPT);
        }
        cells.truncate(0);
        int i = from;
        do {
            int start = cells.size();
            if (!column.isNull(rows[i])) {
                encoder.encode(column, rows[i], cells);
            }
            ends[i - from] = cells.size();
            lengths[i - from] += cells.size() - start;
            i++;
        } while (i < to && cells.size() < RowForm.BYTES_ENOUGH);
        return i;
    }

    @Override
    void write(Column column, int[] rows, int from, int to, byte[] target, int[] places) {
        byte[] source = cells.utf8().bytes();
        int start = 0;
        for (int i = 0; i < to - from; i++) {
            int place = places[i];
            if (column.isNull(rows[from + i])) {
                places[i] = writeNull(target, place);
            } else {
                int length = ends[i] - start;
                INT.set(target, place, length);
                System.arraycopy(source, start, target, place + Integer.BYTES, length);
                places[i] = place + Integer.BYTES + length;
            }
            start = ends[i];
        }
    }
}
