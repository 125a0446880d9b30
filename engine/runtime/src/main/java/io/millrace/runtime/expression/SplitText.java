package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.runtime.expression.function.Regex;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Texts taken apart into arrays and put together of them, as PostgreSQL does it. */
final class SplitText {

    private SplitText() {}

    /** Returns the parts between separators: none of an empty text, and the whole for an empty separator. */
    static List<String> by(String separator, @Nullable String text) {
        String whole = Objects.requireNonNull(text);
        if (whole.isEmpty()) {
            return List.of();
        }
        if (separator.isEmpty()) {
            return List.of(whole);
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = whole.indexOf(separator); at >= 0; at = whole.indexOf(separator, from)) {
            parts.add(whole.substring(from, at));
            from = at + separator.length();
        }
        parts.add(whole.substring(from));
        return parts;
    }

    /** Returns the parts between matches. Nothing is a match only between two characters. */
    static List<String> byMatches(String pattern, @Nullable String text) {
        return Regex.of(pattern).split(Objects.requireNonNull(text));
    }

    static String joined(Call call, @Nullable Object[] values, ZoneId zone) {
        DataType element = ((ArrayType) call.arguments().getFirst().type()).element();
        StringJoiner joined = new StringJoiner((String) Objects.requireNonNull(values[1]));
        for (Object value : (List<?>) Objects.requireNonNull(values[0])) {
            if (value != null) {
                joined.add((String) InterpretedCast.cast(value, element, DataType.VARCHAR, zone));
            }
        }
        return joined.toString();
    }
}
