package io.millrace.format.arrow;

import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;

/** Truth values, a bit each. */
final class BooleanVector extends Vector {

    private final Bits values = new Bits();

    BooleanVector(String path, boolean nullable) {
        super(path, nullable);
    }

    @Override
    void appendRange(Column column, int from, int to) {
        boolean[] source = ((BooleanColumn) column).values();
        int at = values.reserve(to - from);
        for (int i = from; i < to; i++, at++) {
            if (source[i]) {
                values.set(at);
            }
        }
    }

    @Override
    void appendRows(Column column, int[] rows, int from, int to) {
        boolean[] source = ((BooleanColumn) column).values();
        int at = values.reserve(to - from);
        for (int i = from; i < to; i++, at++) {
            if (rows[i] >= 0 && source[rows[i]]) {
                values.set(at);
            }
        }
    }

    @Override
    void collectValues(BatchMessage message) {
        message.buffer(values.buffer());
    }

    @Override
    long valueBytes() {
        return values.buffer().length();
    }

    @Override
    void clearValues() {
        values.clear();
    }
}
