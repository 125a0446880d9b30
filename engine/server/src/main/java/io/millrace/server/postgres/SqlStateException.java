package io.millrace.server.postgres;

import org.jspecify.annotations.Nullable;

/** A mistake in how the client uses the session, with the SQLSTATE that PostgreSQL has for it. */
final class SqlStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final @Nullable String hint;

    SqlStateException(String sqlState, String message, @Nullable String hint) {
        super(message);
        this.sqlState = sqlState;
        this.hint = hint;
    }

    SqlStateException(String sqlState, String message) {
        this(sqlState, message, null);
    }

    String sqlState() {
        return sqlState;
    }

    @Nullable
    String hint() {
        return hint;
    }
}
