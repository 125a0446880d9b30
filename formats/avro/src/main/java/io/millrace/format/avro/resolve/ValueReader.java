package io.millrace.format.avro.resolve;

import io.millrace.spi.row.Column;

/** Moves values of one writer's schema into a column. For one thread at a time. */
interface ValueReader {

    /**
     * Reads a value into a cell, whose column is made longer where needed.
     *
     * @throws io.millrace.spi.error.RowFailure where there is none, or the column has no place for it
     */
    void read(DatumInput in, Column column, int row);
}
