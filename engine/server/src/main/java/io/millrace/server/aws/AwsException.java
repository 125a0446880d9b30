package io.millrace.server.aws;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;

/** A failure as the AWS API names it. */
final class AwsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;

    AwsException(String type, String message) {
        this(type, message, 400);
    }

    AwsException(String type, String message, int status) {
        super(message, null, false, false);
        this.type = type;
        this.status = status;
    }

    static AwsException invalidArgument(String message) {
        return new AwsException("InvalidArgumentException", message);
    }

    static AwsException notFound(String message) {
        return new AwsException("ResourceNotFoundException", message);
    }

    /** Returns the API's name for a failure of ours. */
    static AwsException of(MillraceException e) {
        ErrorCode code = e.code();
        return switch (code) {
            case UNDEFINED_NAME -> notFound(e.describe());
            case DUPLICATE_NAME, WRONG_STATE, IN_USE -> new AwsException("ResourceInUseException", e.describe());
            case LIMIT_EXCEEDED -> new AwsException("LimitExceededException", e.describe());
            case POSITION_OUT_OF_RANGE, INVALID_ARGUMENT, INVALID_VALUE -> invalidArgument(e.describe());
            case ACCESS_DENIED -> new AwsException("AccessDeniedException", e.describe());
            default -> new AwsException("InternalFailureException", e.describe(), 500);
        };
    }

    /** Returns the exception's name in the API, such as {@code ResourceNotFoundException}. */
    String type() {
        return type;
    }

    /** Returns the HTTP status it is sent with. */
    int status() {
        return status;
    }

    /** Returns the message, which is never null here. */
    String text() {
        return String.valueOf(getMessage());
    }
}
