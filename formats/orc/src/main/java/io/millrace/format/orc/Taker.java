package io.millrace.format.orc;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.Field;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;

/** Copies a vector of ORC's reader into a field's column: the reverse of a {@link Filler}. */
abstract sealed class Taker permits LeafTaker, RowTaker, ArrayTaker, MapTaker {

    private final String name;
    private final DataType type;
    private final boolean nullable;

    Taker(String name, DataType type, boolean nullable) {
        this.name = name;
        this.type = type;
        this.nullable = nullable;
    }

    final Field field() {
        return new Field(name, type, nullable);
    }

    /**
     * Copies places {@code from} to {@code to} of a vector to rows of a column.
     *
     * @param holder the vector that says where what holds the values is NULL, or this one at the top: there nothing
     *     is expected of them
     * @param at the row that the first goes to
     */
    abstract void take(ColumnVector vector, int from, int to, ColumnVector holder, Column column, int at);

    /** Makes room, marks what is NULL and returns whether anything is. */
    final boolean markNulls(ColumnVector vector, int from, int to, ColumnVector holder, Column column, int at) {
        column.ensureCapacity(at + to - from);
        if (vector.noNulls) {
            return false;
        }
        boolean any = false;
        for (int i = from; i < to; i++) {
            if (isNull(vector, i)) {
                any = true;
                column.setNull(at + i - from);
                if (!nullable && (holder == vector || !isNull(holder, i))) {
                    throw new MillraceException(
                            ErrorCode.DATA_CORRUPTED,
                            "column '" + name + "' of the ORC file has a NULL where its schema allows none",
                            "write the file again");
                }
            }
        }
        return any;
    }

    static boolean isNull(ColumnVector vector, int place) {
        return !vector.noNulls && vector.isNull[vector.isRepeating ? 0 : place];
    }
}
