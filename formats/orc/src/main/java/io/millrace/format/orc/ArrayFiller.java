package io.millrace.format.orc;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.MultiValuedColumnVector;

/** Copies an ARRAY: the lengths of its rows, and their elements one after the other. */
final class ArrayFiller extends Filler {

    private final Filler element;
    private final Picks elements = new Picks();

    ArrayFiller(String path, boolean nullable, Filler element) {
        super(path, nullable);
        this.element = element;
    }

    @Override
    long fill(Column column, Picks picks, ColumnVector vector) {
        boolean nulls = markNulls(column, picks, vector);
        ListColumnVector lists = (ListColumnVector) vector;
        ArrayColumn cells = (ArrayColumn) column;
        layOut(cells, picks, nulls, lists, elements);
        return picks.count() + element.fill(cells.elements(), elements, lists.child);
    }

    /** Says where each row's elements will lie, and picks them. */
    static void layOut(ArrayColumn cells, Picks picks, boolean nulls, MultiValuedColumnVector lists, Picks elements) {
        int[] rows = picks.rows();
        elements.start(0);
        for (int i = 0; i < picks.count(); i++) {
            lists.offsets[i] = elements.count();
            if (!nulls || !lists.isNull[i]) {
                elements.add(cells.starts()[rows[i]], cells.ends()[rows[i]]);
            }
            lists.lengths[i] = elements.count() - lists.offsets[i];
        }
        lists.childCount = elements.count();
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
