package io.millrace.format.avro;

import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** A union of null and one other schema, in either order. */
final class NullableNode extends Node {

    private final Node value;
    private final int nullIndex;

    NullableNode(String path, Node value, int nullIndex) {
        super(path);
        this.value = value;
        this.nullIndex = nullIndex;
    }

    @Override
    DataType type() {
        return value.type();
    }

    @Override
    boolean nullable() {
        return true;
    }

    @Override
    void write(Column column, int row, Encoder out) throws IOException {
        if (column.isNull(row)) {
            out.writeIndex(nullIndex);
        } else {
            out.writeIndex(1 - nullIndex);
            value.write(column, row, out);
        }
    }

    @Override
    void read(Decoder in, Column column, int row) throws IOException {
        if (in.readIndex() == nullIndex) {
            column.ensureCapacity(row + 1);
            column.setNull(row);
        } else {
            value.read(in, column, row);
        }
    }

    @Override
    void skip(Decoder in) throws IOException {
        if (in.readIndex() != nullIndex) {
            value.skip(in);
        }
    }

    @Override
    void check(Column column, int row) {
        if (!column.isNull(row)) {
            value.check(column, row);
        }
    }
}
