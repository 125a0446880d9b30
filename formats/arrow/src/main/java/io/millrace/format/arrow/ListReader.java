package io.millrace.format.arrow;

import io.millrace.format.arrow.BatchParts.Slice;
import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.io.IOException;

/** Reads arrays, and maps as arrays of entries. */
final class ListReader extends VectorReader {

    private final ReadOffsets offsets;
    private final VectorReader elements;

    ListReader(DataType type, ReadOffsets offsets, VectorReader elements) {
        super(type);
        this.offsets = offsets;
        this.elements = elements;
    }

    @Override
    void readValues(BatchParts parts, Column column, int rows) throws IOException {
        ArrayColumn target = (ArrayColumn) column;
        Slice places = parts.buffer(offsets.bytes(rows));
        offsets.read(places, rows, 0, Integer.MAX_VALUE, target.starts(), target.ends());
        int used = rows == 0 ? 0 : target.ends()[rows - 1];
        elements.read(parts, target.elements(), used);
        if (rows > 0) {
            // Says how many elements there are.
            target.range(rows - 1, target.starts()[rows - 1], used);
        }
    }

    @Override
    void skip(BatchParts parts) {
        parts.skip(1, 2);
        elements.skip(parts);
    }
}
