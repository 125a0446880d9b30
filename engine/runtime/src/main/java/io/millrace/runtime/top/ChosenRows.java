package io.millrace.runtime.top;

import io.millrace.runtime.join.Gather;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;

/** Rows that are to be put out, with the place and the weight of each; they are copied all at once, column by column. */
final class ChosenRows {

    private final PlacedRows chosen = new PlacedRows();
    private boolean weighted;

    int size() {
        return chosen.size();
    }

    void add(int row, long place, int weight) {
        chosen.add(row, place, weight);
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
        int size = chosen.size();
        int columns = source.columnCount();
        for (int column = 0; column < columns; column++) {
            Gather.gather(source.column(column), chosen.rows(), null, size, out.column(column));
        }
        out.ensureCapacity(size);
        if (placed) {
            LongColumn target = (LongColumn) out.column(columns);
            System.arraycopy(chosen.places(), 0, target.values(), 0, size);
        }
        if (weighted) {
            System.arraycopy(chosen.counts(), 0, out.weightsForWriting(size), 0, size);
        }
        out.size(size);
        chosen.clear();
        weighted = false;
    }
}
