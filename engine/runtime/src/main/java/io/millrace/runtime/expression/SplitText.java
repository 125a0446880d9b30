package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Texts taken apart into arrays and put together of them, as PostgreSQL does it. */
final class SplitText {

    private SplitText() {}

    /**
     * Takes the text of STRING_TO_ARRAY apart: no separator parts all characters. A part that is the third argument is NULL.
     */
    static @Nullable List<@Nullable String> call(@Nullable Object[] values) {
        if (values[0] == null) {
            return null;
        }
        List<String> parts = by((String) values[1], (String) values[0]);
        if (values.length < 3 || values[2] == null) {
            return new ArrayList<>(parts);
        }
        List<@Nullable String> known = new ArrayList<>();
        parts.forEach(part -> known.add(part.equals(values[2]) ? null : part));
        return known;
    }

    private static List<String> by(@Nullable String separator, String whole) {
        if (whole.isEmpty()) {
            return List.of();
        }
        if (separator == null) {
            return whole.codePoints().mapToObj(Character::toString).toList();
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

    /** Joins the elements; what is NULL is left out, or is the third argument. */
    static @Nullable String joined(Call call, @Nullable Object[] values, ZoneId zone) {
        if (values[0] == null || values[1] == null) {
            return null;
        }
        String missing = values.length > 2 ? (String) values[2] : null;
        DataType element = ((ArrayType) call.arguments().getFirst().type()).element();
        StringJoiner joined = new StringJoiner((String) values[1]);
        for (Object value : (List<?>) values[0]) {
            if (value != null) {
                joined.add((String) InterpretedCast.cast(value, element, DataType.VARCHAR, zone));
            } else if (missing != null) {
                joined.add(missing);
            }
        }
        return joined.toString();
    }
}
