package io.millrace.format.orc;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.type.DataType;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;

/** Takes a MAP. */
final class MapTaker extends Taker {

    private final Taker key;
    private final Taker value;

    MapTaker(String name, DataType type, boolean nullable, Taker key, Taker value) {
        super(name, type, nullable);
        this.key = key;
        this.value = value;
    }

    @Override
    void take(ColumnVector vector, int from, int to, ColumnVector holder, Column column, int at) {
        markNulls(vector, from, to, holder, column, at);
        MapColumnVector maps = (MapColumnVector) vector;
        ArrayColumn cells = (ArrayColumn) column;
        RowColumn entries = (RowColumn) cells.elements();
        ArrayTaker.forEachPiece(maps, from, to, cells, at, (first, last, row) -> {
            entries.ensureCapacity(row + last - first);
            key.take(maps.keys, first, last, maps.keys, entries.field(0), row);
            value.take(maps.values, first, last, maps.values, entries.field(1), row);
        });
    }
}
