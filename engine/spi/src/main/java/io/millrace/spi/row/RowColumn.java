package io.millrace.spi.row;

import io.millrace.spi.type.DataType.RowType;

/**
 * A column of {@link io.millrace.spi.type.Storage#ROW} values: one column per field, all with the same
 * row numbers. Where the row is NULL its fields are undefined.
 */
public final class RowColumn extends Column {

    private final Column[] fields;
    private int capacity;

    public RowColumn(Column[] fields, int capacity) {
        this.fields = fields;
        this.capacity = capacity;
    }

    static RowColumn create(RowType type, int capacity) {
        Column[] fields = new Column[type.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = Column.create(type.field(i).type(), capacity);
        }
        return new RowColumn(fields, capacity);
    }

    public Column field(int index) {
        return fields[index];
    }

    public int fieldCount() {
        return fields.length;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    Column sameArrays() {
        Column[] views = new Column[fields.length];
        for (int i = 0; i < views.length; i++) {
            views[i] = fields[i].view();
        }
        return new RowColumn(views, capacity);
    }

    @Override
    void grow(int newCapacity) {
        capacity = newCapacity;
        for (Column field : fields) {
            field.ensureCapacity(newCapacity);
        }
    }

    @Override
    public void clear() {
        super.clear();
        for (Column field : fields) {
            field.clear();
        }
    }

    @Override
    public void copyFrom(Column source, int sourceRow, int row) {
        if (copyNull(source, sourceRow, row)) {
            return;
        }
        RowColumn other = (RowColumn) source;
        for (int i = 0; i < fields.length; i++) {
            fields[i].copyFrom(other.fields[i], sourceRow, row);
        }
    }
}
