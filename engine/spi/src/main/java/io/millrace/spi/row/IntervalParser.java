package io.millrace.spi.row;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads intervals, as SQL writes them ({@code 1-2}, {@code 3 04:05:06.7}) and as PostgreSQL does. */
final class IntervalParser {

    private static final Pattern YEARS_TO_MONTHS = Pattern.compile("([-+])?(\\d{1,9})-(\\d{1,2})");
    private static final Pattern YEARS_MONS = Pattern.compile(
            "(?:([-+]?\\d{1,10}) years?)?\\s*(?:([-+]?\\d{1,10}) mons?(?:ths?)?)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern DAYS_TO_SECONDS = Pattern.compile(
            "(?:([-+]?\\d{1,12})(?: days?)?)?(?:(^|\\s+)([-+])?(\\d{1,10}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?)?",
            Pattern.CASE_INSENSITIVE);

    private IntervalParser() {}

    static int months(byte[] text, int from, int to) {
        String word = NumberText.word(text, from, to);
        Matcher standard = YEARS_TO_MONTHS.matcher(word);
        Matcher named = YEARS_MONS.matcher(word);
        long months;
        if (standard.matches()) {
            long magnitude = number(standard.group(2)) * 12 + number(standard.group(3));
            months = "-".equals(standard.group(1)) ? -magnitude : magnitude;
        } else if (word.equals("00:00:00")) {
            months = 0;
        } else if (!word.isEmpty() && named.matches()) {
            months = number(named.group(1)) * 12 + number(named.group(2));
        } else {
            throw NumberText.invalid(text, from, to, "an interval of years and months");
        }
        if ((int) months != months) {
            throw tooLong(text, from, to);
        }
        return (int) months;
    }

    static long micros(byte[] text, int from, int to) {
        String word = NumberText.word(text, from, to);
        Matcher matcher = DAYS_TO_SECONDS.matcher(word);
        if (word.isEmpty() || !matcher.matches()) {
            throw NumberText.invalid(text, from, to, "an interval of days to seconds");
        }
        String days = matcher.group(1);
        // in SQL's form one sign in front holds for all parts; PostgreSQL signs each
        boolean named = word.indexOf('d') >= 0 || word.indexOf('D') >= 0;
        boolean negative = "-".equals(matcher.group(3)) || (!named && days != null && days.startsWith("-"));
        try {
            long clock = Math.addExact(
                    Math.multiplyExact(
                            number(matcher.group(4)) * 3600 + number(matcher.group(5)) * 60 + number(matcher.group(6)),
                            TimeText.MICROS_PER_SECOND),
                    fraction(matcher.group(7)));
            return Math.addExact(Math.multiplyExact(number(days), TimeText.MICROS_PER_DAY), negative ? -clock : clock);
        } catch (ArithmeticException e) {
            throw tooLong(text, from, to);
        }
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static long fraction(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong((digits + "00000").substring(0, 6));
    }

    private static RowFailure tooLong(byte[] text, int from, int to) {
        return new RowFailure(
                ErrorCode.NUMERIC_OVERFLOW, NumberText.quoted(text, from, to) + " is too long for an interval");
    }
}
