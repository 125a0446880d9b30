package io.millrace.jdbc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as it goes to the server, and the limits it is under. */
final class Request {

    private static final int[] NO_OIDS = {};

    private final String sql;
    private final List<@Nullable String> parameters;
    private final int[] typeOids;
    private final int rowsMax;
    private final long timeoutMillis;
    private final int idleTimeoutMillis;
    private final SqlText.Kind kind;

    Request(
            String sql,
            List<@Nullable String> parameters,
            int[] typeOids,
            int rowsMax,
            long timeoutMillis,
            int idleTimeoutMillis) {
        this.sql = sql;
        this.parameters = parameters;
        this.typeOids = typeOids;
        this.rowsMax = rowsMax;
        this.timeoutMillis = timeoutMillis;
        this.idleTimeoutMillis = idleTimeoutMillis;
        this.kind = SqlText.kind(sql);
    }

    static Request plain(String sql) {
        return new Request(sql, List.of(), NO_OIDS, 0, 0, 0);
    }

    String sql() {
        return sql;
    }

    List<@Nullable String> parameters() {
        return parameters;
    }

    int[] typeOids() {
        return typeOids;
    }

    int rowsMax() {
        return rowsMax;
    }

    /** Returns how long it may take, 0 for ever: to the end, or to the description where it has no end. */
    long timeoutMillis() {
        return timeoutMillis;
    }

    /** Returns how long to wait for a row, 0 for ever. */
    int idleTimeoutMillis() {
        return idleTimeoutMillis;
    }

    boolean endless() {
        return kind == SqlText.Kind.STREAM;
    }

    boolean setting() {
        return kind == SqlText.Kind.SETTING;
    }
}
