package io.millrace.format.arrow;

import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.io.IOException;

/** Reads the vectors of one field into columns. A tree of them mirrors the schema. */
abstract sealed class VectorReader permits FixedReader, BytesReader, ListReader, RowReader {

    private final DataType type;

    VectorReader(DataType type) {
        this.type = type;
    }

    /** Returns the type of the cells. */
    final DataType type() {
        return type;
    }

    /** Reads a vector into an empty column. */
    final void read(BatchParts parts, Column column, int rows) throws IOException {
        parts.require(rows);
        column.ensureCapacity(rows);
        parts.readValidity(column, rows);
        readValues(parts, column, rows);
    }

    abstract void readValues(BatchParts parts, Column column, int rows) throws IOException;

    /** Passes over a vector. */
    abstract void skip(BatchParts parts);
}
