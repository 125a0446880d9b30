package io.millrace.connector.iceberg.scan;

/** A type is not the one that a table has, or had. */
final class MismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MismatchException(String message) {
        super(message);
    }
}
