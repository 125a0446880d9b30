package io.millrace.spi.row;

import io.millrace.spi.type.DataType.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one type, column by column.
 *
 * <p>Of the {@link #size()} rows that lie in the columns, the ones that count are those of the
 * selection, or all where there is none. A filter narrows the selection and copies nothing. A weight
 * says how often a row counts: +1 for a row that came, −1 for a row that went; without weights every
 * row counts once, which is how append-only data travels.
 */
public final class RowBatch {

    private final RowType type;
    private final Column[] columns;
    private int size;
    private int @Nullable [] selection;
    private int selectionSize;
    private int @Nullable [] weights;
    private @Nullable RowOrigins origins;

    public RowBatch(RowType type, Column[] columns) {
        if (type.size() != columns.length) {
            throw new IllegalArgumentException(columns.length + " columns for " + type);
        }
        this.type = type;
        this.columns = columns;
    }

    /** Creates an empty batch with room for so many rows. */
    public static RowBatch create(RowType type, int capacity) {
        Column[] columns = new Column[type.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Column.create(type.field(i).type(), capacity);
        }
        return new RowBatch(type, columns);
    }

    public RowType type() {
        return type;
    }

    public Column column(int index) {
        return columns[index];
    }

    public int columnCount() {
        return columns.length;
    }

    /** Returns how many rows lie in the columns, selected or not. */
    public int size() {
        return size;
    }

    /** Says how many rows lie in the columns, once they are written. */
    public void size(int rows) {
        size = rows;
    }

    /** Grows all columns so that rows below {@code rows} can be written. */
    public void ensureCapacity(int rows) {
        for (Column column : columns) {
            column.ensureCapacity(rows);
        }
    }

    /** Returns the rows that count, ascending, in the first {@link #selectedCount()} places; null means all. */
    public int @Nullable [] selection() {
        return selection;
    }

    /** Sets which rows count: the first {@code count} entries of {@code rows}, ascending. Kept, not copied. */
    public void select(int @Nullable [] rows, int count) {
        selection = rows;
        selectionSize = count;
    }

    /** Returns how many rows count. */
    public int selectedCount() {
        return selection == null ? size : selectionSize;
    }

    /** Returns the row number of the i-th row that counts. */
    public int selectedRow(int i) {
        return selection == null ? i : selection[i];
    }

    /** Returns each row's weight by row number, or null where all are +1. */
    public int @Nullable [] weights() {
        return weights;
    }

    /** Sets each row's weight by row number; null says that all are +1. Kept, not copied. */
    public void weights(int @Nullable [] weights) {
        this.weights = weights;
    }

    public int weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    /** Returns where the rows come from, or null where nobody knows. */
    public @Nullable RowOrigins origins() {
        return origins;
    }

    /** Says where the rows come from, by row number; null says that nobody knows. */
    public void origins(@Nullable RowOrigins ofRows) {
        origins = ofRows;
    }

    /** Forgets rows, origins, selection and weights, and keeps the arrays for reuse. */
    public void clear() {
        size = 0;
        selection = null;
        selectionSize = 0;
        weights = null;
        origins = null;
        for (Column column : columns) {
            column.clear();
        }
    }

    /** Appends a copy of a row, weight included, of a batch with the same type. This batch has no selection. */
    public void appendFrom(RowBatch source, int sourceRow) {
        int row = size;
        ensureCapacity(row + 1);
        for (int i = 0; i < columns.length; i++) {
            columns[i].copyFrom(source.columns[i], sourceRow, row);
        }
        int weight = source.weight(sourceRow);
        if (weights != null || weight != 1) {
            weightsForWriting(row + 1)[row] = weight;
        }
        size = row + 1;
    }

    /** Returns all rows there are now, over the same arrays, selection and weights left out; see {@link Column#view}. */
    public RowBatch view() {
        Column[] views = new Column[columns.length];
        for (int i = 0; i < views.length; i++) {
            views[i] = columns[i].view();
        }
        RowBatch view = new RowBatch(type, views);
        view.size = size;
        return view;
    }

    /** Returns a batch of its own memory with just the rows that count. */
    public RowBatch compact() {
        RowBatch copy = create(type, selectedCount());
        for (int i = 0; i < selectedCount(); i++) {
            copy.appendFrom(this, selectedRow(i));
        }
        return copy;
    }

    /** Returns the weights to write into, +1 where none was set, with room for rows below {@code rows}. */
    public int[] weightsForWriting(int rows) {
        if (weights == null || weights.length < rows) {
            int[] grown = new int[Column.grown(weights == null ? 0 : weights.length, rows)];
            java.util.Arrays.fill(grown, 1);
            if (weights != null) {
                System.arraycopy(weights, 0, grown, 0, weights.length);
            }
            weights = grown;
        }
        return weights;
    }
}
