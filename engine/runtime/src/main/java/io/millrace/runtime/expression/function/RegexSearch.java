package io.millrace.runtime.expression.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Matches of a regular expression in a text by their number, from a place on that counts characters from 1. */
public final class RegexSearch {

    private final Regex regex;
    private final String text;

    public RegexSearch(String pattern, String text) {
        this.regex = Regex.of(pattern);
        this.text = text;
    }

    /** Returns how many matches there are from a place on, each behind the one before. */
    public int count(long start) {
        Matcher matcher = regex.matcher(text);
        int count = 0;
        try {
            int from = index(start);
            for (boolean found = from >= 0 && matcher.find(from); found; found = matcher.find()) {
                count++;
            }
        } catch (StackOverflowError e) {
            throw regex.tooDeep();
        }
        return count;
    }

    /** Returns a group of a match, or null where there is none. */
    public @Nullable String text(long start, long number, long group) {
        Matcher matcher = find(start, number, group);
        return matcher == null ? null : matcher.group((int) group);
    }

    /** Returns the place where a group of a match begins, or that behind it; 0 where there is none. */
    public int place(long start, long number, boolean behind, long group) {
        Matcher matcher = find(start, number, group);
        int found = matcher == null ? -1 : behind ? matcher.end((int) group) : matcher.start((int) group);
        return found < 0 ? 0 : text.codePointCount(0, found) + 1;
    }

    /** Replaces a match, or each for number 0. */
    public String replace(String replacement, long start, long number) {
        if (number < 0) {
            throw invalid("number of a match", number);
        }
        int from = index(start);
        return from < 0 ? text : regex.replace(text, replacement, from, number);
    }

    /** Returns the groups of the first match, or all of it where it has no groups; null where there is none. */
    public @Nullable List<@Nullable String> groups() {
        Matcher matcher = find(1, 1, 0);
        return matcher == null ? null : groups(matcher);
    }

    /** Returns the groups of each match, or of the first few. */
    public List<List<@Nullable String>> allGroups(long most) {
        List<List<@Nullable String>> all = new ArrayList<>();
        Matcher matcher = regex.matcher(text);
        try {
            while (all.size() < most && matcher.find()) {
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

    private @Nullable Matcher find(long start, long number, long group) {
        if (number < 1) {
            throw invalid("number of a match", number);
        }
        if (group < 0) {
            throw invalid("number of a group", group);
        }
        Matcher matcher = regex.matcher(text);
        try {
            int from = index(start);
            boolean found = from >= 0 && group <= matcher.groupCount() && matcher.find(from);
            for (long i = 1; found && i < number; i++) {
                found = matcher.find();
            }
            return found ? matcher : null;
        } catch (StackOverflowError e) {
            throw regex.tooDeep();
        }
    }

    /** Returns where a place is in the text, or -1 where it is behind it. */
    private int index(long start) {
        if (start < 1) {
            throw invalid("place to begin at", start);
        }
        int count = text.codePointCount(0, text.length());
        return start > count + 1L ? -1 : text.offsetByCodePoints(0, (int) start - 1);
    }

    private static RowFailure invalid(String what, long value) {
        return new RowFailure(ErrorCode.INVALID_ARGUMENT, "the " + what + " is " + value);
    }
}
