package io.millrace.format.avro;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** Moves values of one schema between a column and Avro's binary form. */
abstract class Node {

    private final String path;

    /** @param path where in a row it is, for messages */
    Node(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    abstract DataType type();

    /** Returns whether values may be NULL. */
    boolean nullable() {
        return false;
    }

    /** Writes a cell that {@link #check} has let pass. */
    abstract void write(Column column, int row, Encoder out) throws IOException;

    /** Reads a value into a cell, growing the column where needed. */
    abstract void read(Decoder in, Column column, int row) throws IOException;

    abstract void skip(Decoder in) throws IOException;

    /** Refuses a cell that has no form here. */
    void check(Column column, int row) {
        if (column.isNull(row)) {
            throw new MillraceException(ErrorCode.NULL_NOT_ALLOWED, "column '" + path + "' is NULL and may not be");
        }
    }
}
