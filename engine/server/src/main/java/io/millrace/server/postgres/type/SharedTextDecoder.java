package io.millrace.server.postgres.type;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.format.SharedText;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Utf8;
import io.millrace.spi.type.DataType.CharacterType;

/** Text cells as slices of what the client sent; see {@link SharedText}. */
final class SharedTextDecoder implements CellDecoder {

    private final SharedText text;
    private final boolean checked;

    /** @param checked whether it is known to be valid UTF-8 */
    SharedTextDecoder(CharacterType type, boolean checked) {
        this.text = new SharedText(type, true);
        this.checked = checked;
    }

    @Override
    public void bind(Column column, byte[] data) {
        text.bind((BytesColumn) column, data, 0);
    }

    @Override
    public void decode(byte[] data, int start, int end, Column column, int row) {
        if (!checked && Utf8.malformedAt(data, start, end) != end) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "invalid byte sequence for encoding \"UTF8\"");
        }
        text.set(start, end, row);
    }
}
