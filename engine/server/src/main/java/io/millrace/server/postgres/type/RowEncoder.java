package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import java.time.ZoneId;
import java.util.Arrays;

/** Turns rows of one type into messages, column by column and straight into what is sent. For one thread. */
public final class RowEncoder implements RowForm {

    /** Type, length and number of cells. */
    private static final int MESSAGE_BYTES = 1 + Integer.BYTES + Short.BYTES;

    private final RowType type;
    private final Formats formats;
    private final ColumnEncoder[] encoders;
    /** Lengths of rows, then where their next cells go. */
    private final int[] places = new int[ROWS_MAX];

    /** @param zone where instants are shown in text */
    public RowEncoder(RowType type, Formats formats, ZoneId zone) {
        this.type = type;
        this.formats = formats;
        this.encoders = new ColumnEncoder[type.size()];
        formats.check(encoders.length);
        for (int i = 0; i < encoders.length; i++) {
            DataType cell = type.field(i).type();
            encoders[i] = ColumnEncoder.of(cell, formats.binary(i, cell), zone);
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
            out.int16(formats.binary(i, type.field(i).type()) ? 1 : 0);
        }
        out.end();
    }

    @Override
    public int encode(RowBatch batch, int[] rows, int from, int to, WireBuffer out) {
        Arrays.fill(places, 0, to - from, MESSAGE_BYTES + encoders.length * Integer.BYTES);
        int measured = to;
        for (int i = 0; i < encoders.length; i++) {
            measured = encoders[i].measure(batch.column(i), rows, from, measured, places);
        }
        int end = from + enough(measured - from);
        byte[] target = begin(end - from, out);
        for (int i = 0; i < encoders.length; i++) {
            encoders[i].write(batch.column(i), rows, from, end, target, places);
        }
        return end;
    }

    /** Returns how many of the rows measured make enough bytes. */
    private int enough(int measured) {
        long total = 0;
        int count = 0;
        while (count < measured && total < BYTES_ENOUGH) {
            total += places[count++];
        }
        return count;
    }

    /** Makes room for messages whose lengths are known, writes their heads, and sets the places to what follows. */
    private byte[] begin(int count, WireBuffer out) {
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += places[i];
        }
        int place = out.room(total);
        byte[] target = out.utf8().bytes();
        for (int i = 0; i < count; i++) {
            int length = places[i];
            target[place] = 'D';
            ColumnEncoder.INT.set(target, place + 1, length - 1);
            ColumnEncoder.SHORT.set(target, place + 1 + Integer.BYTES, (short) encoders.length);
            places[i] = place + MESSAGE_BYTES;
            place += length;
        }
        return target;
    }
}
