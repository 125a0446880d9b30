package io.millrace.format.json;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.row.BytesColumn;

/** Turns records of one or more objects into rows. */
final class JsonDecoder implements RowDecoder {

    private final JsonScanner in = new JsonScanner();
    private final RowSlots slots;
    private final ObjectReader objects;
    /** How many rows the batch has room for: at first one for each record. */
    private int room;

    JsonDecoder(RowSlots slots, ObjectReader objects) {
        this.slots = slots;
        this.objects = objects;
    }

    @Override
    public void decode(BytesColumn records, int from, int to, DecodedRows out) {
        in.data(records.data());
        slots.bind(out.rows(), records.data());
        int row = out.rows().size();
        room = row + to - from;
        out.ensureCapacity(room);
        for (int record = from; record < to; record++) {
            in.record(records.starts()[record], records.ends()[record]);
            try {
                row = decode(record, records.starts()[record], row, out);
            } catch (RowFailure e) {
                out.reject(record, e.code(), e.reason());
            }
        }
        out.rows().size(row);
    }

    private int decode(int record, int start, int firstRow, DecodedRows out) {
        int row = firstRow;
        int at = in.whitespace(start);
        if (at == in.end()) {
            throw in.reject(ErrorCode.INVALID_VALUE, at, "the record is empty");
        }
        while (at < in.end()) {
            if (in.byteAt(at) != '{') {
                throw in.malformed(at, "expected an object");
            }
            if (row == room) {
                room += Math.max(16, room >> 1);
                out.ensureCapacity(room);
            }
            in.startDocument();
            at = in.whitespace(objects.read(in, at, row));
            out.recordOfRow()[row++] = record;
        }
        return row;
    }
}
