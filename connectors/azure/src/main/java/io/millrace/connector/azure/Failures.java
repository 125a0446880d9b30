package io.millrace.connector.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.storage.blob.models.BlobStorageException;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;

/**
 * Says what a container's refusal means. None of them blames a row, whatever the container blames: {@code IO_ERROR} is
 * what a delivery tries again.
 */
final class Failures {

    private Failures() {}

    /** Returns what a call failed with; what is ours already stays so. */
    static RuntimeException failure(ContainerClient container, String what, RuntimeException e) {
        if (e instanceof MillraceException ours) {
            return ours;
        }
        return new MillraceException(
                ErrorCode.IO_ERROR,
                what + " in " + container.where() + " failed: " + reason(e),
                hint(container.settings().access(), e),
                e);
    }

    private static String reason(RuntimeException e) {
        if (e instanceof HttpResponseException && status(e) != 0) {
            // The rest of what it says may show what was signed.
            return (status(e) + " " + code(e)).strip();
        }
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
    }

    /** Returns Azure's word for what is wrong, such as {@code BlobNotFound}; empty where it said none. */
    static String code(RuntimeException e) {
        return e instanceof BlobStorageException answer && answer.getErrorCode() != null
                ? answer.getErrorCode().toString()
                : "";
    }

    /** Returns whether a blob was to be made only where there is none, and there is one. */
    static boolean alreadyThere(RuntimeException e) {
        return code(e).equals("BlobAlreadyExists") || status(e) == 412;
    }

    private static String hint(AzureAccess access, RuntimeException e) {
        return switch (status(e)) {
            case 401, 403 ->
                access.credential() == null
                        ? "give 'account_key', 'sas_token' or 'connection_string', or set AZURE_STORAGE_KEY or"
                                + " AZURE_STORAGE_SAS_TOKEN: nothing says whose call it is"
                        : "check the key or the token, what it allows, until when, and the clock of this machine";
            case 404 -> "check the container's name and the account, or make the container";
            case 409 ->
                access.credential() == null
                        ? "give 'account_key', 'sas_token' or 'connection_string': the account may allow nothing"
                                + " without"
                        : "see whether somebody else has a lease on it or writes to it";
            case 429, 503 -> "the server has too much to do; it is tried again";
            default -> "check the account, the option 'endpoint', and whether the server can be reached";
        };
    }

    /** Returns the HTTP status of an answer, 0 where there was none. */
    static int status(RuntimeException e) {
        return e instanceof HttpResponseException answer && answer.getResponse() != null
                ? answer.getResponse().getStatusCode()
                : 0;
    }
}
