package io.millrace.server.postgres;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time zones as clients name them. */
final class TimeZones {

    private static final Pattern HOURS = Pattern.compile("([+-]?)(\\d{1,2})(?:\\.(\\d))?");
    private static final Pattern CLOCK = Pattern.compile("([+-]?)(\\d{1,2}):(\\d\\d)");
    private static final Pattern POSIX =
            Pattern.compile("(?:<[A-Za-z0-9+-]{1,9}>|[A-Za-z]{3,5})([+-]?)(\\d{1,2})(?::(\\d\\d))?");

    private TimeZones() {}

    /**
     * Reads a region such as {@code Europe/Berlin}, hours east of Greenwich such as {@code -8} or {@code
     * +05:30}, or POSIX's form such as {@code GMT+8}, which counts to the west.
     */
    static ZoneId parse(String text) {
        try {
            Matcher hours = HOURS.matcher(text);
            if (hours.matches()) {
                int tenths = hours.group(3) == null ? 0 : Integer.parseInt(hours.group(3));
                return offset(hours.group(1), Integer.parseInt(hours.group(2)) * 3600 + tenths * 360);
            }
            Matcher clock = CLOCK.matcher(text);
            if (clock.matches()) {
                return offset(clock.group(1), clockSeconds(clock.group(2), clock.group(3)));
            }
            Matcher posix = POSIX.matcher(text);
            if (posix.matches()) {
                String sign = posix.group(1).equals("-") ? "+" : "-";
                return offset(sign, clockSeconds(posix.group(2), posix.group(3) == null ? "0" : posix.group(3)));
            }
            return text.equalsIgnoreCase("utc") || text.equalsIgnoreCase("gmt") ? ZoneOffset.UTC : ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "invalid value for parameter \"TimeZone\": \"" + text + "\"",
                    "name a region such as Europe/Berlin, or hours such as -8",
                    e);
        }
    }

    private static int clockSeconds(String hours, String minutes) {
        return Integer.parseInt(hours) * 3600 + Integer.parseInt(minutes) * 60;
    }

    private static ZoneOffset offset(String sign, int seconds) {
        return ZoneOffset.ofTotalSeconds(sign.equals("-") ? -seconds : seconds);
    }
}
