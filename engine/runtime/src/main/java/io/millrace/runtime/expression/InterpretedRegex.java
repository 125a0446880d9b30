package io.millrace.runtime.expression;

import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.expression.function.Regex;
import io.millrace.runtime.expression.function.RegexSearch;
import io.millrace.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/** Functions of regular expressions. */
final class InterpretedRegex {

    private InterpretedRegex() {}

    static @Nullable Object call(ScalarFunction function, DataType type, @Nullable Object[] values) {
        String text = InterpretedText.text(values, 0);
        String pattern = InterpretedText.text(values, 1);
        return switch (function) {
            case SIMILAR_TO ->
                Regex.similar(pattern, InterpretedText.escape(values)).matches(text);
            case REGEXP_LIKE -> Regex.of(pattern).found(text);
            case REGEXP_EXTRACT -> Regex.of(pattern).extract(text, number(values, 2, 0));
            case REGEXP_SPLIT -> Regex.of(pattern).split(text);
            default -> search(function, type, new RegexSearch(pattern), values);
        };
    }

    /** Calls those that look from a place on, or for a match by its number. */
    private static @Nullable Object search(
            ScalarFunction function, DataType type, RegexSearch search, @Nullable Object[] values) {
        String text = InterpretedText.text(values, 0);
        return switch (function) {
            case REGEXP_COUNT -> InterpretedNumbers.number(search.count(text, number(values, 2, 1)), type);
            case REGEXP_REPLACE ->
                search.replace(text, InterpretedText.text(values, 2), number(values, 3, 1), number(values, 4, 0));
            case REGEXP_SUBSTR -> search.text(text, number(values, 2, 1), number(values, 3, 1), number(values, 4, 0));
            case REGEXP_INSTR ->
                InterpretedNumbers.number(
                        search.place(
                                text,
                                number(values, 2, 1),
                                number(values, 3, 1),
                                Boolean.TRUE.equals(values[4]),
                                number(values, 5, 0)),
                        type);
            case REGEXP_MATCH -> search.groups(text);
            case REGEXP_MATCHES -> search.allGroups(text, number(values, 2, 1));
            default -> throw new IllegalStateException("no interpreter for " + function);
        };
    }

    private static long number(@Nullable Object[] values, int index, long otherwise) {
        return index < values.length ? InterpretedText.number(values, index) : otherwise;
    }
}
