package io.millrace.jdbc.wire;

import org.jspecify.annotations.Nullable;

/** What the server says went wrong, or warns of. */
public final class ServerFailure {

    private final String sqlState;
    private final String message;
    private final @Nullable String hint;

    private ServerFailure(String sqlState, String message, @Nullable String hint) {
        this.sqlState = sqlState;
        this.message = message;
        this.hint = hint;
    }

    static ServerFailure read(MessageReader reader) {
        String sqlState = "XX000";
        String message = "";
        String hint = null;
        while (reader.remaining() > 0) {
            int field = reader.byteValue();
            if (field == 0) {
                break;
            }
            String value = reader.text();
            switch (field) {
                case 'C':
                    sqlState = value;
                    break;
                case 'M':
                    message = value;
                    break;
                case 'H':
                    hint = value;
                    break;
                default:
                    break;
            }
        }
        return new ServerFailure(sqlState, message, hint);
    }

    public String sqlState() {
        return sqlState;
    }

    /** Returns the message, with the hint behind it where there is one. */
    public String text() {
        return hint == null ? message : message + " (hint: " + hint + ")";
    }
}
