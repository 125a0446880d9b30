package io.millrace.format.avro.resolve;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;

/** An array; a map is one of keys and values. */
record ArrayReader(ValueReader element) implements ValueReader {

    @Override
    public void read(DatumInput in, Column column, int row) {
        column.ensureCapacity(row + 1);
        column.clearNull(row);
        ArrayColumn array = (ArrayColumn) column;
        int start = array.elementCount();
        int end = start;
        for (int left = in.readBlock(); left > 0; left = in.readBlock()) {
            for (int i = 0; i < left; i++) {
                element.read(in, array.elements(), end++);
            }
        }
        array.range(row, start, end);
    }
}
