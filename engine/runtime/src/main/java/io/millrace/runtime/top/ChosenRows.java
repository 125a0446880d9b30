package io.millrace.runtime.top;

import io.millrace.runtime.join.Gather;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;

/** Rows that are to be put out, with the place and the weight of each; they are copied all at once, column by column. */
final class ChosenRows {

    private int[] rows = {};
    private long[] places = {};
    private int[] weights = {};
    private boolean weighted;
    private int size;

    int size() {
        return size;
    }

    void add(int row, long place, int weight) {
        if (size == rows.length) {
            int capacity = Math.max(64, 2 * size);
            rows = Arrays.copyOf(rows, capacity);
            places = Arrays.copyOf(places, capacity);
            weights = Arrays.copyOf(weights, capacity);
        }
        rows[size] = row;
        places[size] = place;
        weights[size++] = weight;
        weighted |= weight != 1;
    }

    /**
     * Makes {@code out} these rows, and forgets them. Its text may point into that of the source.
     *
     * @param source what the rows are numbers in
     * @param placed whether their places are a last column
     */
    void writeTo(RowBatch out, RowBatch source, boolean placed) {
        out.clear();
        int columns = source.columnCount();
        for (int column = 0; column < columns; column++) {
            Gather.gather(source.column(column), rows, null, size, out.column(column));
        }
        out.ensureCapacity(size);
        if (placed) {
            LongColumn target = (LongColumn) out.column(columns);
            System.arraycopy(places, 0, target.values(), 0, size);
        }
        if (weighted) {
            System.arraycopy(weights, 0, out.weightsForWriting(size), 0, size);
        }
        out.size(size);
        size = 0;
        weighted = false;
    }
}
