package io.millrace.jdbc;

import java.util.List;

/** What a statement did, in the server's words: {@code INSERT 0 5}. */
final class CommandTag {

    private CommandTag() {}

    /** Returns how many rows the last of these changed; 0 for statements that change none. */
    static long updateCount(List<String> tags) {
        return tags.isEmpty() ? 0 : updateCount(tags.get(tags.size() - 1));
    }

    /** Returns how many rows were changed; 0 for statements that change none. */
    static long updateCount(String tag) {
        String count = tag.substring(tag.lastIndexOf(' ') + 1);
        try {
            return Long.parseLong(count);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
