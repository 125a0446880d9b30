package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.time.ZoneId;

/** Appends a column's value at a row, which is not NULL, to a buffer: its bytes alone, without a length. */
@FunctionalInterface
public interface CellEncoder {

    void encode(Column column, int row, WireBuffer out);

    /** Returns the encoder of the text format; instants are shown in the zone. */
    static CellEncoder text(DataType type, ZoneId zone) {
        return TextEncoders.of(type, zone);
    }

    /** Returns the encoder of the binary format; instants within JSON are shown in the zone. */
    static CellEncoder binary(DataType type, ZoneId zone) {
        return BinaryEncoders.of(type, zone);
    }
}
