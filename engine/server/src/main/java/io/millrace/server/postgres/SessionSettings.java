package io.millrace.server.postgres;

import io.millrace.server.session.SqlSession;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A session's settings: those that PostgreSQL's clients expect are kept here, all others belong to the
 * engine. The time zone is both's, since the engine computes with it. For one thread.
 */
final class SessionSettings {

    private static final String TIME_ZONE = "timezone";

    private final Map<String, Setting> known;
    private final Map<String, String> initial = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    private final SqlSession engine;
    private ZoneId zone;
    private long statementTimeoutMillis;
    private long fetchTimeoutMillis;

    /** @param startup what the client set when it connected */
    SessionSettings(KnownSettings known, SqlSession engine, Map<String, String> startup) {
        this.known = known.byName();
        this.engine = engine;
        this.known.forEach((name, setting) -> initial.put(name, setting.initial()));
        startup.forEach((name, value) -> initial.put(name.toLowerCase(Locale.ROOT), checked(name, value)));
        initial.forEach((name, value) -> {
            if (!this.known.containsKey(name)) {
                engine.setting(name, value);
            }
        });
        this.zone = ZoneId.of("UTC");
        apply();
    }

    private String checked(String name, String value) {
        Setting setting = known.get(name.toLowerCase(Locale.ROOT));
        return setting == null ? value : setting.checked().apply(value);
    }

    /**
     * Sets a setting, or resets it where the value is null.
     *
     * @return whether the client is to be told
     */
    boolean set(String name, @Nullable String value) {
        String key = name.toLowerCase(Locale.ROOT);
        Setting setting = known.get(key);
        if (setting == null) {
            engine.setting(key, value == null ? initial.get(key) : value);
            return false;
        }
        String before = current(key);
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, setting.checked().apply(value));
        }
        apply();
        return setting.reported() && !before.equals(current(key));
    }

    /** Resets all settings that are kept here. */
    void resetAll() {
        values.clear();
        apply();
    }

    private void apply() {
        zone = TimeZones.parse(current(TIME_ZONE));
        statementTimeoutMillis = Long.parseLong(current("statement_timeout"));
        fetchTimeoutMillis = Long.parseLong(current("fetch_timeout"));
        String id = zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
        if (!id.equals(engine.setting(TIME_ZONE))) {
            engine.setting(TIME_ZONE, id);
        }
    }

    private String current(String key) {
        return Objects.requireNonNullElse(values.get(key), Objects.requireNonNullElse(initial.get(key), ""));
    }

    /** Returns whether the setting exists, here or in the engine. */
    boolean exists(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return known.containsKey(key) || engine.setting(key) != null;
    }

    /** Returns the value of a setting that exists. */
    String shown(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return known.containsKey(key) ? current(key) : Objects.requireNonNullElse(engine.setting(key), "");
    }

    /** Returns the setting's name as it is written in PostgreSQL. */
    String displayName(String name) {
        Setting setting = known.get(name.toLowerCase(Locale.ROOT));
        return setting == null ? name : setting.name();
    }

    List<List<String>> all() {
        List<List<String>> rows = new ArrayList<>();
        known.forEach((key, setting) -> rows.add(List.of(setting.name(), current(key), "")));
        return rows;
    }

    /** Returns what clients are told of, by name. */
    Map<String, String> reported() {
        Map<String, String> reported = new LinkedHashMap<>();
        known.forEach((key, setting) -> {
            if (setting.reported()) {
                reported.put(setting.name(), current(key));
            }
        });
        return reported;
    }

    /** Returns where instants are shown. */
    ZoneId zone() {
        return zone;
    }

    /** Returns how long a FETCH from an answer that never ends waits for a row in milliseconds, 0 for no limit. */
    long fetchTimeoutMillis() {
        return fetchTimeoutMillis;
    }

    /** Returns how long a statement may take in milliseconds, 0 for no limit. */
    long statementTimeoutMillis() {
        return statementTimeoutMillis;
    }
}
