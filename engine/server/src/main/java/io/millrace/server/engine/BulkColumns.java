package io.millrace.server.engine;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The columns that rows in bulk have. */
final class BulkColumns {

    private BulkColumns() {}

    /**
     * Returns the places of columns in their target.
     *
     * @param target what the rows go into, for errors: {@code stream 's'}
     * @param names none for all columns
     * @param optional which columns may be left out
     */
    static List<Integer> places(String target, RowType row, List<String> names, IntPredicate optional) {
        if (names.isEmpty()) {
            return IntStream.range(0, row.size()).boxed().toList();
        }
        List<Integer> places = new ArrayList<>();
        for (String name : names) {
            places.add(place(target, row, name));
        }
        Set<Integer> given = new HashSet<>(places);
        if (given.size() < places.size()) {
            throw new MillraceException(ErrorCode.INVALID_STATEMENT, "a column is named twice", "name each once");
        }
        for (int i = 0; i < row.size(); i++) {
            if (!given.contains(i) && !optional.test(i)) {
                throw new MillraceException(
                        ErrorCode.NULL_NOT_ALLOWED,
                        "column '" + row.field(i).name() + "' is NOT NULL and gets no value",
                        "add it to the columns");
            }
        }
        return places;
    }

    private static int place(String target, RowType row, String name) {
        for (int i = 0; i < row.size(); i++) {
            if (row.field(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new MillraceException(ErrorCode.UNDEFINED_COLUMN, target + " has no column '" + name + "'");
    }
}
