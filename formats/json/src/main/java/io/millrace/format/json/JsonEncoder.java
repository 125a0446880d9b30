package io.millrace.format.json;

import io.millrace.spi.format.TextEncoder;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.Utf8Buffer;
import io.millrace.spi.type.DataType.RowType;

/** Writes one object per row, with all columns in their order. */
final class JsonEncoder extends TextEncoder {

    private final byte[][] leads;
    private final ValueWriter[] writers;

    JsonEncoder(RowType schema) {
        this.leads = ValueWriter.leads(schema);
        this.writers = ValueWriter.ofFields(schema);
    }

    @Override
    protected void append(RowBatch rows, int row, Utf8Buffer buffer) {
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
