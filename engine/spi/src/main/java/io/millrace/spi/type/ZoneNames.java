package io.millrace.spi.type;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Time zones as PostgreSQL names them: a region such as {@code Europe/Berlin}, an abbreviation such as {@code PST}, an
 * offset. An offset that is a setting counts to the east, and one in {@code AT TIME ZONE} to the west, as POSIX has it;
 * one with a name in front, {@code GMT+8}, always to the west.
 */
public final class ZoneNames {

    private static final Pattern HOURS = Pattern.compile("([+-]?)(\\d{1,2})(?:\\.(\\d))?");
    private static final Pattern CLOCK = Pattern.compile("([+-]?)(\\d{1,2}):(\\d\\d)");
    private static final Pattern POSIX =
            Pattern.compile("(?:<[A-Za-z0-9+-]{1,9}>|[A-Za-z]{3,5})([+-]?)(\\d{1,2})(?::(\\d\\d))?");

    private static final Map<String, String> KNOWN = known();

    private ZoneNames() {}

    private static Map<String, String> known() {
        Map<String, String> known = new HashMap<>();
        ZoneId.getAvailableZoneIds().forEach(id -> known.put(id.toLowerCase(Locale.ROOT), id));
        known.putAll(Map.of("utc", "Z", "gmt", "Z", "z", "Z", "wet", "Z"));
        known.putAll(Map.of("est", "-05:00", "cst", "-06:00", "mst", "-07:00", "pst", "-08:00"));
        known.putAll(Map.of("edt", "-04:00", "cdt", "-05:00", "mdt", "-06:00", "pdt", "-07:00"));
        known.putAll(Map.of("bst", "+01:00", "cet", "+01:00", "cest", "+02:00", "west", "+01:00"));
        known.putAll(Map.of("eet", "+02:00", "eest", "+03:00", "msk", "+03:00", "jst", "+09:00"));
        return known;
    }

    /** Returns the zone that a setting names, or null where there is none of this name. */
    public static @Nullable ZoneId ofSetting(String text) {
        return find(text, false);
    }

    /** Returns the zone that {@code AT TIME ZONE} names, or null where there is none of this name. */
    public static @Nullable ZoneId named(String text) {
        return find(text, true);
    }

    private static @Nullable ZoneId find(String text, boolean west) {
        try {
            Matcher hours = HOURS.matcher(text);
            if (hours.matches()) {
                int tenths = hours.group(3) == null ? 0 : Integer.parseInt(hours.group(3));
                return offset(hours.group(1), Integer.parseInt(hours.group(2)) * 3600 + tenths * 360, west);
            }
            Matcher clock = CLOCK.matcher(text);
            if (clock.matches()) {
                return offset(clock.group(1), seconds(clock.group(2), clock.group(3)), west);
            }
            Matcher posix = POSIX.matcher(text);
            if (posix.matches()) {
                String minutes = posix.group(3) == null ? "0" : posix.group(3);
                return offset(posix.group(1), seconds(posix.group(2), minutes), true);
            }
            String id = KNOWN.get(text.toLowerCase(Locale.ROOT));
            return id == null ? null : ZoneId.of(id);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int seconds(String hours, String minutes) {
        return Integer.parseInt(hours) * 3600 + Integer.parseInt(minutes) * 60;
    }

    private static ZoneOffset offset(String sign, int seconds, boolean west) {
        return ZoneOffset.ofTotalSeconds(sign.equals("-") == west ? seconds : -seconds);
    }

    /**
     * Returns the offset of a wall clock reading, as PostgreSQL chooses it: of a reading that comes twice the one of the
     * later instant, and of one that never comes the one before the clock was put on.
     */
    public static ZoneOffset offset(ZoneId zone, LocalDateTime reading) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(reading);
        if (transition == null) {
            return zone.getRules().getOffset(reading);
        }
        return transition.isOverlap() ? transition.getOffsetAfter() : transition.getOffsetBefore();
    }
}
