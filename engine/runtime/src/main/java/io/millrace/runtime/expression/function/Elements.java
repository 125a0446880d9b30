package io.millrace.runtime.expression.function;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lies in arrays and maps, which are List and Map as in {@link JavaValues}. */
public final class Elements {

    private Elements() {}

    public static int count(Object collection) {
        return collection instanceof Map<?, ?> map ? map.size() : ((List<?>) collection).size();
    }

    /** Returns the element at a place from 1 on, or of a key; null where there is none. */
    public static @Nullable Object at(Object collection, Object place) {
        if (collection instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (Comparison.compare(entry.getKey(), place) == 0) {
                    return entry.getValue();
                }
            }
            return null;
        }
        List<?> list = (List<?>) collection;
        long index = ((Number) place).longValue();
        return index >= 1 && index <= list.size() ? list.get((int) index - 1) : null;
    }

    /** Returns whether an element equals a value, null where that is unknown. */
    public static @Nullable Object contains(Object array, Object wanted) {
        boolean unknown = false;
        for (Object element : (List<?>) array) {
            if (element == null) {
                unknown = true;
            } else if (Comparison.compare(element, wanted) == 0) {
                return true;
            }
        }
        return unknown ? null : false;
    }

    /** Returns how many elements an array or map has that is not taken out of its column. */
    public static int count(Column column, int row) {
        return ((ArrayColumn) column).length(row);
    }

    /** Returns the element at a place from 1 on of an array that is not taken out of its column; null where there is none. */
    public static @Nullable Object at(DataType element, Column column, int row, long place) {
        ArrayColumn arrays = (ArrayColumn) column;
        return place >= 1 && place <= arrays.length(row)
                ? JavaValues.get(element, arrays.elements(), arrays.starts()[row] + (int) place - 1)
                : null;
    }
}
