package io.millrace.format.arrow;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;

/** ARRAY, and MAP as a list of entries. */
final class ListVector extends Vector {

    private final Offsets offsets = new Offsets();
    private final Vector elements;

    ListVector(String path, boolean nullable, Vector elements) {
        super(path, nullable);
        this.elements = elements;
    }

    @Override
    void appendRange(Column column, int from, int to) {
        ArrayColumn source = (ArrayColumn) column;
        if (!adjacent(source, from, to)) {
            int at = offsets.reserve(to - from);
            for (int i = from; i < to; i++) {
                at = append(source, i, at);
            }
            return;
        }
        int start = source.starts()[from];
        int base = elements.count();
        elements.append(source.elements(), start, source.ends()[to - 1]);
        int at = offsets.reserve(to - from);
        for (int i = from; i < to; i++) {
            at = offsets.put(at, base + source.ends()[i] - start);
        }
    }

    private static boolean adjacent(ArrayColumn source, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (source.starts()[i] != source.ends()[i - 1]) {
                return false;
            }
        }
        return from < to;
    }

    @Override
    void appendRows(Column column, int[] rows, int from, int to) {
        ArrayColumn source = (ArrayColumn) column;
        int at = offsets.reserve(to - from);
        for (int i = from; i < to; i++) {
            at = rows[i] < 0 ? offsets.put(at, elements.count()) : append(source, rows[i], at);
        }
    }

    private int append(ArrayColumn source, int row, int at) {
        elements.append(source.elements(), source.starts()[row], source.ends()[row]);
        return offsets.put(at, elements.count());
    }

    @Override
    void collectValues(BatchMessage message) {
        message.buffer(offsets.buffer());
        elements.collect(message);
    }

    @Override
    long valueBytes() {
        return offsets.buffer().length() + elements.bytes();
    }

    @Override
    void clearValues() {
        offsets.clear();
        elements.clear();
    }

    @Override
    void check(Column column, int row) {
        super.check(column, row);
        if (!column.isNull(row)) {
            ArrayColumn source = (ArrayColumn) column;
            for (int i = source.starts()[row]; i < source.ends()[row]; i++) {
                elements.check(source.elements(), i);
            }
        }
    }

    @Override
    boolean mayRefuse(Column column) {
        return super.mayRefuse(column) || elements.mayRefuse(((ArrayColumn) column).elements());
    }
}
