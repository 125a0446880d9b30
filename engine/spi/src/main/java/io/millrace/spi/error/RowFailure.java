package io.millrace.spi.error;

/**
 * The failure of one row: a value that cannot be read, a number that does not fit.
 *
 * <p>It is thrown where a value is made and caught where rows are processed, which then leaves the row out and
 * reports it; it never reaches a user as it is. Bad rows can be many, so it holds no stack trace.
 */
public final class RowFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public RowFailure(ErrorCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** Returns what is wrong, as a phrase. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
