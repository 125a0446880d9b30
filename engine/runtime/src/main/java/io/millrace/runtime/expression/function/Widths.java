package io.millrace.runtime.expression.function;

import java.util.ArrayDeque;

/** How many characters a regular expression matches at most up to a place, as it is read from left to right. */
final class Widths {

    /** @param before the width up to the group that is open, {@code longest} that of its alternatives so far */
    private record Group(int before, int longest) {}

    private final ArrayDeque<Group> open = new ArrayDeque<>();
    private int width;

    int width() {
        return width;
    }

    boolean inGroup() {
        return !open.isEmpty();
    }

    /** Adds so many characters, up to {@link RequiredText#UNBOUNDED}. */
    void add(int characters) {
        width = Math.min(RequiredText.UNBOUNDED, width + characters);
    }

    void open() {
        open.push(new Group(width, 0));
        width = 0;
    }

    /** Begins another alternative of a group; returns false where there is no group. */
    boolean alternative() {
        if (open.isEmpty()) {
            return false;
        }
        Group group = open.pop();
        open.push(new Group(group.before, Math.max(group.longest, width)));
        width = 0;
        return true;
    }

    /** Ends a group; returns false where there is none. */
    boolean close() {
        if (open.isEmpty()) {
            return false;
        }
        Group group = open.pop();
        width = Math.max(group.longest, width);
        add(group.before);
        return true;
    }
}
