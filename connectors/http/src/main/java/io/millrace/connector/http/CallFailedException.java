package io.millrace.connector.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A call over HTTP that had no good answer: in which way, for those who tell of it in words of their own. */
public final class CallFailedException extends IOException {

    private static final long serialVersionUID = 1;

    /** No answer came. */
    public static final int NO_STATUS = 0;

    /** How a call fails. */
    public enum Kind {
        /** The server cannot be reached. */
        UNREACHABLE,
        /** The connection ended before the answer did. */
        RESET,
        /** There was no whole answer in time. */
        TIMEOUT,
        /** The answer is longer than one may be. */
        TOO_LONG,
        /** The answer is not what the protocol has. */
        INVALID,
        /** The server said no. */
        REFUSED
    }

    private final Kind kind;
    private final int status;

    /** @param status of the answer, {@link #NO_STATUS} where there is none */
    public CallFailedException(Kind kind, int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
    }

    /** A call that was answered with no. */
    public static CallFailedException refused(int status, String message) {
        return new CallFailedException(Kind.REFUSED, status, message, null);
    }

    /** An answer that the protocol does not have. */
    public static CallFailedException invalid(int status, String message, @Nullable Throwable cause) {
        return new CallFailedException(Kind.INVALID, status, message, cause);
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the status of the answer, {@link #NO_STATUS} where there is none. */
    public int status() {
        return status;
    }
}
