package io.millrace.format.lines;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.format.SharedText;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Utf8;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import java.util.Arrays;

/** Takes each record for the value of the one column. */
abstract class LineDecoder implements RowDecoder {

    private final String column;

    private LineDecoder(String column) {
        this.column = column;
    }

    /** Adds a row without columns for each record. */
    static void countRows(int from, int to, DecodedRows out) {
        int row = out.rows().size();
        out.ensureCapacity(row + to - from);
        for (int record = from; record < to; record++) {
            out.recordOfRow()[row++] = record;
        }
        out.rows().size(row);
    }

    @Override
    public final void decode(BytesColumn records, int from, int to, DecodedRows out) {
        int row = out.rows().size();
        out.ensureCapacity(row + to - from);
        bind((BytesColumn) out.rows().column(0), records.data(), row);
        for (int record = from; record < to; record++) {
            int start = records.starts()[record];
            int end = records.ends()[record];
            try {
                set(records.data(), start, end, row);
                out.recordOfRow()[row++] = record;
            } catch (RowFailure e) {
                out.reject(record, e.code(), "column " + column + ": " + e.reason());
            }
        }
        out.rows().size(row);
    }

    abstract void bind(BytesColumn target, byte[] payload, int rowsBefore);

    abstract void set(byte[] payload, int start, int end, int row);

    /** VARCHAR and CHAR. */
    static final class OfText extends LineDecoder {
        private final SharedText cells;

        OfText(String column, CharacterType type) {
            super(column);
            this.cells = new SharedText(type, true);
        }

        @Override
        void bind(BytesColumn target, byte[] payload, int rowsBefore) {
            cells.bind(target, payload, rowsBefore);
        }

        @Override
        void set(byte[] payload, int start, int end, int row) {
            int malformed = Utf8.malformedAt(payload, start, end);
            if (malformed != end) {
                throw new RowFailure(ErrorCode.INVALID_VALUE, "not UTF-8 (byte " + (malformed - start) + ")");
            }
            cells.set(start, end, row);
        }
    }

    /** VARBINARY and BINARY, which is filled up with zeros. */
    static final class OfBytes extends LineDecoder {
        private final BinaryType type;
        private final boolean pads;
        private BytesColumn values = new BytesColumn(0);
        private boolean sharing;

        OfBytes(String column, BinaryType type) {
            super(column);
            this.type = type;
            this.pads = type.fixed() && type.length() != DataType.UNBOUNDED;
        }

        @Override
        void bind(BytesColumn target, byte[] payload, int rowsBefore) {
            values = target;
            if (rowsBefore == 0 && !pads) {
                values.share(payload);
            }
            sharing = !pads && values.data() == payload;
        }

        @Override
        void set(byte[] payload, int start, int end, int row) {
            if (end - start > type.length()) {
                throw new RowFailure(ErrorCode.INVALID_VALUE, (end - start) + " bytes are too long for " + type);
            }
            values.clearNull(row);
            if (sharing) {
                values.slice(row, start, end);
            } else if (pads) {
                values.append(row, Arrays.copyOf(Arrays.copyOfRange(payload, start, end), type.length()));
            } else {
                values.append(row, payload, start, end);
            }
        }
    }
}
