package io.millrace.server.postgres;

import io.millrace.server.postgres.statement.SessionStatement.Fetch;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cursors that a session declared with SQL. For one thread. */
final class DeclaredCursors {

    /**
     * psql's own, for its FETCH_COUNT. It takes fewer rows than it asked for as the end of the answer, so
     * that it gets the full number even if that takes a while.
     */
    private static final String PSQL = "_psql_cursor";

    private record Entry(RowSource rows, boolean hold) {}

    private final Map<String, Entry> cursors = new LinkedHashMap<>();

    /** Adds a cursor; {@code hold} lets it outlive the transaction. */
    void add(String name, RowSource rows, boolean hold) {
        cursors.put(name, new Entry(rows, hold));
    }

    void checkFree(String name) {
        if (cursors.containsKey(name)) {
            throw new SqlStateException("42P03", "cursor \"" + name + "\" already exists", "close it first");
        }
    }

    RowSource rows(String name) {
        Entry entry = cursors.get(name);
        if (entry == null) {
            throw new SqlStateException("34000", "cursor \"" + name + "\" does not exist");
        }
        return entry.rows();
    }

    Answer fetch(Fetch fetch) {
        boolean partial = !fetch.cursor().equals(PSQL) && fetch.rows() != Long.MAX_VALUE;
        return Answer.fetch(rows(fetch.cursor()), fetch, partial);
    }

    void close(String name) {
        rows(name).close();
        cursors.remove(name);
    }

    void closeAll() {
        cursors.values().forEach(entry -> entry.rows().close());
        cursors.clear();
    }

    /** Closes the cursors that end with their transaction. */
    void endTransaction() {
        cursors.values().removeIf(entry -> {
            if (!entry.hold()) {
                entry.rows().close();
            }
            return !entry.hold();
        });
    }
}
