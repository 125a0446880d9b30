package io.millrace.spi;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the brackets of {@code WITH (name = 'value', …)}. Names are in lower case, with
 * underscores.
 */
public final class Options {

    public static final Options NONE = new Options(Map.of());

    private final Map<String, String> values;

    private static final List<String> SECRETS = List.of(
            "password",
            "secret",
            "token",
            "access_key",
            "account_key",
            "api_key",
            "connection_string",
            "credential",
            "customer_key",
            "encryption_key",
            "column_key");
    private static final String HIDDEN = "(hidden)";
    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.:-]*://\\S*");

    /** Names that are known and not here, since somebody else has taken their options out. */
    private final Set<String> taken;

    public Options(Map<String, String> values) {
        this(values, Set.of());
    }

    private Options(Map<String, String> values, Set<String> taken) {
        this.values = new TreeMap<>(values);
        this.taken = taken;
    }

    public Map<String, String> asMap() {
        return Map.copyOf(values);
    }

    public String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public boolean getBoolean(String name, boolean otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        return switch (value.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> throw invalid(name, value, "true or false");
        };
    }

    public long getLong(String name, long otherwise, long min, long max) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value.trim());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid(name, value, "a whole number from " + min + " to " + max);
        }
        throw invalid(name, value, "a whole number from " + min + " to " + max);
    }

    /**
     * Returns a length of time, written as a number and a unit: {@code '500 ms'}, {@code '5 s'}, {@code '10
     * min'}, {@code '24 h'}, {@code '7 days'}.
     */
    public Duration getDuration(String name, Duration otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Quantity.duration(name, value);
    }

    /**
     * Returns a number of bytes, written with or without a unit of 1024: {@code '65536'}, {@code '64 MB'},
     * {@code '1 GB'}.
     */
    public long getBytes(String name, long otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Quantity.bytes(name, value);
    }

    /** Returns whether an option of this name is nobody's business: a password, a key that opens something. */
    public static boolean isSecret(String name) {
        // The id of a key pair says who; only its other half is a secret.
        return !name.endsWith("_id") && SECRETS.stream().anyMatch(name::contains);
    }

    /** Returns the same options with other words in place of the secret ones, to be shown. */
    public Options withoutSecrets() {
        Map<String, String> shown = new TreeMap<>(values);
        shown.replaceAll((name, value) -> isSecret(name) ? HIDDEN : shown(value));
        return new Options(shown, taken);
    }

    /** A URL's user and its query may be what opens the place; what stands there has no name to tell it by. */
    private static String shown(String value) {
        return URL.matcher(value).matches() ? ShownUrl.of(value) : value;
    }

    /** Returns the options of other names than these, which count as known. */
    public Options without(String... names) {
        Map<String, String> rest = new TreeMap<>(values);
        rest.keySet().removeAll(Arrays.asList(names));
        Set<String> known = new TreeSet<>(taken);
        known.addAll(Arrays.asList(names));
        return new Options(rest, known);
    }

    /** Returns the options of other names than this one, which nobody is told of. */
    public Options hiding(String name) {
        Map<String, String> rest = new TreeMap<>(values);
        rest.remove(name);
        return new Options(rest, taken);
    }

    /** Returns the options of these names. */
    public Options only(Collection<String> names) {
        Map<String, String> some = new TreeMap<>(values);
        some.keySet().retainAll(names);
        return new Options(some);
    }

    /** Refuses options of other names than these: a misspelt option must not go unnoticed. */
    public void refuseOthers(String... known) {
        for (String name : values.keySet()) {
            if (!Arrays.asList(known).contains(name)) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "unknown option '" + name + "'",
                        "options known here: " + String.join(", ", all(known)));
            }
        }
    }

    private Set<String> all(String... known) {
        Set<String> all = new TreeSet<>(taken);
        all.addAll(Arrays.asList(known));
        return all;
    }

    /** Returns a failure that says what the option should have been. */
    public static MillraceException invalid(String name, String value, String expected) {
        String said = isSecret(name) ? HIDDEN : "'" + shown(value) + "'";
        return new MillraceException(
                ErrorCode.INVALID_ARGUMENT, "option '" + name + "' is " + said, "give " + expected);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Options options && options.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return withoutSecrets().values.toString();
    }
}
