package io.millrace.format.avro.resolve;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.Column;

/** A union: each value says which branch wrote it. */
final class UnionReader implements ValueReader {

    private final ValueReader[] branches;

    UnionReader(ValueReader[] branches) {
        this.branches = branches;
    }

    @Override
    public void read(DatumInput in, Column column, int row) {
        long index = in.readLong();
        if (index < 0 || index >= branches.length) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "branch " + index + " of a union of " + branches.length);
        }
        branches[(int) index].read(in, column, row);
    }
}
