package io.millrace.server.postgres;

/** A {@code COPY FROM} that ended early, and what became of its rows. */
final class StoppedCopyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RuntimeException reason;
    private final String detail;

    StoppedCopyException(RuntimeException reason, String detail) {
        super(reason);
        this.reason = reason;
        this.detail = detail;
    }

    RuntimeException reason() {
        return reason;
    }

    String detail() {
        return detail;
    }
}
