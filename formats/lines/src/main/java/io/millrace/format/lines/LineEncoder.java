package io.millrace.format.lines;

import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;

/** Writes the one column's values as records. */
final class LineEncoder implements RowEncoder {

    private static final byte[] NOTHING = {};

    @Override
    public void encode(RowBatch rows, BytesColumn out) {
        out.clear();
        int count = rows.selectedCount();
        out.ensureCapacity(count);
        BytesColumn values = (BytesColumn) rows.column(0);
        for (int i = 0; i < count; i++) {
            int row = rows.selectedRow(i);
            if (values.isNull(row)) {
                out.append(i, NOTHING);
            } else {
                out.append(i, values.data(), values.starts()[row], values.ends()[row]);
            }
        }
    }
}
