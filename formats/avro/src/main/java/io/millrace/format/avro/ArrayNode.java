package io.millrace.format.avro;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * An array, or a map, which Avro writes like an array of keys and values.
 *
 * <p>{@link Decoder} has methods of their own for the two; on the wire they are the same.
 */
final class ArrayNode extends Node {

    private final DataType type;
    private final Node element;

    ArrayNode(String path, DataType type, Node element) {
        super(path);
        this.type = type;
        this.element = element;
    }

    @Override
    DataType type() {
        return type;
    }

    @Override
    void write(Column column, int row, Encoder out) throws IOException {
        ArrayColumn array = (ArrayColumn) column;
        out.writeArrayStart();
        out.setItemCount(array.length(row));
        for (int i = array.starts()[row]; i < array.ends()[row]; i++) {
            out.startItem();
            element.write(array.elements(), i, out);
        }
        out.writeArrayEnd();
    }

    @Override
    void read(Decoder in, Column column, int row) throws IOException {
        column.ensureCapacity(row + 1);
        ArrayColumn array = (ArrayColumn) column;
        int start = array.elementCount();
        int end = start;
        for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
            for (long i = 0; i < left; i++) {
                element.read(in, array.elements(), end++);
            }
        }
        array.range(row, start, end);
    }

    @Override
    void skip(Decoder in) throws IOException {
        for (long left = in.skipArray(); left > 0; left = in.skipArray()) {
            for (long i = 0; i < left; i++) {
                element.skip(in);
            }
        }
    }

    @Override
    void check(Column column, int row) {
        super.check(column, row);
        ArrayColumn array = (ArrayColumn) column;
        for (int i = array.starts()[row]; i < array.ends()[row]; i++) {
            element.check(array.elements(), i);
        }
    }
}
