package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions of arrays. Arrays have one dimension and count from 1. */
final class ArrayFunctions {

    private ArrayFunctions() {}

    static void register(Function.Registry functions) {
        functions.lenient("array_to_string", 2, 3, arguments -> DataType.VARCHAR, (c, a) -> joined(a));
        for (String name : List.of("array_length", "array_upper")) {
            functions.strict(name, 2, 2, DataType.INTEGER, (c, a) -> size(a));
        }
        functions.strict("array_lower", 2, 2, DataType.INTEGER, (c, a) -> size(a) == null ? null : (Integer) 1);
        functions.strict(
                "cardinality",
                1,
                1,
                DataType.INTEGER,
                (c, a) -> Casts.toList(a[0]).size());
        functions.lenient(
                "array_remove", 2, 2, arguments -> arguments.getFirst().type(), (c, a) -> without(a));
        functions.lenient(
                "string_to_array", 2, 3, arguments -> new ArrayType(DataType.VARCHAR, true), (c, a) -> parted(a));
        functions.strict("array_ndims", 1, 1, DataType.INTEGER, (c, a) -> 1);
        functions.lenient("array_position", 2, 2, arguments -> DataType.INTEGER, (c, a) -> position(a));
        functions.lenient(
                "array_append", 2, 2, arguments -> arguments.getFirst().type(), (c, a) -> appended(a));
    }

    private static @Nullable Object size(Object[] arguments) {
        int size = Casts.toList(arguments[0]).size();
        return size == 0 || Values.number(arguments[1]).intValue() != 1 ? null : (Integer) size;
    }

    private static @Nullable Object joined(@Nullable Object[] arguments) {
        if (arguments[0] == null || arguments[1] == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Object element : Casts.toList(arguments[0])) {
            if (element != null) {
                texts.add(Values.text(element));
            } else if (arguments.length > 2 && arguments[2] != null) {
                texts.add(Values.text(arguments[2]));
            }
        }
        return String.join(Values.text(arguments[1]), texts);
    }

    /** Parts of a text; its characters where there is no separator. */
    private static @Nullable Object parted(@Nullable Object[] arguments) {
        if (arguments[0] == null) {
            return null;
        }
        String text = Values.text(arguments[0]);
        // an empty text has no parts, and without a separator each character is one
        String separator = arguments[1] == null ? "(?!^)(?!$)" : Pattern.quote(Values.text(arguments[1]));
        List<@Nullable Object> parts = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(separator, -1)) {
            boolean isNull = arguments.length > 2 && arguments[2] != null && part.equals(Values.text(arguments[2]));
            parts.add(isNull ? null : part);
        }
        return parts;
    }

    private static @Nullable Object position(@Nullable Object[] arguments) {
        if (arguments[0] == null) {
            return null;
        }
        int place = 1;
        for (Object element : Casts.toList(arguments[0])) {
            if (Boolean.TRUE.equals(Values.equal(element, arguments[1]))) {
                return place;
            }
            place++;
        }
        return null;
    }

    private static @Nullable Object without(@Nullable Object[] arguments) {
        if (arguments[0] == null) {
            return null;
        }
        List<@Nullable Object> rest = new ArrayList<>(Casts.toList(arguments[0]));
        rest.removeIf(element -> (element == null || arguments[1] == null)
                ? element == arguments[1]
                : Values.compare(element, arguments[1]) == 0);
        return rest;
    }

    private static List<@Nullable Object> appended(@Nullable Object[] arguments) {
        List<@Nullable Object> all = new ArrayList<>();
        if (arguments[0] != null) {
            all.addAll(Casts.toList(arguments[0]));
        }
        all.add(arguments[1]);
        return all;
    }
}
