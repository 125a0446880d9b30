package io.millrace.spi;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number with its unit, as people write it in options: {@code 5 s}, {@code 64 MB}. */
final class Quantity {

    private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,15})\\s*([A-Za-z]*)\\s*");
    private static final String DURATIONS = "a length of time such as '500 ms', '5 s', '10 min', '24 h' or '7 days'";
    private static final String SIZES = "a size such as '65536', '64 MB' or '1 GB'";

    private Quantity() {}

    static Duration duration(String option, String text) {
        Matcher form = parse(option, text, DURATIONS);
        long number = Long.parseLong(form.group(1));
        try {
            return switch (form.group(2).toLowerCase(Locale.ROOT)) {
                case "ms", "millisecond", "milliseconds" -> Duration.ofMillis(number);
                case "s", "sec", "second", "seconds" -> Duration.ofSeconds(number);
                case "m", "min", "minute", "minutes" -> Duration.ofMinutes(number);
                case "h", "hour", "hours" -> Duration.ofHours(number);
                case "d", "day", "days" -> Duration.ofDays(number);
                default -> throw Options.invalid(option, text, DURATIONS);
            };
        } catch (ArithmeticException e) {
            throw Options.invalid(option, text, DURATIONS);
        }
    }

    static long bytes(String option, String text) {
        Matcher form = parse(option, text, SIZES);
        long number = Long.parseLong(form.group(1));
        int shift = switch (form.group(2).toLowerCase(Locale.ROOT)) {
            case "", "b" -> 0;
            case "kb", "kib" -> 10;
            case "mb", "mib" -> 20;
            case "gb", "gib" -> 30;
            default -> throw Options.invalid(option, text, SIZES);
        };
        if (number > Long.MAX_VALUE >> shift) {
            throw Options.invalid(option, text, SIZES);
        }
        return number << shift;
    }

    private static Matcher parse(String option, String text, String expected) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw Options.invalid(option, text, expected);
        }
        return form;
    }
}
