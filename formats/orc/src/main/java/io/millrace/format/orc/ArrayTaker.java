package io.millrace.format.orc;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.MultiValuedColumnVector;

/** Takes an ARRAY. */
final class ArrayTaker extends Taker {

    private final Taker element;

    ArrayTaker(String name, DataType type, boolean nullable, Taker element) {
        super(name, type, nullable);
        this.element = element;
    }

    @Override
    void take(ColumnVector vector, int from, int to, ColumnVector holder, Column column, int at) {
        markNulls(vector, from, to, holder, column, at);
        ListColumnVector lists = (ListColumnVector) vector;
        ArrayColumn cells = (ArrayColumn) column;
        forEachPiece(
                lists,
                from,
                to,
                cells,
                at,
                (first, last, row) -> element.take(lists.child, first, last, lists.child, cells.elements(), row));
    }

    /** Takes elements: places {@code from} to {@code to} of what a list's vector holds, to rows of their column. */
    @FunctionalInterface
    interface Piece {
        void take(int from, int to, int row);
    }

    /** Sets the ranges of the rows, and takes their elements in pieces as long as they lie together. */
    static void forEachPiece(MultiValuedColumnVector lists, int from, int to, ArrayColumn cells, int at, Piece piece) {
        int row = cells.elementCount();
        int pieceRow = row;
        int first = 0;
        int last = 0;
        for (int i = from; i < to; i++) {
            if (isNull(lists, i)) {
                cells.range(at + i - from, row, row);
                continue;
            }
            int place = lists.isRepeating ? 0 : i;
            int start = Math.toIntExact(lists.offsets[place]);
            int end = Math.toIntExact(start + lists.lengths[place]);
            if (start != last) {
                takePiece(piece, first, last, pieceRow);
                first = start;
                pieceRow = row;
            }
            last = end;
            cells.range(at + i - from, row, row + end - start);
            row += end - start;
        }
        takePiece(piece, first, last, pieceRow);
    }

    private static void takePiece(Piece piece, int first, int last, int row) {
        if (first < last) {
            piece.take(first, last, row);
        }
    }
}
