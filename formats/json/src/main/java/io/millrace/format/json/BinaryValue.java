package io.millrace.format.json;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import java.util.Arrays;
import java.util.Base64;

/** Bytes, as a string of Base64. */
final class BinaryValue extends ScalarValue {

    private final BinaryType type;

    BinaryValue(String path, BinaryType type) {
        super(path, type);
        this.type = type;
    }

    @Override
    void setText(byte[] text, int start, int end, Column target, int row) {
        byte[] value;
        try {
            value = Base64.getDecoder().decode(Arrays.copyOfRange(text, start, end));
        } catch (IllegalArgumentException e) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "a string that is not Base64");
        }
        if (value.length > type.length()) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, value.length + " bytes are too long for " + type);
        }
        boolean pads = type.fixed() && type.length() != DataType.UNBOUNDED;
        ((BytesColumn) target).append(row, pads ? Arrays.copyOf(value, type.length()) : value);
        target.clearNull(row);
    }
}
