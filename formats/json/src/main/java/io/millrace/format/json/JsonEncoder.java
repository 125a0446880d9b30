package io.millrace.format.json;

import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.Utf8Buffer;
import io.millrace.spi.type.DataType.RowType;

/** Writes one object per row, with all columns in their order. */
final class JsonEncoder implements RowEncoder {

    private final byte[][] leads;
    private final ValueWriter[] writers;
    private final Utf8Buffer buffer = new Utf8Buffer();

    JsonEncoder(RowType schema) {
        this.leads = ValueWriter.leads(schema);
        this.writers = ValueWriter.ofFields(schema);
    }

    @Override
    public void encode(RowBatch rows, BytesColumn out) {
        out.clear();
        buffer.clear();
        int count = rows.selectedCount();
        out.ensureCapacity(count);
        for (int i = 0; i < count; i++) {
            int start = buffer.length();
            encode(rows, rows.selectedRow(i));
            out.slice(i, start, buffer.length());
        }
        int at = out.reserve(buffer.length());
        assert at == 0 : "a cleared column appends from its start";
        System.arraycopy(buffer.bytes(), 0, out.data(), at, buffer.length());
    }

    private void encode(RowBatch rows, int row) {
        if (writers.length == 0) {
            buffer.append('{');
        }
        for (int i = 0; i < writers.length; i++) {
            buffer.append(leads[i]);
            writers[i].writeOrNull(rows.column(i), row, buffer);
        }
        buffer.append('}');
    }
}
