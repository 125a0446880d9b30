package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.Column;

/** Appends a column's value at a row, which is not NULL, to a buffer: its bytes alone, without a length. */
@FunctionalInterface
interface CellEncoder {
    void encode(Column column, int row, WireBuffer out);
}
