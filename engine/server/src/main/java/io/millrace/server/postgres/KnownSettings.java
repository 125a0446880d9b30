package io.millrace.server.postgres;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's settings that its clients set and show; most are accepted and change nothing. */
final class KnownSettings {

    private static final Pattern TIME = Pattern.compile("(\\d{1,10})\\s*(ms|s|min|h|d)?");
    private static final Set<String> UTF8 = Set.of("utf8", "utf-8", "unicode");

    private final Map<String, Setting> byName = new LinkedHashMap<>();

    KnownSettings(PostgresSettings server, String user) {
        fixed("server_version", server.serverVersion(), true);
        // Tells our own driver that results can be had in Formats.FIXED_WIDTH.
        fixed("millrace_extensions", "fixed_width", true);
        fixed("server_version_num", versionNumber(server.serverVersion()), false);
        fixed("server_encoding", "UTF8", true);
        add("client_encoding", "UTF8", true, KnownSettings::encoding);
        add("DateStyle", "ISO, MDY", true, KnownSettings::dateStyle);
        add("IntervalStyle", "postgres", true, only("postgres"));
        add("TimeZone", "UTC", true, zone -> {
            TimeZones.parse(zone);
            return zone;
        });
        fixed("integer_datetimes", "on", true);
        add("standard_conforming_strings", "on", true, only("on"));
        add("application_name", "", true, UnaryOperator.identity());
        fixed("session_authorization", user, true);
        fixed("is_superuser", "on", true);
        add("default_transaction_read_only", "off", true, UnaryOperator.identity());
        fixed("in_hot_standby", "off", true);
        add("statement_timeout", "0", false, time -> millis("statement_timeout", time));
        add("fetch_timeout", "0", false, time -> millis("fetch_timeout", time));
        add("bytea_output", "hex", false, only("hex"));
        add("search_path", "\"$user\", public, system", false, UnaryOperator.identity());
        fixed("max_identifier_length", "63", false);
        fixed("block_size", "8192", false);
        fixed("ssl", server.tls() == null ? "off" : "on", false);
        harmless();
    }

    private void harmless() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("transaction_isolation", "read committed");
        values.put("default_transaction_isolation", "read committed");
        values.put("transaction_read_only", "off");
        values.put("default_transaction_deferrable", "off");
        values.put("extra_float_digits", "1");
        values.put("client_min_messages", "notice");
        values.put("lock_timeout", "0");
        values.put("idle_in_transaction_session_timeout", "0");
        values.put("idle_session_timeout", "0");
        values.put("row_security", "on");
        values.put("synchronous_commit", "on");
        values.put("escape_string_warning", "on");
        values.put("check_function_bodies", "on");
        values.put("lc_messages", "C");
        values.put("lc_monetary", "C");
        values.put("lc_numeric", "C");
        values.put("lc_time", "C");
        values.put("lc_collate", "C");
        values.put("lc_ctype", "C");
        values.put("jit", "off");
        values.put("work_mem", "4MB");
        values.put("default_tablespace", "");
        values.put("default_table_access_method", "heap");
        values.put("tcp_keepalives_idle", "0");
        values.put("role", "none");
        values.forEach((name, value) -> add(name, value, false, UnaryOperator.identity()));
    }

    private void add(String name, String initial, boolean reported, UnaryOperator<String> checked) {
        byName.put(name.toLowerCase(Locale.ROOT), new Setting(name, initial, reported, checked));
    }

    private void fixed(String name, String value, boolean reported) {
        add(name, value, reported, changed -> {
            throw new SqlStateException("55P02", "parameter \"" + name + "\" cannot be changed");
        });
    }

    Map<String, Setting> byName() {
        return byName;
    }

    private static String versionNumber(String version) {
        Matcher number = Pattern.compile("(\\d+)\\.(\\d+).*").matcher(version);
        return number.matches()
                ? String.valueOf(Integer.parseInt(number.group(1)) * 10_000 + Integer.parseInt(number.group(2)))
                : "150000";
    }

    private static UnaryOperator<String> only(String value) {
        return set -> {
            if (!set.equalsIgnoreCase(value)) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED, "value \"" + set + "\" is not supported", "use " + value);
            }
            return value;
        };
    }

    private static String encoding(String name) {
        if (!UTF8.contains(name.toLowerCase(Locale.ROOT))) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED, "client_encoding " + name + " is not supported", "use UTF8");
        }
        return "UTF8";
    }

    /** Dates go out in ISO form alone. Orders of day and month matter to ambiguous dates, which are not read. */
    private static String dateStyle(String style) {
        String upper = style.toUpperCase(Locale.ROOT);
        if (!upper.contains("ISO")
                && !Set.of("MDY", "DMY", "YMD", "US", "EUROPEAN").contains(upper)) {
            throw new MillraceException(ErrorCode.UNSUPPORTED, "DateStyle " + style + " is not supported", "use ISO");
        }
        return "ISO, " + (upper.contains("DMY") ? "DMY" : upper.contains("YMD") ? "YMD" : "MDY");
    }

    /** Keeps milliseconds. */
    private static String millis(String name, String time) {
        Matcher form = TIME.matcher(time.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "invalid value for parameter \"" + name + "\": \"" + time + "\"",
                    "write milliseconds, or a number with ms, s, min, h or d");
        }
        long unit = switch (form.group(2) == null ? "ms" : form.group(2)) {
            case "s" -> 1_000;
            case "min" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> 1;
        };
        return String.valueOf(Long.parseLong(form.group(1)) * unit);
    }
}
