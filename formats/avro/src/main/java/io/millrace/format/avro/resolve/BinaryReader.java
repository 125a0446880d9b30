package io.millrace.format.avro.resolve;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import java.util.Arrays;

/**
 * Bytes. Those of a BINARY column that are too few are filled up with zeros.
 *
 * @param fixedBytes length of all values, or -1 where each has its own
 */
record BinaryReader(String path, int fixedBytes, BinaryType type) implements ValueReader {

    @Override
    public void read(DatumInput in, Column column, int row) {
        int length = Scalars.lengthOf(in, fixedBytes);
        int from = in.take(length);
        if (length > type.length()) {
            throw new RowFailure(
                    ErrorCode.INVALID_VALUE, "column " + path + ": " + length + " bytes are too long for " + type);
        }
        column.ensureCapacity(row + 1);
        column.clearNull(row);
        BytesColumn bytes = (BytesColumn) column;
        if (type.fixed() && type.length() != DataType.UNBOUNDED && length < type.length()) {
            bytes.append(row, Arrays.copyOf(Arrays.copyOfRange(in.bytes(), from, from + length), type.length()));
        } else {
            bytes.append(row, in.bytes(), from, from + length);
        }
    }
}
