package io.millrace.runtime.expression;

import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generated code that gives a value: expressions without effects, to be written as often as needed.
 *
 * @param value the value; for bytes the array
 * @param start for bytes where they start, else empty
 * @param end for bytes where they end, else empty
 * @param isNull whether it is NULL, or null where it never is
 */
record Code(
        DataType type,
        String value,
        String start,
        String end,
        @Nullable String isNull) {

    static Code of(DataType type, String value, @Nullable String isNull) {
        return new Code(type, value, "", "", isNull);
    }

    static Code bytes(DataType type, String slice, @Nullable String isNull) {
        return new Code(type, slice + ".data", slice + ".start", slice + ".end", isNull);
    }

    Form form() {
        return Form.of(type);
    }

    boolean isBytes() {
        return form() == Form.BYTES;
    }

    /** Returns the same value, which was found not to be NULL. */
    Code neverNull() {
        return new Code(type, value, start, end, null);
    }

    /** Returns the value as arguments of a call. */
    String arguments() {
        return isBytes() ? value + ", " + start + ", " + end : value;
    }

    /** Returns whether any is NULL, or null where none ever is. */
    static @Nullable String anyNull(List<Code> codes) {
        List<String> conditions = new ArrayList<>();
        for (Code code : codes) {
            String isNull = code.isNull;
            if (isNull != null && !conditions.contains(isNull)) {
                conditions.add(isNull);
            }
        }
        if (conditions.isEmpty()) {
            return null;
        }
        return conditions.size() == 1 ? conditions.get(0) : "(" + String.join(" | ", conditions) + ")";
    }
}
