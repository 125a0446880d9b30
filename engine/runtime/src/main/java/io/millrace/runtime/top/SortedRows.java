package io.millrace.runtime.top;

import io.millrace.runtime.state.RowOrder;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;

/**
 * Row numbers in order, in pieces, so that a row comes and goes without all behind it being moved.
 *
 * <pre>
 *   pieces   │ 3 8 1 │ 5 2 │ 9 7 4 6 │
 * </pre>
 */
final class SortedRows {

    private static final int PIECE_MAX = 512;

    private int[][] pieces = {new int[4]};
    private int[] sizes = new int[1];
    private int pieceCount = 1;
    private int count;

    int count() {
        return count;
    }

    int row(int place) {
        int piece = 0;
        int left = place;
        while (left >= sizes[piece]) {
            left -= sizes[piece++];
        }
        return pieces[piece][left];
    }

    void add(int row, RowBatch rows, RowOrder order) {
        int piece = pieceOf(row, rows, order);
        int place = place(piece, row, rows, order);
        int size = sizes[piece];
        if (size == pieces[piece].length) {
            pieces[piece] = Arrays.copyOf(pieces[piece], 2 * size);
        }
        System.arraycopy(pieces[piece], place, pieces[piece], place + 1, size - place);
        pieces[piece][place] = row;
        sizes[piece]++;
        count++;
        if (sizes[piece] == PIECE_MAX) {
            split(piece);
        }
    }

    /** Returns the first piece whose last row is not before the row, or the last piece. */
    private int pieceOf(int row, RowBatch rows, RowOrder order) {
        int low = 0;
        int high = pieceCount - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int last = pieces[middle][sizes[middle] - 1];
            if (order.compare(rows, last, row) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the first place in a piece whose row is not before the row. */
    private int place(int piece, int row, RowBatch rows, RowOrder order) {
        int low = 0;
        int high = sizes[piece];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.compare(rows, pieces[piece][middle], row) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void split(int piece) {
        if (pieceCount == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * pieceCount);
            sizes = Arrays.copyOf(sizes, 2 * pieceCount);
        }
        System.arraycopy(pieces, piece + 1, pieces, piece + 2, pieceCount - piece - 1);
        System.arraycopy(sizes, piece + 1, sizes, piece + 2, pieceCount - piece - 1);
        int half = PIECE_MAX / 2;
        pieces[piece + 1] = Arrays.copyOf(Arrays.copyOfRange(pieces[piece], half, PIECE_MAX), PIECE_MAX);
        sizes[piece + 1] = PIECE_MAX - half;
        sizes[piece] = half;
        pieceCount++;
    }

    void remove(int row, RowBatch rows, RowOrder order) {
        int piece = pieceOf(row, rows, order);
        int place = place(piece, row, rows, order);
        // Rows of the same values may follow one another over the end of a piece.
        while (pieces[piece][place] != row) {
            place++;
            if (place == sizes[piece]) {
                piece++;
                place = 0;
            }
        }
        removeAt(piece, place);
    }

    void removeLast() {
        removeAt(pieceCount - 1, sizes[pieceCount - 1] - 1);
    }

    private void removeAt(int piece, int place) {
        System.arraycopy(pieces[piece], place + 1, pieces[piece], place, sizes[piece] - place - 1);
        sizes[piece]--;
        count--;
        if (sizes[piece] == 0 && pieceCount > 1) {
            System.arraycopy(pieces, piece + 1, pieces, piece, pieceCount - piece - 1);
            System.arraycopy(sizes, piece + 1, sizes, piece, pieceCount - piece - 1);
            pieceCount--;
        }
    }
}
