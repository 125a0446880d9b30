package io.millrace.format.arrow;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;

/** Text and bytes. */
final class BytesVector extends Vector {

    private final Offsets offsets = new Offsets();
    private final OutputBuffer data = new OutputBuffer();

    BytesVector(String path, boolean nullable) {
        super(path, nullable);
    }

    @Override
    void appendRange(Column column, int from, int to) {
        BytesColumn source = (BytesColumn) column;
        if (adjacent(source, from, to)) {
            appendAdjacent(source, from, to);
            return;
        }
        int at = offsets.reserve(to - from);
        for (int i = from; i < to; i++) {
            at = append(source, i, at);
        }
    }

    private static boolean adjacent(BytesColumn source, int from, int to) {
        int[] starts = source.starts();
        int[] ends = source.ends();
        for (int i = from + 1; i < to; i++) {
            if (starts[i] != ends[i - 1]) {
                return false;
            }
        }
        return from < to;
    }

    /** Copies values that lie side by side in one go. */
    private void appendAdjacent(BytesColumn source, int from, int to) {
        int start = source.starts()[from];
        int[] ends = source.ends();
        int base = data.reserve(ends[to - 1] - start);
        System.arraycopy(source.data(), start, data.bytes(), base, ends[to - 1] - start);
        int at = offsets.reserve(to - from);
        for (int i = from; i < to; i++) {
            at = offsets.put(at, base + ends[i] - start);
        }
    }

    @Override
    void appendRows(Column column, int[] rows, int from, int to) {
        BytesColumn source = (BytesColumn) column;
        int at = offsets.reserve(to - from);
        for (int i = from; i < to; i++) {
            at = rows[i] < 0 ? offsets.put(at, data.length()) : append(source, rows[i], at);
        }
    }

    private int append(BytesColumn source, int row, int at) {
        int start = source.starts()[row];
        int length = source.ends()[row] - start;
        int base = data.reserve(length);
        System.arraycopy(source.data(), start, data.bytes(), base, length);
        return offsets.put(at, base + length);
    }

    @Override
    void collectValues(BatchMessage message) {
        message.buffer(offsets.buffer());
        message.buffer(data);
    }

    @Override
    long valueBytes() {
        return (long) offsets.buffer().length() + data.length();
    }

    @Override
    void clearValues() {
        offsets.clear();
        data.clear();
    }
}
