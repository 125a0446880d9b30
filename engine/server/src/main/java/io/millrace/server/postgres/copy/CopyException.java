package io.millrace.server.postgres.copy;

import org.jspecify.annotations.Nullable;

/** What is to be copied cannot be: a mistake in the data or in what was said of its form. */
public final class CopyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final @Nullable String where;

    /** @param where the line and the column at fault, or null */
    CopyException(String sqlState, String message, @Nullable String where) {
        super(message);
        this.sqlState = sqlState;
        this.where = where;
    }

    public String sqlState() {
        return sqlState;
    }

    public @Nullable String where() {
        return where;
    }
}
