package io.millrace.format.parquet;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;
import java.util.Deque;
import org.apache.parquet.column.ColumnWriter;

/** Takes apart an ARRAY or a MAP. */
final class ArrayShredder extends Shredder {

    private final int repeated;
    private final Shredder element;

    /** @param repeated how many arrays and maps are around an element, this one included */
    ArrayShredder(String path, boolean nullable, int repeated, Shredder element) {
        super(path, nullable);
        this.repeated = repeated;
        this.element = element;
    }

    @Override
    void writeTo(Deque<ColumnWriter> writers) {
        element.writeTo(writers);
    }

    @Override
    void write(Column column, int row, int repetition, int definition) {
        if (column.isNull(row)) {
            element.writeAbsent(repetition, definition);
            return;
        }
        ArrayColumn cells = (ArrayColumn) column;
        int defined = defined(definition);
        int start = cells.starts()[row];
        int end = cells.ends()[row];
        if (start == end) {
            element.writeAbsent(repetition, defined);
        }
        for (int i = start; i < end; i++) {
            element.write(cells.elements(), i, i == start ? repetition : repeated, defined + 1);
        }
    }

    @Override
    void writeAbsent(int repetition, int definition) {
        element.writeAbsent(repetition, definition);
    }

    @Override
    void check(Column column, int row) {
        checkNull(column, row);
        if (!column.isNull(row)) {
            ArrayColumn cells = (ArrayColumn) column;
            for (int i = cells.starts()[row]; i < cells.ends()[row]; i++) {
                element.check(cells.elements(), i);
            }
        }
    }

    @Override
    boolean mayRefuse(Column column) {
        return mayBeWronglyNull(column) || element.mayRefuse(((ArrayColumn) column).elements());
    }
}
