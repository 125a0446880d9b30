package io.millrace.log.frame;

import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import org.jspecify.annotations.Nullable;

/** Readers of the fields that are wanted of a stored row, found by name. */
final class FieldReaders {

    private final Column[] columns;
    private final @Nullable ColumnReader[] byStored;
    private final boolean[] missing;

    FieldReaders(RowType stored, RowType wanted) {
        columns = new Column[wanted.size()];
        byStored = new @Nullable ColumnReader[stored.size()];
        missing = new boolean[wanted.size()];
        for (int i = 0; i < columns.length; i++) {
            Field field = wanted.field(i);
            int place = stored.indexOf(field.name());
            if (place < 0) {
                missing[i] = true;
                columns[i] = Column.create(field.type(), 0);
            } else {
                columns[i] = bind(stored.field(place), field, place);
            }
        }
    }

    private Column bind(Field stored, Field wanted, int place) {
        ColumnReader earlier = byStored[place];
        if (earlier != null) {
            throw new IllegalArgumentException("field " + wanted.name() + " is wanted twice");
        }
        ColumnReader reader = TypeBinding.reader(stored.type(), wanted.type(), wanted.name());
        byStored[place] = reader;
        return reader.column();
    }

    /** Returns the columns of the wanted fields, in their order. */
    Column[] columns() {
        return columns;
    }

    int storedCount() {
        return byStored.length;
    }

    /** Returns the reader of a stored field, null where it is not wanted. */
    @Nullable
    ColumnReader ofStored(int place) {
        return byStored[place];
    }

    /** Makes the first rows of all fields that are not stored NULL. */
    void fillMissing(int count) {
        for (int i = 0; i < columns.length; i++) {
            if (missing[i]) {
                ColumnReader.allNull(columns[i], count);
            }
        }
    }
}
