package io.millrace.sql.define;

import io.millrace.spi.Options;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time in options: {@code 5 s}, {@code 500 ms}, {@code 2 minutes}. */
public final class Durations {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)\\s*([a-z]+)");

    private Durations() {}

    /** Writes a length of time in the greatest unit that needs no fraction, for {@link #micros} to read. */
    public static String text(long micros) {
        String[] units = {"d", "h", "min", "s", "ms", "us"};
        long[] sizes = {86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L, 1_000L, 1L};
        int unit = 0;
        while (micros == 0 ? unit < 3 : micros % sizes[unit] != 0) {
            unit++;
        }
        return micros / sizes[unit] + " " + units[unit];
    }

    static long micros(String option, String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw Options.invalid(option, text, "a length of time such as 5 s or 500 ms");
        }
        long unit = switch (matcher.group(2)) {
            case "us", "microsecond", "microseconds" -> 1L;
            case "ms", "millisecond", "milliseconds" -> 1_000L;
            case "s", "sec", "second", "seconds" -> 1_000_000L;
            case "m", "min", "minute", "minutes" -> 60_000_000L;
            case "h", "hour", "hours" -> 3_600_000_000L;
            case "d", "day", "days" -> 86_400_000_000L;
            default -> throw Options.invalid(option, text, "a unit of us, ms, s, min, h or d");
        };
        return new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .longValue();
    }
}
