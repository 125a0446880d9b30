package io.millrace.format.orc;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowColumn;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;

/** Copies a ROW. Where it is NULL its fields have nothing to copy. */
final class RowFiller extends Filler {

    private final Filler[] fields;
    private final Picks there = new Picks();

    RowFiller(String path, boolean nullable, Filler[] fields) {
        super(path, nullable);
        this.fields = fields;
    }

    @Override
    long fill(Column column, Picks picks, ColumnVector vector) {
        boolean nulls = markNulls(column, picks, vector);
        Picks inside = nulls ? withoutNulls(picks, vector) : picks;
        long bytes = 0;
        for (int i = 0; i < fields.length; i++) {
            bytes += fields[i].fill(((RowColumn) column).field(i), inside, ((StructColumnVector) vector).fields[i]);
        }
        return bytes;
    }

    private Picks withoutNulls(Picks picks, ColumnVector vector) {
        int[] rows = picks.rows();
        there.start(picks.count());
        for (int i = 0; i < picks.count(); i++) {
            there.set(i, vector.isNull[i] ? Picks.NONE : rows[i]);
        }
        return there;
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
