package io.millrace.format.json;

import io.millrace.spi.error.RowFailure;
import io.millrace.spi.format.SharedText;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType.CharacterType;

/** Text: the content of a string, or the source of any other value. */
final class TextValue extends ValueReader {

    private final SharedText cells;

    TextValue(String path, CharacterType type, boolean topLevel) {
        super(path, type);
        this.cells = new SharedText(type, topLevel);
    }

    @Override
    void bind(Column target, byte[] payload, int rowsBefore) {
        cells.bind((BytesColumn) target, payload, rowsBefore);
    }

    @Override
    int read(JsonScanner in, int at, int row) {
        boolean isString = in.byteAt(at) == '"';
        int next = isString ? in.string(at + 1) : in.skip(at);
        try {
            if (!isString) {
                cells.set(at, next, row);
            } else if (in.escaped()) {
                int length = in.unescape(at + 1, next - 1);
                cells.copy(in.scratch(), 0, length, row);
            } else {
                cells.set(at + 1, next - 1, row);
            }
        } catch (RowFailure e) {
            throw located(e, in, at);
        }
        return next;
    }
}
