package io.millrace.format.json;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.Field;

/** A place that values go to: a column, or the elements of one. */
final class Slot {

    private final String path;
    private final boolean nullable;
    private final ValueReader reader;
    private Column column = new LongColumn(0);
    /** The object that set this place last, and the last that did so by a key of exactly its name. */
    private long setBy;

    private long setExactlyBy;

    Slot(String path, Field field, ValueReader reader) {
        this.path = path;
        this.nullable = field.nullable();
        this.reader = reader;
    }

    Column column() {
        return column;
    }

    void bind(Column target, byte[] payload, int rowsBefore) {
        column = target;
        reader.bind(target, payload, rowsBefore);
    }

    /** Reads the value that starts here into the row. */
    int read(JsonScanner in, int at, int row) {
        if (in.byteAt(at) == 'n') {
            int next = in.literal(at, "null");
            setNull(in, at, row);
            return next;
        }
        return reader.read(in, at, row);
    }

    void setNull(JsonScanner in, int at, int row) {
        if (!nullable) {
            throw in.reject(ErrorCode.NULL_NOT_ALLOWED, at, "column " + path + ": no value for a NOT NULL column");
        }
        column.setNull(row);
    }

    boolean isSetBy(long object) {
        return setBy == object;
    }

    boolean isSetExactlyBy(long object) {
        return setExactlyBy == object;
    }

    void setBy(long object, boolean exactly) {
        setBy = object;
        if (exactly) {
            setExactlyBy = object;
        }
    }
}
