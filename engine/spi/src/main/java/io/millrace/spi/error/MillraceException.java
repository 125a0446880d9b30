package io.millrace.spi.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure that somebody outside can cause or must know of.
 *
 * <p>The message is a phrase without a final period that says what is wrong and names the thing; the
 * hint says what to do. Neither names a class of ours.
 */
public final class MillraceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable String hint;
    private final transient @Nullable SqlPosition position;

    public MillraceException(ErrorCode code, String message) {
        this(code, message, null, null, null);
    }

    public MillraceException(ErrorCode code, String message, @Nullable String hint) {
        this(code, message, hint, null, null);
    }

    public MillraceException(ErrorCode code, String message, @Nullable String hint, @Nullable Throwable cause) {
        this(code, message, hint, null, cause);
    }

    public MillraceException(
            ErrorCode code,
            String message,
            @Nullable String hint,
            @Nullable SqlPosition position,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
        this.position = position;
    }

    public ErrorCode code() {
        return code;
    }

    /** Returns what to do about it, or null where the message says it all. */
    public @Nullable String hint() {
        return hint;
    }

    /** Returns where in the statement it is, or null where no statement is at fault. */
    public @Nullable SqlPosition position() {
        return position;
    }

    /** Returns the message a gateway sends for this: never null, position included where known. */
    public String describe() {
        String text = String.valueOf(getMessage());
        return position == null ? text : text + " (" + position + ")";
    }
}
