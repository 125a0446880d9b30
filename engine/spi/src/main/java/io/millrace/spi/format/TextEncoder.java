package io.millrace.spi.format;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.Utf8Buffer;

/** Writes the records of a batch one behind the other, as text. For one thread at a time. */
public abstract class TextEncoder implements RowEncoder {

    private final Utf8Buffer buffer = new Utf8Buffer();

    @Override
    public final void encode(RowBatch rows, BytesColumn out) {
        out.clear();
        buffer.clear();
        int count = rows.selectedCount();
        out.ensureCapacity(count);
        for (int i = 0; i < count; i++) {
            int start = buffer.length();
            append(rows, rows.selectedRow(i), buffer);
            out.slice(i, start, buffer.length());
        }
        int at = out.reserve(buffer.length());
        assert at == 0 : "a cleared column appends from its start";
        System.arraycopy(buffer.bytes(), 0, out.data(), at, buffer.length());
    }

    /** Appends the record of a row. */
    protected abstract void append(RowBatch rows, int row, Utf8Buffer out);
}
