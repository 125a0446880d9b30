package io.millrace.connector.iceberg;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;

/**
 * Says what a failure of Iceberg means. None of them blames a row: {@code IO_ERROR} is what a delivery tries again.
 */
final class Failures {

    private Failures() {}

    /** Something that is done with a table. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws IOException;
    }

    /** Calls Iceberg and turns its failures into ours. */
    static <T> T told(String what, Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (MillraceException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failure(what, e);
        }
    }

    private static MillraceException failure(String what, RuntimeException e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof MillraceException known) {
                return known;
            }
        }
        return new MillraceException(ErrorCode.IO_ERROR, what + " failed: " + reason(e), hint(e), e);
    }

    private static String reason(RuntimeException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String own = e.getMessage() == null ? e.toString() : firstLine(e.getMessage());
        return deepest == e ? own : own + " (" + firstLine(String.valueOf(deepest.getMessage())) + ")";
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String hint(RuntimeException e) {
        if (e instanceof ForbiddenException || e instanceof NotAuthorizedException) {
            return "check what the catalog is told of who asks: catalog_token, catalog_credential";
        }
        if (e instanceof CommitStateUnknownException) {
            return "the next attempt looks whether it came through";
        }
        return "check that the catalog and the warehouse can be reached";
    }
}
