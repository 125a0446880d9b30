package io.millrace.format.arrow;

import io.millrace.format.arrow.BatchParts.Slice;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.io.IOException;

/** Reads values of one width. */
final class FixedReader extends VectorReader {

    /** Copies the values of so many rows. */
    interface Copy {
        void copy(Slice values, Column column, int rows) throws IOException;
    }

    private final int bits;
    private final Copy copy;

    FixedReader(DataType type, int bits, Copy copy) {
        super(type);
        this.bits = bits;
        this.copy = copy;
    }

    @Override
    void readValues(BatchParts parts, Column column, int rows) throws IOException {
        copy.copy(parts.buffer(((long) rows * bits + 7) / 8), column, rows);
    }

    @Override
    void skip(BatchParts parts) {
        parts.skip(1, 2);
    }
}
