package io.millrace.server.postgres.type;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Intervals of clients, who have months, days and microseconds in one; ours have months or the rest. */
final class Intervals {

    private static final Pattern PART = Pattern.compile(
            "\\s*(?:([+-]?)(\\d+):(\\d\\d)(?::(\\d\\d(?:\\.\\d{1,9})?))?|([+-]?\\d+(?:\\.\\d{1,9})?)\\s*([a-z]+))\\s*");
    private static final Pattern ISO =
            Pattern.compile("P(?:(-?\\d+)Y)?(?:(-?\\d+)M)?(?:(-?\\d+)W)?(?:(-?\\d+)D)?(T.+)?");

    private Intervals() {}

    /**
     * An interval as PostgreSQL has it.
     *
     * @param rest what is below the month
     */
    record Parts(int months, Duration rest) {}

    static int months(int months, int days, long micros) {
        if (days != 0 || micros != 0) {
            throw new MillraceException(
                    ErrorCode.INVALID_VALUE, "an INTERVAL YEAR TO MONTH has no days and no times", "leave them out");
        }
        return months;
    }

    static Duration duration(int months, int days, long micros) {
        if (months != 0) {
            throw new MillraceException(
                    ErrorCode.INVALID_VALUE, "an INTERVAL DAY TO SECOND has no months", "give days instead");
        }
        return Duration.ofDays(days).plus(micros, ChronoUnit.MICROS);
    }

    /** Reads {@code 1 year 2 mons 3 days 04:05:06.5}, {@code 90 minutes} or {@code P1DT2H}. */
    static Parts parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.startsWith("p")) {
            return iso(text.strip().toUpperCase(Locale.ROOT));
        }
        boolean ago = lower.endsWith(" ago");
        Matcher part = PART.matcher(ago ? lower.substring(0, lower.length() - 4) : lower);
        Parts sum = new Parts(0, Duration.ZERO);
        int at = 0;
        while (part.lookingAt() && at < part.regionEnd()) {
            sum = part.group(6) == null ? clock(sum, part) : unit(sum, part.group(5), part.group(6), text);
            at = part.end();
            part.region(at, part.regionEnd());
        }
        if (at == 0 || at < part.regionEnd()) {
            throw malformed(text);
        }
        return ago ? new Parts(-sum.months, sum.rest.negated()) : sum;
    }

    private static Parts clock(Parts sum, Matcher part) {
        Duration time = Duration.ofHours(Long.parseLong(part.group(2)))
                .plusMinutes(Long.parseLong(part.group(3)))
                .plus(part.group(4) == null ? Duration.ZERO : Duration.parse("PT" + part.group(4) + "S"));
        return new Parts(sum.months, "-".equals(part.group(1)) ? sum.rest.minus(time) : sum.rest.plus(time));
    }

    private static Parts unit(Parts sum, String count, String unit, String text) {
        String single = unit.length() > 1 && unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
        return switch (single) {
            case "year", "y" -> new Parts(sum.months + 12 * Integer.parseInt(count), sum.rest);
            case "month", "mon" -> new Parts(sum.months + Integer.parseInt(count), sum.rest);
            case "week", "w" -> plus(sum, count, 7 * 86_400L);
            case "day", "d" -> plus(sum, count, 86_400);
            case "hour", "h" -> plus(sum, count, 3_600);
            case "minute", "min", "m" -> plus(sum, count, 60);
            case "second", "sec", "s" -> plus(sum, count, 1);
            default -> throw malformed(text);
        };
    }

    private static Parts plus(Parts sum, String count, long seconds) {
        java.math.BigDecimal nanos =
                new java.math.BigDecimal(count).multiply(java.math.BigDecimal.valueOf(seconds * 1_000_000_000L));
        return new Parts(sum.months, sum.rest.plusNanos(nanos.longValue()));
    }

    private static Parts iso(String text) {
        Matcher iso = ISO.matcher(text);
        if (!iso.matches()) {
            throw malformed(text);
        }
        Duration rest = Duration.ofDays(7L * number(iso.group(3)) + number(iso.group(4)));
        return new Parts(
                12 * number(iso.group(1)) + number(iso.group(2)),
                iso.group(5) == null ? rest : rest.plus(Duration.parse("P" + iso.group(5))));
    }

    private static int number(String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    private static MillraceException malformed(String text) {
        return new MillraceException(
                ErrorCode.INVALID_VALUE,
                "invalid input syntax for type interval: \"" + text + "\"",
                "write it as 1 day 02:03:04");
    }
}
