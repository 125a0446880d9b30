package io.millrace.format.csv;

import io.millrace.spi.error.RowFailure;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.type.DataType.RowType;
import org.jspecify.annotations.Nullable;

/** Turns records of one or more lines into rows. */
final class CsvDecoder implements RowDecoder {

    private final Dialect dialect;
    private final FieldScanner in;
    private final @Nullable Header header;
    /** By position of the field, null where it is not needed. */
    private final @Nullable CsvColumn[] columns;

    private final CsvColumn[] needed;
    /** How many rows the batch has room for: at first one for each record. */
    private int room;

    CsvDecoder(RowType schema, int[] places, Dialect dialect) {
        this.dialect = dialect;
        this.in = new FieldScanner(dialect);
        this.header = dialect.header() ? new Header(schema) : null;
        this.columns = new @Nullable CsvColumn[schema.size()];
        this.needed = new CsvColumn[places.length];
        for (int i = 0; i < places.length; i++) {
            if (columns[places[i]] != null) {
                throw new IllegalArgumentException("a field is needed twice: " + schema.field(places[i]));
            }
            needed[i] = new CsvColumn(schema.field(places[i]));
            columns[places[i]] = needed[i];
        }
    }

    @Override
    public void decode(BytesColumn records, int from, int to, DecodedRows out) {
        int row = out.rows().size();
        room = row + to - from;
        out.ensureCapacity(room);
        for (int i = 0; i < needed.length; i++) {
            needed[i].bind(out.rows().column(i), records.data(), row);
        }
        for (int record = from; record < to; record++) {
            int start = records.starts()[record];
            in.record(records.data(), start, records.ends()[record]);
            try {
                row = decode(record, start, row, out);
            } catch (RowFailure e) {
                out.reject(record, e.code(), e.reason());
            }
        }
        out.rows().size(row);
    }

    private int decode(int record, int start, int firstRow, DecodedRows out) {
        int row = firstRow;
        for (int at = start; at >= 0; at = in.nextRow()) {
            if (header == null || !header.isAt(in, at)) {
                if (row == room) {
                    room += Math.max(16, room >> 1);
                    out.ensureCapacity(room);
                }
                decodeRow(at, row);
                out.recordOfRow()[row++] = record;
            }
        }
        return row;
    }

    private void decodeRow(int from, int row) {
        int at = from;
        for (int i = 0; i < columns.length; i++) {
            if (at < 0) {
                throw in.malformed(from, i + " fields in a row of " + columns.length);
            }
            int start = at;
            at = in.next(start);
            CsvColumn column = columns[i];
            if (column != null) {
                column.read(in, start, row);
            }
        }
        if (at >= 0 && !dialect.ignoreExtra()) {
            throw in.malformed(at, "more fields than the " + columns.length + " of a row");
        }
        while (at >= 0) {
            at = in.next(at);
        }
    }
}
