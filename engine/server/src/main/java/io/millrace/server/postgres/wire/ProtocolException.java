package io.millrace.server.postgres.wire;

/** The client sent bytes that the protocol does not allow. */
public final class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }
}
