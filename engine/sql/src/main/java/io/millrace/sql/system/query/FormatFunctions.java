package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.sql.system.relation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions that put texts and names together, and take them apart. */
final class FormatFunctions {

    private static final Pattern SPECIFIER = Pattern.compile("%(?:(\\d+)\\$)?([sIL%])");
    private static final Pattern NAME = Pattern.compile("\"((?:[^\"]|\"\")*)\"|([^.\"\\s]+)");

    private FormatFunctions() {}

    static void register(Function.Registry functions) {
        DataType text = DataType.VARCHAR;
        functions.lenient("format", 1, 100, arguments -> text, (c, a) -> a[0] == null ? null : format(a));
        functions.strict("parse_ident", 1, 2, new ArrayType(text, false), (c, a) -> nameParts(Values.text(a[0])));
        for (String name : List.of("translate", "translate3")) {
            functions.strict(
                    name, 3, 3, text, (c, a) -> translated(Values.text(a[0]), Values.text(a[1]), Values.text(a[2])));
        }
        functions.strict(
                "chr",
                1,
                1,
                text,
                (c, a) -> Character.toString(Values.number(a[0]).intValue()));
    }

    /** {@code %s} is a value, {@code %I} a name, quoted where it must be, {@code %L} a literal. */
    private static String format(@Nullable Object[] arguments) {
        Matcher specifier = SPECIFIER.matcher(Values.text(java.util.Objects.requireNonNull(arguments[0])));
        StringBuilder text = new StringBuilder();
        int next = 1;
        while (specifier.find()) {
            String written = "%";
            if (!specifier.group(2).equals("%")) {
                int place = specifier.group(1) == null ? next : Integer.parseInt(specifier.group(1));
                written = written(specifier.group(2), argument(arguments, place));
                next = place + 1;
            }
            specifier.appendReplacement(text, Matcher.quoteReplacement(written));
        }
        return specifier.appendTail(text).toString();
    }

    private static @Nullable Object argument(@Nullable Object[] arguments, int place) {
        if (place < 1 || place >= arguments.length) {
            throw new MillraceException(ErrorCode.INVALID_ARGUMENT, "too few arguments for format()");
        }
        return arguments[place];
    }

    private static String written(String kind, @Nullable Object value) {
        if (value == null) {
            return kind.equals("L") ? "NULL" : "";
        }
        return switch (kind) {
            case "I" -> Names.quoted(Values.text(value));
            case "L" -> "'" + Values.text(value).replace("'", "''") + "'";
            default -> Values.text(value);
        };
    }

    /** The parts of a name as SQL writes it: without quotation marks, and small where there were none. */
    private static List<String> nameParts(String name) {
        List<String> parts = new ArrayList<>();
        Matcher part = NAME.matcher(name);
        while (part.find()) {
            String quoted = part.group(1);
            parts.add(quoted == null ? part.group(2).toLowerCase(Locale.ROOT) : quoted.replace("\"\"", "\""));
        }
        return parts;
    }

    private static String translated(String text, String from, String to) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int place = from.indexOf(c);
            if (place < 0) {
                result.append(c);
            } else if (place < to.length()) {
                result.append(to.charAt(place));
            }
        }
        return result.toString();
    }
}
