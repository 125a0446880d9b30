package io.millrace.runtime.expression.function;

import io.millrace.plan.expression.NameStyle;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Patterns of java.time in which names may have a {@link NameStyle}. */
final class StyledNames {

    /** As long as the longest month and the longest day. */
    private static final int FILLED_LENGTH = 9;

    private static final int SHORT_LENGTH = 3;

    private StyledNames() {}

    /** Appends a pattern; names that have no mark are left to java.time. */
    static void append(DateTimeFormatterBuilder builder, String pattern) {
        int plain = 0;
        int at = 0;
        while (at < pattern.length()) {
            if (isMark(pattern.charAt(at))) {
                builder.appendPattern(pattern.substring(plain, at));
                at = appendName(builder, pattern, at);
                plain = at;
            } else {
                at++;
            }
        }
        builder.appendPattern(pattern.substring(plain));
    }

    private static boolean isMark(char letter) {
        return letter >= NameStyle.CAPITAL && letter <= NameStyle.FILLED;
    }

    /** Appends the name behind marks, and returns where its letters end. */
    private static int appendName(DateTimeFormatterBuilder builder, String pattern, int from) {
        int at = from;
        UnaryOperator<String> style = UnaryOperator.identity();
        for (; at < pattern.length() && isMark(pattern.charAt(at)); at++) {
            UnaryOperator<String> before = style;
            char mark = pattern.charAt(at);
            style = name -> styled(mark, before.apply(name));
        }
        int end = at;
        while (end < pattern.length() && pattern.charAt(end) == pattern.charAt(at)) {
            end++;
        }
        if (at == end) {
            throw new IllegalArgumentException("a mark without a name");
        }
        append(builder, pattern.charAt(at), end - at <= SHORT_LENGTH ? TextStyle.SHORT : TextStyle.FULL, style);
        return end;
    }

    private static String styled(char mark, String name) {
        return switch (mark) {
            case NameStyle.CAPITAL -> name.toUpperCase(Locale.ROOT);
            case NameStyle.SMALL -> name.toLowerCase(Locale.ROOT);
            default -> name + " ".repeat(Math.max(0, FILLED_LENGTH - name.length()));
        };
    }

    private static void append(
            DateTimeFormatterBuilder builder, char letter, TextStyle length, UnaryOperator<String> style) {
        Map<Long, String> names = new HashMap<>();
        switch (letter) {
            case 'M' -> {
                for (Month month : Month.values()) {
                    names.put((long) month.getValue(), style.apply(month.getDisplayName(length, Locale.ENGLISH)));
                }
                builder.appendText(ChronoField.MONTH_OF_YEAR, names);
            }
            case 'E' -> {
                for (DayOfWeek day : DayOfWeek.values()) {
                    names.put((long) day.getValue(), style.apply(day.getDisplayName(length, Locale.ENGLISH)));
                }
                builder.appendText(ChronoField.DAY_OF_WEEK, names);
            }
            case 'a' -> {
                names.put(0L, style.apply("AM"));
                names.put(1L, style.apply("PM"));
                builder.appendText(ChronoField.AMPM_OF_DAY, names);
            }
            default -> throw new IllegalArgumentException("no name: " + letter);
        }
    }
}
