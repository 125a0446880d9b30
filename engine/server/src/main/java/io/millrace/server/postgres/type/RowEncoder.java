package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import java.time.ZoneId;

/** Turns rows of one type into messages, straight from the columns. For one thread. */
public final class RowEncoder implements RowForm {

    private final RowType type;
    private final Formats formats;
    private final CellEncoder[] encoders;

    /** @param zone where instants are shown in text */
    public RowEncoder(RowType type, Formats formats, ZoneId zone) {
        this.type = type;
        this.formats = formats;
        this.encoders = new CellEncoder[type.size()];
        formats.check(encoders.length);
        for (int i = 0; i < encoders.length; i++) {
            DataType cell = type.field(i).type();
            encoders[i] = formats.binary(i) ? BinaryEncoders.of(cell, zone) : TextEncoders.of(cell, zone);
        }
    }

    /** Appends the message that describes the rows. */
    public void describe(WireBuffer out) {
        describe(type, formats, out);
    }

    /** Appends the message that describes rows of the type. */
    public static void describe(RowType type, Formats formats, WireBuffer out) {
        formats.check(type.size());
        out.begin('T').int16(type.size());
        for (int i = 0; i < type.size(); i++) {
            PostgresType cell = PostgresType.of(type.field(i).type());
            out.text(type.field(i).name()).int32(0).int16(0);
            out.int32(cell.oid()).int16(cell.size()).int32(cell.modifier());
            out.int16(formats.binary(i) ? 1 : 0);
        }
        out.end();
    }

    @Override
    public void encode(RowBatch batch, int row, WireBuffer out) {
        out.begin('D').int16(encoders.length);
        for (int i = 0; i < encoders.length; i++) {
            Column column = batch.column(i);
            if (column.isNull(row)) {
                out.int32(-1);
            } else {
                int length = out.hole();
                encoders[i].encode(column, row, out);
                out.fill(length);
            }
        }
        out.end();
    }
}
