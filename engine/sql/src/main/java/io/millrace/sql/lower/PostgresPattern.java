package io.millrace.sql.lower;

import java.util.List;
import java.util.Map;

/** PostgreSQL's patterns for times, as java.time writes them. */
public final class PostgresPattern {

    /** Longer ones first. */
    private static final List<Map.Entry<String, String>> LETTERS = List.of(
            Map.entry("MONTH", "MMMM"),
            Map.entry("YYYY", "uuuu"),
            Map.entry("HH24", "HH"),
            Map.entry("HH12", "hh"),
            Map.entry("MON", "MMM"),
            Map.entry("DAY", "EEEE"),
            Map.entry("DDD", "DDD"),
            Map.entry("YY", "uu"),
            Map.entry("MM", "MM"),
            Map.entry("DD", "dd"),
            Map.entry("DY", "EEE"),
            Map.entry("HH", "hh"),
            Map.entry("MI", "mm"),
            Map.entry("SS", "ss"),
            Map.entry("MS", "SSS"),
            Map.entry("US", "SSSSSS"),
            Map.entry("AM", "a"),
            Map.entry("PM", "a"),
            Map.entry("Q", "Q"));

    private PostgresPattern() {}

    /** Returns the pattern in java.time's letters; what is no pattern letter stands for itself. */
    public static String toJava(String pattern) {
        StringBuilder java = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            Map.Entry<String, String> letters = lettersAt(pattern, at);
            if (letters != null) {
                java.append(letters.getValue());
                at += letters.getKey().length();
            } else if (pattern.charAt(at) == '"') {
                int end = pattern.indexOf('"', at + 1);
                int stop = end < 0 ? pattern.length() : end;
                java.append(quoted(pattern.substring(at + 1, stop)));
                at = stop + 1;
            } else {
                java.append(quoted(pattern.substring(at, at + 1)));
                at++;
            }
        }
        return java.toString();
    }

    private static Map.@org.jspecify.annotations.Nullable Entry<String, String> lettersAt(String pattern, int at) {
        for (Map.Entry<String, String> letters : LETTERS) {
            if (pattern.regionMatches(
                    true, at, letters.getKey(), 0, letters.getKey().length())) {
                return letters;
            }
        }
        return null;
    }

    private static String quoted(String text) {
        return text.chars().anyMatch(Character::isLetter) || text.contains("'")
                ? "'" + text.replace("'", "''") + "'"
                : text;
    }
}
