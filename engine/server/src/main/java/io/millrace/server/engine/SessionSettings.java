package io.millrace.server.engine;

import io.millrace.runtime.StartPosition;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A session's settings. Those that mean something here are checked when they are set; others are kept for the
 * client that set them.
 */
final class SessionSettings {

    /** Where {@code SELECT STREAM} starts: earliest or latest. */
    static final String STREAM_START = "stream_start";

    /** Whether answers that never end come with points to go on from: on or off. */
    private static final String RESUME_POINTS = "resume_points";

    /** Where the next answer that never ends goes on; used once. */
    private static final String RESUME_FROM = "resume_from";

    /** Time zone in which instants are read and shown. */
    static final String TIME_ZONE = "timezone";

    private static final Map<String, String> DEFAULTS =
            Map.of(STREAM_START, "earliest", TIME_ZONE, "UTC", "search_path", "public", RESUME_POINTS, "off");

    private final Map<String, String> values = new ConcurrentHashMap<>();

    @Nullable
    String get(String name) {
        String key = key(name);
        return values.getOrDefault(key, DEFAULTS.get(key));
    }

    /** Returns a value to show; a setting of no known name is an error. */
    String shown(String name) {
        String value = get(name);
        if (value == null) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME,
                    "there is no setting '" + name + "'",
                    name.equalsIgnoreCase("jobs")
                            ? "what goes on by itself is shown by SHOW PUMPS, SHOW VIEWS and SHOW DELIVERIES"
                            : "settings of Millrace: " + STREAM_START + ", " + TIME_ZONE);
        }
        return value;
    }

    void set(String name, @Nullable String value) {
        String key = key(name);
        if (value == null) {
            values.remove(key);
            return;
        }
        switch (key) {
            case STREAM_START -> startOf(value);
            case TIME_ZONE -> zoneOf(value);
            case RESUME_POINTS -> switchOf(value);
            default -> {}
        }
        values.put(key, value);
    }

    StartPosition streamStart() {
        return startOf(String.valueOf(get(STREAM_START)));
    }

    boolean resumePoints() {
        return switchOf(String.valueOf(get(RESUME_POINTS)));
    }

    /** Returns where the next answer goes on and forgets it, or null where it begins anew. */
    @Nullable
    String takeResumeFrom() {
        return values.remove(RESUME_FROM);
    }

    private static boolean switchOf(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default ->
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT, RESUME_POINTS + " is '" + value + "'", "give on or off");
        };
    }

    ZoneId zone() {
        return zoneOf(String.valueOf(get(TIME_ZONE)));
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("time zone") ? TIME_ZONE : lower;
    }

    private static StartPosition startOf(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "earliest" -> StartPosition.EARLIEST;
            case "latest" -> StartPosition.LATEST;
            default ->
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT, STREAM_START + " is '" + value + "'", "give earliest or latest");
        };
    }

    private static ZoneId zoneOf(String value) {
        try {
            return value.equalsIgnoreCase("utc") ? ZoneOffset.UTC : ZoneId.of(value);
        } catch (DateTimeException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "there is no time zone '" + value + "'",
                    "give a name such as 'Europe/Berlin' or an offset such as '+02:00'",
                    e);
        }
    }
}
