package io.millrace.runtime.expression.function;

import java.nio.charset.StandardCharsets;

/**
 * Text that lies in whatever a regular expression matches: the longest run of plain characters outside of all groups.
 * Looking for it is many times as quick as looking for a match, and mostly says that there is none.
 *
 * <p>A pattern that is not understood here has none, which is always right.
 */
final class RequiredText {

    private static final byte[] NONE = {};
    private static final String PLAIN_CLASSES = "dDsSwW";

    private final String pattern;
    private final StringBuilder run = new StringBuilder();
    private String longest = "";
    private int at;
    private int depth;

    private RequiredText(String pattern) {
        this.pattern = pattern;
    }

    static byte[] of(String pattern) {
        RequiredText text = new RequiredText(pattern);
        while (text.at < pattern.length()) {
            if (!text.readOn()) {
                return NONE;
            }
        }
        text.endRun();
        return text.longest.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the next part of the pattern; returns false where it is not understood. */
    private boolean readOn() {
        char c = pattern.charAt(at++);
        switch (c) {
            case '(' -> {
                endRun();
                depth++;
                return at < pattern.length() && pattern.charAt(at) != '?';
            }
            case ')' -> {
                endRun();
                depth--;
            }
            case '|' -> {
                return depth > 0;
            }
            case '*', '?' -> dropLast();
            case '.', '^', '$', '+' -> endRun();
            case '[' -> {
                endRun();
                return skipClass();
            }
            case '\\' -> {
                endRun();
                return at < pattern.length() && PLAIN_CLASSES.indexOf(pattern.charAt(at++)) >= 0;
            }
            case '{', '}', ']' -> {
                return false;
            }
            default -> {
                return append(c);
            }
        }
        return true;
    }

    /** What follows a group's end, such as {@code *}, is of the group: there the run is empty. */
    private boolean append(char c) {
        if (depth == 0) {
            run.append(c);
        }
        return c < 128;
    }

    private boolean skipClass() {
        int first = pattern.startsWith("^", at) ? at + 1 : at;
        int end = pattern.indexOf(']', first);
        if (end <= first) {
            return false;
        }
        String inside = pattern.substring(first, end);
        at = end + 1;
        return !inside.contains("[") && !inside.contains("\\") && !inside.contains("&&");
    }

    private void dropLast() {
        run.setLength(Math.max(0, run.length() - 1));
        endRun();
    }

    private void endRun() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
    }
}
