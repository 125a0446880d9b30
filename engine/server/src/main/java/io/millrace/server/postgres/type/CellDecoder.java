package io.millrace.server.postgres.type;

import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.time.ZoneId;

/**
 * Sets a column's value at a row from the bytes that a client sent, without an object per cell where that can be.
 * For one thread.
 *
 * <p>Rows are set in ascending order. A cell that cannot be read is a {@link io.millrace.spi.error.RowFailure},
 * a {@link io.millrace.spi.error.MillraceException} or a protocol exception.
 */
public interface CellDecoder {

    /** Says which column the next values go to and which array they lie in; rows are counted from 0 again. */
    default void bind(Column column, byte[] data) {}

    /** Sets a row to the value in {@code data}, which is not NULL. The row is below the column's capacity. */
    void decode(byte[] data, int start, int end, Column column, int row);

    /**
     * Returns the decoder of the text format. Text it is given is valid UTF-8.
     *
     * @param zone the zone of instants that are written without one
     */
    static CellDecoder text(DataType type, ZoneId zone) {
        return TextDecoders.of(type, zone);
    }

    /** Returns the decoder of the binary format. */
    static CellDecoder binary(DataType type) {
        return BinaryDecoders.of(type);
    }
}
