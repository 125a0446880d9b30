package io.millrace.jdbc.wire;

/** The server refused or ended what was asked. The session goes on. */
public final class ServerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ServerFailure failure;

    ServerException(ServerFailure failure) {
        super(failure.text());
        this.failure = failure;
    }

    public ServerFailure failure() {
        return failure;
    }
}
