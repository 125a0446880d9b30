package io.millrace.format.orc;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.type.DataType;
import java.util.List;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;

/** Takes a ROW. Its fields lie at the same places, also where it is NULL. */
final class RowTaker extends Taker {

    private final List<Taker> fields;

    RowTaker(String name, DataType type, boolean nullable, List<Taker> fields) {
        super(name, type, nullable);
        this.fields = fields;
    }

    @Override
    void take(ColumnVector vector, int from, int to, ColumnVector holder, Column column, int at) {
        boolean nulls = markNulls(vector, from, to, holder, column, at);
        if (nulls && vector.isRepeating) {
            // The reader has not touched the fields, which still are what another batch left there.
            return;
        }
        RowColumn cells = (RowColumn) column;
        StructColumnVector struct = (StructColumnVector) vector;
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).take(struct.fields[i], from, to, vector, cells.field(i), at);
        }
    }
}
