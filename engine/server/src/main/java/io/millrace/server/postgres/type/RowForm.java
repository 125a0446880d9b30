package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.RowBatch;

/** How a row becomes a message to the client. */
@FunctionalInterface
public interface RowForm {

    /** Appends the message of a row. */
    void encode(RowBatch batch, int row, WireBuffer out);
}
