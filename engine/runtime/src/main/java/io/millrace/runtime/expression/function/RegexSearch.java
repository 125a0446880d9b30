package io.millrace.runtime.expression.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Matches of a regular expression in a text by their number, from a place on that counts characters from 1. Text in UTF-8 is not
 * even decoded where it lacks what each match has. Safe for concurrent use.
 */
public final class RegexSearch {

    private final Regex regex;

    /** @throws RowFailure as {@link Regex#of} */
    public RegexSearch(String pattern) {
        this.regex = Regex.of(pattern);
    }

    /** Returns how many matches there are from a place on, each behind the one before. */
    public int count(String text, long start) {
        checkStart(start);
        return count(text, start, 0);
    }

    /** Returns the same of UTF-8. */
    public int count(byte[] text, int from, int to, long start) {
        checkStart(start);
        int first = regex.firstStart(text, from, to);
        return first < 0 ? 0 : count(Regex.string(text, from, to), start, first);
    }

    /** Returns a group of a match, or null where there is none. */
    public @Nullable String text(String text, long start, long number, long group) {
        check(start, number, group);
        return text(text, start, number, group, 0);
    }

    /** Sets the slice to the same of UTF-8, or returns false for null. */
    public boolean text(byte[] text, int from, int to, long start, long number, long group, Slice out) {
        check(start, number, group);
        int first = regex.firstStart(text, from, to);
        String found = first < 0 ? null : text(Regex.string(text, from, to), start, number, group, first);
        if (found != null) {
            out.set(found);
        }
        return found != null;
    }

    /** Returns the place where a group of a match begins, or that behind it; 0 where there is none. */
    public int place(String text, long start, long number, boolean behind, long group) {
        check(start, number, group);
        return place(text, start, number, behind, group, 0);
    }

    /** Returns the same of UTF-8. */
    public int place(byte[] text, int from, int to, long start, long number, boolean behind, long group) {
        check(start, number, group);
        int first = regex.firstStart(text, from, to);
        return first < 0 ? 0 : place(Regex.string(text, from, to), start, number, behind, group, first);
    }

    /** Replaces a match, or each for number 0. */
    public String replace(String text, String replacement, long start, long number) {
        checkReplaced(start, number);
        return replace(text, replacement, start, number, 0);
    }

    /** Sets the slice to the same of UTF-8. */
    public void replace(byte[] text, int from, int to, Object replacement, long start, long number, Slice out) {
        checkReplaced(start, number);
        int first = regex.firstStart(text, from, to);
        if (first < 0) {
            out.set(text, from, to);
        } else {
            out.set(replace(Regex.string(text, from, to), (String) replacement, start, number, first));
        }
    }

    /** Returns the groups of the first match, or all of it where it has no groups; null where there is none. */
    public @Nullable List<@Nullable String> groups(String text) {
        return groups(text, 0);
    }

    /** Returns the same of UTF-8. */
    public @Nullable List<@Nullable String> groups(byte[] text, int from, int to) {
        int first = regex.firstStart(text, from, to);
        return first < 0 ? null : groups(Regex.string(text, from, to), first);
    }

    /** Returns the groups of each match, or of the first few. */
    public List<List<@Nullable String>> allGroups(String text, long most) {
        return allGroups(text, most, 0);
    }

    /** Returns the same of UTF-8. */
    public List<List<@Nullable String>> allGroups(byte[] text, int from, int to, long most) {
        int first = regex.firstStart(text, from, to);
        return first < 0 ? new ArrayList<>() : allGroups(Regex.string(text, from, to), most, first);
    }

    private int count(String text, long start, int first) {
        Matcher matcher = regex.matcher(text);
        int count = 0;
        try {
            int from = index(text, start, first);
            for (boolean found = from >= 0 && matcher.find(from); found; found = matcher.find()) {
                count++;
            }
        } catch (StackOverflowError e) {
            throw regex.tooDeep();
        }
        return count;
    }

    private @Nullable String text(String text, long start, long number, long group, int first) {
        Matcher matcher = find(text, start, number, group, first);
        return matcher == null ? null : matcher.group((int) group);
    }

    private int place(String text, long start, long number, boolean behind, long group, int first) {
        Matcher matcher = find(text, start, number, group, first);
        int found = matcher == null ? -1 : behind ? matcher.end((int) group) : matcher.start((int) group);
        return found < 0 ? 0 : text.codePointCount(0, found) + 1;
    }

    private String replace(String text, String replacement, long start, long number, int first) {
        int from = index(text, start, first);
        return from < 0 ? text : regex.replace(text, replacement, from, number);
    }

    private @Nullable List<@Nullable String> groups(String text, int first) {
        Matcher matcher = find(text, 1, 1, 0, first);
        return matcher == null ? null : groups(matcher);
    }

    private List<List<@Nullable String>> allGroups(String text, long most, int first) {
        List<List<@Nullable String>> all = new ArrayList<>();
        Matcher matcher = regex.matcher(text);
        try {
            for (boolean found = matcher.find(first); found && all.size() < most; found = matcher.find()) {
                all.add(groups(matcher));
            }
        } catch (StackOverflowError e) {
            throw regex.tooDeep();
        }
        return all;
    }

    private static List<@Nullable String> groups(Matcher matcher) {
        List<@Nullable String> groups = new ArrayList<>();
        for (int i = Math.min(1, matcher.groupCount()); i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i));
        }
        return groups;
    }

    private @Nullable Matcher find(String text, long start, long number, long group, int first) {
        Matcher matcher = regex.matcher(text);
        try {
            int from = index(text, start, first);
            boolean found = from >= 0 && group <= matcher.groupCount() && matcher.find(from);
            for (long i = 1; found && i < number; i++) {
                found = matcher.find();
            }
            return found ? matcher : null;
        } catch (StackOverflowError e) {
            throw regex.tooDeep();
        }
    }

    /**
     * Returns where a place is in the text, or -1 where it is behind it.
     *
     * @param first before which no match starts
     */
    private static int index(String text, long start, int first) {
        if (start == 1) {
            return first;
        }
        int count = text.codePointCount(0, text.length());
        return start > count + 1L ? -1 : Math.max(first, text.offsetByCodePoints(0, (int) start - 1));
    }

    private static void check(long start, long number, long group) {
        if (number < 1) {
            throw invalid("number of a match", number);
        }
        if (group < 0) {
            throw invalid("number of a group", group);
        }
        checkStart(start);
    }

    private static void checkReplaced(long start, long number) {
        if (number < 0) {
            throw invalid("number of a match", number);
        }
        checkStart(start);
    }

    private static void checkStart(long start) {
        if (start < 1) {
            throw invalid("place to begin at", start);
        }
    }

    private static RowFailure invalid(String what, long value) {
        return new RowFailure(ErrorCode.INVALID_ARGUMENT, "the " + what + " is " + value);
    }
}
