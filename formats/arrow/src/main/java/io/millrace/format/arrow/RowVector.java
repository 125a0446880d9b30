package io.millrace.format.arrow;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowColumn;

/** ROW, and the entries of a MAP. */
final class RowVector extends Vector {

    private final Vector[] fields;

    RowVector(String path, boolean nullable, Vector[] fields) {
        super(path, nullable);
        this.fields = fields;
    }

    @Override
    void appendRange(Column column, int from, int to) {
        for (int i = 0; i < fields.length; i++) {
            fields[i].append(((RowColumn) column).field(i), from, to);
        }
    }

    @Override
    void appendRows(Column column, int[] rows, int from, int to) {
        for (int i = 0; i < fields.length; i++) {
            fields[i].append(((RowColumn) column).field(i), rows, from, to);
        }
    }

    @Override
    void collectValues(BatchMessage message) {
        for (Vector field : fields) {
            field.collect(message);
        }
    }

    @Override
    long valueBytes() {
        long bytes = 0;
        for (Vector field : fields) {
            bytes += field.bytes();
        }
        return bytes;
    }

    @Override
    void clearValues() {
        for (Vector field : fields) {
            field.clear();
        }
    }

    @Override
    void check(Column column, int row) {
        super.check(column, row);
        if (!column.isNull(row)) {
            for (int i = 0; i < fields.length; i++) {
                fields[i].check(((RowColumn) column).field(i), row);
            }
        }
    }

    @Override
    boolean mayRefuse(Column column) {
        boolean any = super.mayRefuse(column);
        for (int i = 0; i < fields.length; i++) {
            any |= fields[i].mayRefuse(((RowColumn) column).field(i));
        }
        return any;
    }
}
