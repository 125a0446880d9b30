package io.millrace.spi.row;

import java.util.Arrays;

/**
 * A column of {@link io.millrace.spi.type.Storage#ARRAY} values: each row is a range of the rows of one
 * element column. A MAP's elements are rows of key and value.
 */
public final class ArrayColumn extends Column {

    private final Column elements;
    private int used;
    private int[] starts;
    private int[] ends;

    public ArrayColumn(Column elements, int capacity) {
        this.elements = elements;
        this.starts = new int[capacity];
        this.ends = new int[capacity];
    }

    public Column elements() {
        return elements;
    }

    /** Returns the element row at which each row's range starts. */
    public int[] starts() {
        return starts;
    }

    /** Returns the element row before which each row's range ends. */
    public int[] ends() {
        return ends;
    }

    public int length(int row) {
        return ends[row] - starts[row];
    }

    /** Returns how many element rows are in use; the next element is appended there. */
    public int elementCount() {
        return used;
    }

    /** Sets a row to a range of element rows, which counts as used from now on. */
    public void range(int row, int start, int end) {
        starts[row] = start;
        ends[row] = end;
        used = Math.max(used, end);
    }

    @Override
    public int capacity() {
        return starts.length;
    }

    @Override
    Column sameArrays() {
        ArrayColumn view = new ArrayColumn(elements.view(), 0);
        view.starts = starts;
        view.ends = ends;
        view.used = used;
        return view;
    }

    @Override
    void grow(int newCapacity) {
        starts = Arrays.copyOf(starts, newCapacity);
        ends = Arrays.copyOf(ends, newCapacity);
    }

    @Override
    public void clear() {
        super.clear();
        elements.clear();
        used = 0;
    }

    @Override
    public void copyFrom(Column source, int sourceRow, int row) {
        if (copyNull(source, sourceRow, row)) {
            return;
        }
        ArrayColumn other = (ArrayColumn) source;
        int at = used;
        int length = other.length(sourceRow);
        elements.ensureCapacity(at + length);
        for (int i = 0; i < length; i++) {
            elements.copyFrom(other.elements, other.starts[sourceRow] + i, at + i);
        }
        range(row, at, at + length);
    }
}
