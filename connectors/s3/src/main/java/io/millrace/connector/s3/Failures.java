package io.millrace.connector.s3;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Says what a bucket's refusal means. None of them blames a row, whatever the bucket blames: {@code IO_ERROR} is what
 * a delivery tries again.
 */
final class Failures {

    private Failures() {}

    /** Calls the bucket and turns its failures into ours. */
    static <T> T told(S3Location where, String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw failure(where, what, e);
        }
    }

    static MillraceException failure(S3Location where, String what, SdkException e) {
        return new MillraceException(ErrorCode.IO_ERROR, what + " in " + where + " failed: " + reason(e), hint(e), e);
    }

    private static String reason(SdkException e) {
        if (e instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            // An answer to HEAD has no body that would say more.
            String code = answer.awsErrorDetails().errorCode();
            return answer.statusCode() + (code == null ? "" : " " + code) + ", "
                    + answer.awsErrorDetails().errorMessage();
        }
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest == e ? String.valueOf(e.getMessage()) : e.getMessage() + " (" + deepest.getMessage() + ")";
    }

    private static String hint(SdkException e) {
        return switch (status(e)) {
            case 301, 307, 400 -> "check the option 'region'";
            case 403 -> "check the access keys, and what the bucket's policy allows them";
            case 404 -> "check the bucket's name, or make the bucket";
            case 429, 503 -> "the server has too much to do; it is tried again";
            default -> "check the option 'endpoint' and whether the server can be reached";
        };
    }

    /** Returns the HTTP status of an answer, 0 where there was none. */
    static int status(SdkException e) {
        return e instanceof AwsServiceException answer ? answer.statusCode() : 0;
    }
}
