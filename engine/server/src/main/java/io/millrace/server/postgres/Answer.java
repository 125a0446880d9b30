package io.millrace.server.postgres;

import io.millrace.server.postgres.statement.SessionStatement.Fetch;
import io.millrace.server.session.ResultCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is being answered.
 *
 * <p>Its rows are either its own, and end with it, or, for {@code FETCH}, those of a declared cursor.
 */
final class Answer implements AutoCloseable {

    private final @Nullable RowSource rows;
    private final @Nullable Fetch fetch;
    private final String tag;
    private final boolean partial;
    private long count;
    private boolean complete;

    private Answer(@Nullable RowSource rows, @Nullable Fetch fetch, String tag, boolean partial) {
        this.rows = rows;
        this.fetch = fetch;
        this.tag = tag;
        this.partial = partial;
    }

    /** A statement that is done and has no rows. */
    static Answer done(String tag) {
        return new Answer(null, null, tag, false);
    }

    /** What a cursor gives. */
    static Answer of(ResultCursor cursor) {
        return new Answer(new RowSource(cursor), null, "", false);
    }

    /** Some more rows of a declared cursor; {@code partial} allows fewer than were asked for. */
    static Answer fetch(RowSource rows, Fetch fetch, boolean partial) {
        return new Answer(rows, fetch, fetch.silent() ? "MOVE " : "FETCH ", partial);
    }

    /** Returns where the rows come from, or null where the statement has none. */
    @Nullable
    RowSource rows() {
        return rows == null || rows.rowType() == null ? null : rows;
    }

    /** Returns how many more rows the statement itself asks for. */
    long remaining() {
        return fetch == null ? Long.MAX_VALUE : fetch.rows() - count;
    }

    /** Returns whether it ends once some rows were there and no more are at the moment. */
    boolean partial() {
        return partial;
    }

    /** Returns how long to wait for the first row in milliseconds, or −1 for no limit. */
    long timeoutMillis() {
        return fetch == null ? -1 : fetch.timeoutMillis();
    }

    /** Returns whether rows are counted and not shown. */
    boolean silent() {
        return fetch != null && fetch.silent();
    }

    boolean fetches() {
        return fetch != null;
    }

    void counted(long more) {
        count += more;
    }

    /** Returns what is worth saying besides, in lines. */
    List<String> notices() {
        return rows == null || fetch != null ? List.of() : rows.cursor().notices();
    }

    /** Returns how many rows were sent. */
    long count() {
        return count;
    }

    boolean complete() {
        return complete;
    }

    /** Ends it and returns what was done. */
    String finish() {
        complete = true;
        if (fetch != null) {
            return tag + count;
        }
        if (rows == null) {
            return tag;
        }
        String done = rows.cursor().commandTag();
        rows.close();
        return done;
    }

    @Override
    public void close() {
        if (fetch == null && rows != null) {
            rows.close();
        }
    }
}
