package io.millrace.connector.iceberg.scan;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of some rows by which they are told apart. Keys of one value are equal, whichever file they are from. */
public final class KeyColumns {

    private final int[] places;

    /** @param places where the key's columns are; -1 for one that the rows do not have, which is NULL of them */
    public KeyColumns(List<Integer> places) {
        this.places = places.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns a row's key. */
    public List<@Nullable Object> of(RowBatch rows, int row) {
        List<@Nullable Object> key = new ArrayList<>(places.length);
        for (int place : places) {
            key.add(place < 0 ? null : value(rows.type().field(place).type(), rows.column(place), row));
        }
        return key;
    }

    /** A column may have become wider since a file was written: the number is the same. */
    private static @Nullable Object value(DataType type, Column column, int row) {
        Object value = JavaValues.get(type, column, row);
        return switch (value) {
            case Integer number -> number.longValue();
            case Float number -> number.doubleValue();
            case byte[] bytes -> ByteBuffer.wrap(bytes);
            case null, default -> value;
        };
    }
}
