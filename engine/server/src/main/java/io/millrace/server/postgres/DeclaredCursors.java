package io.millrace.server.postgres;

import io.millrace.server.postgres.statement.SessionStatement.Fetch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** Returns a cursor's rows, or null where there is none of this name. */
    @Nullable
    RowSource find(String name) {
        Entry entry = cursors.get(name);
        return entry == null ? null : entry.rows();
    }

    RowSource rows(String name) {
        RowSource rows = find(name);
        if (rows == null) {
            throw new SqlStateException("34000", "cursor \"" + name + "\" does not exist");
        }
        return rows;
    }

    /**
     * Starts a FETCH. From an answer that never ends it gives what is there, {@code ALL} included.
     *
     * @param timeoutMillis how long it waits for the first row where it does not say so itself, 0 for no limit
     */
    Answer fetch(Fetch fetch, long timeoutMillis) {
        RowSource rows = rows(fetch.cursor());
        boolean psql = fetch.cursor().equals(PSQL);
        boolean limited = timeoutMillis > 0 && fetch.timeoutMillis() < 0 && rows.endless() && !psql;
        return Answer.fetch(rows, limited ? fetch.within(timeoutMillis) : fetch, !psql);
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
