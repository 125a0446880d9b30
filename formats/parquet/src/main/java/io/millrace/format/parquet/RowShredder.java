package io.millrace.format.parquet;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowColumn;
import java.util.Deque;
import org.apache.parquet.column.ColumnWriter;

/** Takes apart a ROW, or the entries of a MAP. */
final class RowShredder extends Shredder {

    private final Shredder[] fields;

    RowShredder(String path, boolean nullable, Shredder[] fields) {
        super(path, nullable);
        this.fields = fields;
    }

    @Override
    void writeTo(Deque<ColumnWriter> writers) {
        for (Shredder field : fields) {
            field.writeTo(writers);
        }
    }

    @Override
    void write(Column column, int row, int repetition, int definition) {
        if (column.isNull(row)) {
            writeAbsent(repetition, definition);
            return;
        }
        RowColumn cells = (RowColumn) column;
        int defined = defined(definition);
        for (int i = 0; i < fields.length; i++) {
            fields[i].write(cells.field(i), row, repetition, defined);
        }
    }

    @Override
    void writeAbsent(int repetition, int definition) {
        for (Shredder field : fields) {
            field.writeAbsent(repetition, definition);
        }
    }

    @Override
    void check(Column column, int row) {
        checkNull(column, row);
        if (!column.isNull(row)) {
            for (int i = 0; i < fields.length; i++) {
                fields[i].check(((RowColumn) column).field(i), row);
            }
        }
    }

    @Override
    boolean mayRefuse(Column column) {
        boolean any = mayBeWronglyNull(column);
        for (int i = 0; i < fields.length; i++) {
            any |= fields[i].mayRefuse(((RowColumn) column).field(i));
        }
        return any;
    }
}
