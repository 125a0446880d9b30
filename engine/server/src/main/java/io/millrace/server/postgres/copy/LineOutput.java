package io.millrace.server.postgres.copy;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType.RowType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;

/** What the text form and CSV have in common: a line per row, and bytes that must not stand in a value as they are. */
abstract sealed class LineOutput extends CopyOutput permits CsvOutput, TextOutput {

    final boolean[] special = new boolean[256];
    final byte[] nullText;
    private final byte delimiter;
    private final boolean header;

    LineOutput(RowType type, CopyOptions options, ZoneId zone) {
        super(type, false, zone);
        this.delimiter = options.delimiter();
        this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
        this.header = options.header() != CopyOptions.Header.NONE;
        special[delimiter] = true;
        special['\n'] = true;
        special['\r'] = true;
    }

    @Override
    public final void begin(WireBuffer out) {
        if (!header) {
            return;
        }
        out.begin('d');
        for (int i = 0; i < names.size(); i++) {
            separator(i, out);
            int from = out.size();
            out.raw(names.get(i));
            protect(-1, from, out);
        }
        endRow(out);
        out.end();
    }

    @Override
    public final void end(WireBuffer out) {
        // The message that ends the copy is all that is needed.
    }

    @Override
    final void beginRow(WireBuffer out) {
        // Nothing stands before a row.
    }

    @Override
    final void endRow(WireBuffer out) {
        out.int8('\n');
    }

    @Override
    final void cell(int place, Column column, int row, WireBuffer out) {
        separator(place, out);
        if (column.isNull(row)) {
            out.bytes(nullText);
            return;
        }
        int from = out.size();
        encoders[place].encode(column, row, out);
        protect(place, from, out);
    }

    private void separator(int place, WireBuffer out) {
        if (place > 0) {
            out.int8(delimiter);
        }
    }

    /** Makes what lies in the buffer from a place on readable as one value; −1 stands for a column's name. */
    abstract void protect(int place, int from, WireBuffer out);

    final boolean hasSpecial(int from, WireBuffer out) {
        byte[] bytes = out.utf8().bytes();
        int end = out.size();
        for (int i = from; i < end; i++) {
            if (special[bytes[i] & 0xFF]) {
                return true;
            }
        }
        return false;
    }

    /** Takes the bytes from a place on out of the buffer. */
    static byte[] take(int from, WireBuffer out) {
        byte[] value = Arrays.copyOfRange(out.utf8().bytes(), from, out.size());
        out.truncate(from);
        return value;
    }
}
