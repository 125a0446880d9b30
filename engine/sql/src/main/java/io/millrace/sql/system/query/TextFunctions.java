package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import io.millrace.sql.system.relation.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Functions of text, and those of any value. */
final class TextFunctions {

    private TextFunctions() {}

    static void register(Function.Registry functions) {
        anyValue(functions);
        DataType text = DataType.VARCHAR;
        functions.strict("upper", 1, 1, text, (c, a) -> Values.text(a[0]).toUpperCase(Locale.ROOT));
        functions.strict("lower", 1, 1, text, (c, a) -> Values.text(a[0]).toLowerCase(Locale.ROOT));
        for (String name : List.of("length", "char_length", "character_length")) {
            functions.strict(name, 1, 1, DataType.INTEGER, (c, a) -> length(Values.text(a[0])));
        }
        functions.strict(
                "octet_length",
                1,
                1,
                DataType.INTEGER,
                (c, a) -> Values.text(a[0]).getBytes(StandardCharsets.UTF_8).length);
        functions.strict("substring", 2, 3, text, (c, a) -> substring(a));
        functions.strict("substr", 2, 3, text, (c, a) -> substring(a));
        functions.strict(
                "replace", 3, 3, text, (c, a) -> Values.text(a[0]).replace(Values.text(a[1]), Values.text(a[2])));
        functions.strict(
                "position", 2, 2, DataType.INTEGER, (c, a) -> Values.text(a[1]).indexOf(Values.text(a[0])) + 1);
        functions.strict(
                "strpos", 2, 2, DataType.INTEGER, (c, a) -> Values.text(a[0]).indexOf(Values.text(a[1])) + 1);
        functions.strict(
                "btrim",
                1,
                2,
                text,
                (c, a) -> trimmed(Values.text(a[0]), a.length > 1 ? Values.text(a[1]) : " ", true, true));
        functions.strict("left", 2, 2, text, (c, a) -> substring(new Object[] {a[0], 1, a[1]}));
        functions.strict("quote_ident", 1, 1, text, (c, a) -> Names.quoted(Values.text(a[0])));
        functions.strict(
                "quote_literal", 1, 1, text, (c, a) -> "'" + Values.text(a[0]).replace("'", "''") + "'");
        functions.strict(
                "split_part",
                3,
                3,
                text,
                (c, a) -> part(
                        Values.text(a[0]),
                        Values.text(a[1]),
                        Values.number(a[2]).intValue()));
        functions.lenient("concat", 1, 100, arguments -> text, (c, a) -> concatenation(a));
    }

    private static void anyValue(Function.Registry functions) {
        functions.strict("bitand", 2, 2, DataType.INTEGER, (c, a) -> bits(a[0]) & bits(a[1]));
        functions.strict("bitor", 2, 2, DataType.INTEGER, (c, a) -> bits(a[0]) | bits(a[1]));
        functions.strict("bitxor", 2, 2, DataType.INTEGER, (c, a) -> bits(a[0]) ^ bits(a[1]));
        functions.strict("bitnot", 1, 1, DataType.INTEGER, (c, a) -> ~bits(a[0]));
        functions.lenient("coalesce", 1, 100, Types::common, (c, a) -> firstNotNull(a));
        functions.lenient(
                "nullif",
                2,
                2,
                arguments -> arguments.getFirst().type(),
                (c, a) -> Boolean.TRUE.equals(Values.equal(a[0], a[1])) ? null : a[0]);
        functions.lenient("greatest", 1, 100, Types::common, (c, a) -> extreme(a, 1));
        functions.lenient("least", 1, 100, Types::common, (c, a) -> extreme(a, -1));
        functions.strict(
                "abs",
                1,
                1,
                DataType.BIGINT,
                (c, a) -> Math.abs(Values.number(a[0]).longValue()));
    }

    private static @Nullable Object firstNotNull(@Nullable Object[] values) {
        for (Object value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable Object extreme(@Nullable Object[] values, int sign) {
        Object found = null;
        for (Object value : values) {
            if (value != null && (found == null || sign * Values.compare(value, found) > 0)) {
                found = value;
            }
        }
        return found;
    }

    private static int bits(Object value) {
        return Values.number(value).intValue();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Counts from 1; a start before that takes away from the length. */
    private static String substring(Object[] arguments) {
        String text = Values.text(arguments[0]);
        long start = Values.number(arguments[1]).longValue();
        long end = arguments.length > 2 ? start + Values.number(arguments[2]).longValue() : Integer.MAX_VALUE;
        int from = (int) Math.max(1, Math.min(start, length(text) + 1L));
        int to = (int) Math.max(from, Math.min(end, length(text) + 1L));
        return text.substring(text.offsetByCodePoints(0, from - 1), text.offsetByCodePoints(0, to - 1));
    }

    /** Takes characters away from the ends. */
    static String trimmed(String text, String characters, boolean left, boolean right) {
        int from = 0;
        int to = text.length();
        while (left && from < to && characters.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (right && to > from && characters.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    private static String part(String text, String separator, int number) {
        String[] parts = text.split(java.util.regex.Pattern.quote(separator), -1);
        return number >= 1 && number <= parts.length ? parts[number - 1] : "";
    }

    private static String concatenation(@Nullable Object[] values) {
        StringBuilder text = new StringBuilder();
        for (Object value : values) {
            if (value != null) {
                text.append(Values.text(Objects.requireNonNull(value)));
            }
        }
        return text.toString();
    }
}
