package io.millrace.server.postgres.copy;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType.RowType;
import java.time.ZoneId;

/** Writes PostgreSQL's binary form; {@link BinaryRecords} has its layout. */
final class BinaryOutput extends CopyOutput {

    private static final int NO_VALUE = -1;

    BinaryOutput(RowType type, ZoneId zone) {
        super(type, true, zone);
    }

    @Override
    public void begin(WireBuffer out) {
        out.begin('d').bytes(BinaryRecords.SIGNATURE).int32(0).int32(0).end();
    }

    @Override
    public void end(WireBuffer out) {
        out.begin('d').int16(BinaryRecords.END).end();
    }

    @Override
    void beginRow(WireBuffer out) {
        out.int16(encoders.length);
    }

    @Override
    void cell(int place, Column column, int row, WireBuffer out) {
        if (column.isNull(row)) {
            out.int32(NO_VALUE);
            return;
        }
        int length = out.hole();
        encoders[place].encode(column, row, out);
        out.fill(length);
    }

    @Override
    void endRow(WireBuffer out) {
        // Nothing stands between rows.
    }
}
