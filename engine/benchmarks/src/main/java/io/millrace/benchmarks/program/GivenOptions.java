package io.millrace.benchmarks.program;

import io.millrace.spi.Options;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The options of a measurement as they were given. Whatever is wrong with one is an {@link IllegalArgumentException}. */
public final class GivenOptions {

    private final String measurement;
    private final Map<String, String> given;
    private final Set<String> asked = new TreeSet<>();

    public GivenOptions(String measurement, Map<String, String> given) {
        this.measurement = measurement;
        this.given = new TreeMap<>(given);
    }

    /** Returns the text of an option, or null where it was not given. */
    public @Nullable String text(String option) {
        asked.add(option);
        return given.get(option);
    }

    /** Returns a number that is positive. */
    public long number(String option, long otherwise) {
        String text = text(option);
        if (text == null) {
            return otherwise;
        }
        long number;
        try {
            number = Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + option + " is '" + text + "', which is not a number", e);
        }
        if (number <= 0) {
            throw new IllegalArgumentException("--" + option + " is '" + text + "', which is not positive");
        }
        return number;
    }

    /** Returns a time such as {@code 500ms} or {@code 1s}. */
    public Duration duration(String option, Duration otherwise) {
        String text = text(option);
        if (text == null) {
            return otherwise;
        }
        Duration duration;
        try {
            duration = new Options(Map.of(option, text)).getDuration(option, otherwise);
        } catch (MillraceException e) {
            throw new IllegalArgumentException("--" + option + " is '" + text + "', which is no time such as 1s", e);
        }
        if (duration.toMillis() <= 0) {
            throw new IllegalArgumentException("--" + option + " is '" + text + "', which is less than 1ms");
        }
        return duration;
    }

    /** Returns the names of a list with commas. */
    public Set<String> names(String option, Set<String> otherwise, Set<String> possible) {
        String text = text(option);
        if (text == null) {
            return otherwise;
        }
        Set<String> names = new TreeSet<>(Arrays.asList(text.split(",", -1)));
        if (!possible.containsAll(names)) {
            throw new IllegalArgumentException("--" + option + " is of " + new TreeSet<>(possible) + ", not " + text);
        }
        return names;
    }

    /** Fails where an option was given that nobody has asked for. */
    public void refuseOthers() {
        for (String option : given.keySet()) {
            if (!asked.contains(option)) {
                throw new IllegalArgumentException(
                        measurement + " has no option --" + option + "; it has " + String.join(", ", asked));
            }
        }
    }
}
