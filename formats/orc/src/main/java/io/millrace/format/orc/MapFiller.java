package io.millrace.format.orc;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowColumn;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;

/** Copies a MAP: the lengths of its rows, and their keys and their values one after the other. */
final class MapFiller extends Filler {

    private final Filler key;
    private final Filler value;
    private final Picks entries = new Picks();

    MapFiller(String path, boolean nullable, Filler key, Filler value) {
        super(path, nullable);
        this.key = key;
        this.value = value;
    }

    @Override
    long fill(Column column, Picks picks, ColumnVector vector) {
        boolean nulls = markNulls(column, picks, vector);
        MapColumnVector maps = (MapColumnVector) vector;
        ArrayColumn cells = (ArrayColumn) column;
        ArrayFiller.layOut(cells, picks, nulls, maps, entries);
        RowColumn fields = (RowColumn) cells.elements();
        return picks.count()
                + key.fill(fields.field(0), entries, maps.keys)
                + value.fill(fields.field(1), entries, maps.values);
    }

    @Override
    void check(Column column, int row) {
        checkNull(column, row);
        if (!column.isNull(row)) {
            ArrayColumn cells = (ArrayColumn) column;
            RowColumn fields = (RowColumn) cells.elements();
            for (int i = cells.starts()[row]; i < cells.ends()[row]; i++) {
                key.check(fields.field(0), i);
                value.check(fields.field(1), i);
            }
        }
    }

    @Override
    boolean mayRefuse(Column column) {
        RowColumn fields = (RowColumn) ((ArrayColumn) column).elements();
        return mayBeWronglyNull(column) || key.mayRefuse(fields.field(0)) || value.mayRefuse(fields.field(1));
    }
}
