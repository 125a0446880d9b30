package io.millrace.format.json;

import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import java.time.ZoneOffset;

/**
 * Values that a string may hold, in SQL's text form; how else they occur is up to each kind. Instants without
 * an offset are UTC.
 */
class ScalarValue extends ValueReader {

    private Column column = new LongColumn(0);

    ScalarValue(String path, DataType type) {
        super(path, type);
    }

    @Override
    final void bind(Column target, byte[] payload, int rowsBefore) {
        column = target;
    }

    @Override
    final int read(JsonScanner in, int at, int row) {
        int next;
        if (in.byteAt(at) == '"') {
            next = in.string(at + 1);
        } else {
            next = passPlain(in, at);
        }
        try {
            if (in.byteAt(at) != '"') {
                setPlain(in, at, column, row);
            } else if (in.escaped()) {
                int length = in.unescape(at + 1, next - 1);
                setText(in.scratch(), 0, length, column, row);
            } else {
                setText(in.data(), at + 1, next - 1, column, row);
            }
        } catch (RowFailure e) {
            throw located(e, in, at);
        }
        return next;
    }

    /** Sets the cell to what a string says. */
    void setText(byte[] text, int start, int end, Column target, int row) {
        SqlText.parse(type(), text, start, end, ZoneOffset.UTC, target, row);
    }

    /** Passes over a value that is no string and of a kind that the type takes. */
    int passPlain(JsonScanner in, int at) {
        throw wrongKind(in, at);
    }

    /** Sets the cell to the value that {@link #passPlain} has passed over. */
    void setPlain(JsonScanner in, int at, Column target, int row) {
        throw new AssertionError("passPlain took what setPlain does not set");
    }
}
