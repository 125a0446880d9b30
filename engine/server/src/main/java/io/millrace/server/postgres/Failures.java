package io.millrace.server.postgres;

import java.io.UncheckedIOException;

/** Tells failures that can be reported to the client from those that say it is gone. */
final class Failures {

    private Failures() {}

    /** Throws the failure again where no report could reach the client. */
    static void rethrowIfGone(Throwable failure) {
        if (failure instanceof UncheckedIOException gone) {
            throw gone;
        }
    }
}
