package io.millrace.runtime.expression.function;

import java.nio.charset.StandardCharsets;

/**
 * Text that lies in whatever a regular expression matches: the longest run of plain characters outside of all groups.
 * Looking for it is many times as quick as looking for a match, and mostly says that there is none; where there may be
 * one, it says from where on.
 *
 * <p>A pattern that is not understood here has none, which is always right.
 *
 * @param bytes the text in UTF-8, all of it ASCII; none where nothing is known
 * @param reach most characters of a match before the text, or {@link #UNBOUNDED}
 */
record RequiredText(byte[] bytes, int reach) {

    static final int UNBOUNDED = 1 << 20;

    private static final RequiredText NONE = new RequiredText(new byte[0], UNBOUNDED);

    static RequiredText of(String pattern) {
        return new Reader(pattern).read();
    }

    boolean isNone() {
        return bytes.length == 0;
    }

    /** Returns whether text of these bytes may have a match. */
    boolean in(byte[] text, int start, int end) {
        return isNone() || Text.indexOf(text, start, end, bytes, 0, bytes.length) >= 0;
    }

    /** Returns the first character at which a match can start, -1 where there is none. */
    int firstStart(byte[] text, int start, int end) {
        if (isNone()) {
            return 0;
        }
        int found = Text.indexOf(text, start, end, bytes, 0, bytes.length);
        if (found < 0) {
            return -1;
        }
        // Characters are counted, which are bytes where all before are ASCII.
        return reach == UNBOUNDED || !Text.isAscii(text, start, found) ? 0 : Math.max(0, found - start - reach);
    }

    /** Reads a pattern from left to right. */
    private static final class Reader {

        private static final String PLAIN_CLASSES = "dDsSwW";

        private final String pattern;
        private final StringBuilder run = new StringBuilder();
        private final Widths widths = new Widths();
        private String longest = "";
        private int longestAt;
        private int runAt;
        private int at;

        Reader(String pattern) {
            this.pattern = pattern;
        }

        RequiredText read() {
            while (at < pattern.length()) {
                if (!readOn()) {
                    return NONE;
                }
            }
            endRun();
            return longest.isEmpty() ? NONE : new RequiredText(longest.getBytes(StandardCharsets.US_ASCII), longestAt);
        }

        /** Reads the next part of the pattern; returns false where it is not understood. */
        private boolean readOn() {
            char c = pattern.charAt(at++);
            switch (c) {
                case '(' -> {
                    endRun();
                    widths.open();
                    return at < pattern.length() && pattern.charAt(at) != '?';
                }
                case ')' -> {
                    endRun();
                    return widths.close();
                }
                case '|' -> {
                    return widths.alternative();
                }
                case '?' -> dropLast();
                case '*' -> {
                    dropLast();
                    widths.add(UNBOUNDED);
                }
                case '+' -> {
                    endRun();
                    widths.add(UNBOUNDED);
                }
                case '^', '$' -> endRun();
                case '.' -> {
                    endRun();
                    widths.add(1);
                }
                case '[' -> {
                    endRun();
                    widths.add(1);
                    return skipClass();
                }
                case '\\' -> {
                    endRun();
                    widths.add(1);
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
            if (!widths.inGroup()) {
                if (run.isEmpty()) {
                    runAt = widths.width();
                }
                run.append(c);
            }
            widths.add(1);
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
                longestAt = runAt;
            }
            run.setLength(0);
        }
    }
}
