package io.millrace.server.postgres.type;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;

/** Text, and bytes in binary: what lies in the column is what is sent. */
final class BytesColumnEncoder extends ColumnEncoder {

    @Override
    int measure(Column column, int[] rows, int from, int to, int[] lengths) {
        int[] starts = ((BytesColumn) column).starts();
        int[] ends = ((BytesColumn) column).ends();
        for (int i = from; i < to; i++) {
            int row = rows[i];
            lengths[i - from] += column.isNull(row) ? 0 : ends[row] - starts[row];
        }
        return to;
    }

    @Override
    void write(Column column, int[] rows, int from, int to, byte[] target, int[] places) {
        BytesColumn values = (BytesColumn) column;
        byte[] data = values.data();
        int[] starts = values.starts();
        int[] ends = values.ends();
        for (int i = 0; i < to - from; i++) {
            int row = rows[from + i];
            int place = places[i];
            if (values.isNull(row)) {
                places[i] = writeNull(target, place);
            } else {
                int length = ends[row] - starts[row];
                INT.set(target, place, length);
                System.arraycopy(data, starts[row], target, place + Integer.BYTES, length);
                places[i] = place + Integer.BYTES + length;
            }
        }
    }
}
