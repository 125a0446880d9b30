package io.millrace.runtime.expression.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A regular expression, compiled once. Safe for concurrent use. */
public final class Regex {

    /** How many are kept; a query has a handful, but a pattern may come from data. */
    private static final int CACHED_MAX = 256;

    /** A longer one comes from data. */
    private static final int CACHED_LENGTH_MAX = 1_000;

    /** Java takes time by the square of the length to compile some: seconds for 160,000 characters. */
    private static final int LENGTH_MAX = 1 << 15;

    private static final Map<String, Regex> CACHE = new ConcurrentHashMap<>();

    private final Pattern pattern;
    private final RequiredText required;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
        this.required = RequiredText.of(pattern.pattern());
    }

    /**
     * Returns the expression, compiled.
     *
     * @throws RowFailure with {@code INVALID_ARGUMENT} where the pattern is malformed, and {@code LIMIT_EXCEEDED} where it
     *     is too long
     */
    public static Regex of(String javaPattern) {
        Regex known = CACHE.get(javaPattern);
        if (known != null) {
            return known;
        }
        if (javaPattern.length() > LENGTH_MAX) {
            throw new RowFailure(
                    ErrorCode.LIMIT_EXCEEDED, "a regular expression of more than " + LENGTH_MAX + " characters");
        }
        try {
            Regex made = new Regex(Pattern.compile(javaPattern, Pattern.DOTALL));
            if (CACHE.size() < CACHED_MAX && javaPattern.length() <= CACHED_LENGTH_MAX) {
                CACHE.put(javaPattern, made);
            }
            return made;
        } catch (PatternSyntaxException e) {
            throw new RowFailure(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + javaPattern + "' is not a regular expression: " + e.getDescription());
        }
    }

    /** Returns the expression for a pattern of SIMILAR TO. */
    public static Regex similar(String pattern, @Nullable String escape) {
        return of(SimilarPattern.toRegex(pattern, escape));
    }

    /** Tells whether the whole text matches. */
    public boolean matches(CharSequence text) {
        Matcher matcher = pattern.matcher(text);
        try {
            return matcher.matches();
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    /** Tells whether a part of the text matches. */
    public boolean found(CharSequence text) {
        Matcher matcher = pattern.matcher(text);
        try {
            return matcher.find();
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    /** Replaces each match; {@code $1} in the replacement is a group, as is {@code \1}, and {@code \&} the match. */
    public String replace(String text, String written) {
        return replace(text, written, 0, 0);
    }

    /** Replaces the match of this number from an index on, or each for 0. */
    String replace(String text, String written, int from, long number) {
        String replacement = groups(written);
        try {
            Matcher matcher = pattern.matcher(text);
            StringBuilder out = new StringBuilder();
            boolean found = matcher.find(from);
            for (long i = 1; found && (number == 0 || i <= number); i++) {
                if (number == 0 || i == number) {
                    matcher.appendReplacement(out, replacement);
                    TextLimits.checkGrown(out.length(), text.length());
                }
                found = matcher.find();
            }
            return matcher.appendTail(out).toString();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "'" + written + "' is not a replacement");
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    Matcher matcher(String text) {
        return pattern.matcher(text);
    }

    /** Makes Java's signs for groups of PostgreSQL's: a backslash before a digit or an ampersand says nothing else there. */
    private static String groups(String replacement) {
        if (replacement.indexOf('\\') < 0) {
            return replacement;
        }
        StringBuilder java = new StringBuilder();
        int at = 0;
        while (at < replacement.length()) {
            char sign = replacement.charAt(at);
            boolean pair = sign == '\\' && at + 1 < replacement.length();
            char next = pair ? replacement.charAt(at + 1) : 0;
            if (next >= '1' && next <= '9') {
                java.append('$').append(next);
            } else if (next == '&') {
                java.append("$0");
            } else {
                java.append(replacement, at, at + (pair ? 2 : 1));
            }
            at += pair ? 2 : 1;
        }
        return java.toString();
    }

    /** Returns the parts between matches; one of nothing counts only between two characters that are left. */
    public List<String> split(CharSequence text) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        try {
            while (matcher.find()) {
                boolean nothing = matcher.start() == matcher.end();
                if (!nothing || (matcher.start() > from && matcher.start() < text.length())) {
                    parts.add(text.subSequence(from, matcher.start()).toString());
                    from = matcher.end();
                }
            }
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
        parts.add(text.subSequence(from, text.length()).toString());
        return parts;
    }

    /** Returns the first match, or its group, or null where there is none. */
    public @Nullable String extract(CharSequence text, long group) {
        Matcher matcher = pattern.matcher(text);
        checkGroup(group, matcher);
        try {
            return matcher.find() ? matcher.group((int) group) : null;
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    /** Tells whether a part of UTF-8 matches. */
    public boolean found(byte[] text, int start, int end) {
        int from = required.firstStart(text, start, end);
        return from >= 0 && find(pattern.matcher(string(text, start, end)), from);
    }

    /** Sets the slice to what {@link #extract(CharSequence, long)} returns of UTF-8, or returns false for null. */
    public boolean extract(byte[] text, int start, int end, long group, Slice out) {
        int from = required.firstStart(text, start, end);
        Matcher matcher = pattern.matcher(from < 0 ? "" : string(text, start, end));
        checkGroup(group, matcher);
        String found = from >= 0 && find(matcher, from) ? matcher.group((int) group) : null;
        if (found == null) {
            return false;
        }
        out.set(found);
        return true;
    }

    /** Returns the first character of UTF-8 at which a match can start, -1 where there is none. */
    int firstStart(byte[] text, int start, int end) {
        return required.firstStart(text, start, end);
    }

    /** Returns {@link #split(CharSequence)} of UTF-8. */
    public List<String> split(byte[] text, int start, int end) {
        String whole = string(text, start, end);
        return firstStart(text, start, end) < 0 ? new ArrayList<>(List.of(whole)) : split(whole);
    }

    /** Tells whether all of UTF-8 matches. */
    public boolean matches(byte[] text, int start, int end) {
        return firstStart(text, start, end) >= 0 && matches(string(text, start, end));
    }

    /** Finds the first match that starts there or later; there is none before. */
    private boolean find(Matcher matcher, int from) {
        try {
            return matcher.find(from);
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    static String string(byte[] text, int start, int end) {
        return new String(text, start, end - start, StandardCharsets.UTF_8);
    }

    private void checkGroup(long group, Matcher matcher) {
        if (group < 0 || group > matcher.groupCount()) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "'" + pattern + "' has no group " + group);
        }
    }

    RowFailure tooDeep() {
        return new RowFailure(ErrorCode.LIMIT_EXCEEDED, "text is too long for '" + pattern + "'");
    }
}
