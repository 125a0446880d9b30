package io.millrace.delivery;

import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a delivery does.
 *
 * @param name the delivery
 * @param state what it is at
 * @param guarantee what is promised of its rows: {@code exactly-once} or {@code at-least-once}
 * @param files files made visible in its life
 * @param rows rows in those
 * @param bytes bytes of those
 * @param openFiles files that are being written
 * @param unpublishedFiles files that are durable and not yet visible
 * @param lag entries of the source that are not yet in a visible file
 * @param waiting by split that has such, the position of the first
 * @param rejected entries and rows that could not be delivered in its life
 * @param failures failed attempts since the last success
 * @param lastError what failed last, or null
 * @param lastErrorAt when that was, or null
 * @param nextAttemptAt when it tries again, or null where it does not wait
 */
public record DeliveryStatus(
        String name,
        State state,
        String guarantee,
        long files,
        long rows,
        long bytes,
        int openFiles,
        int unpublishedFiles,
        long lag,
        Map<String, Long> waiting,
        long rejected,
        int failures,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt,
        @Nullable Instant nextAttemptAt) {

    /** What a delivery is at. */
    public enum State {
        RUNNING,
        /** Something failed; it waits to try again. */
        RETRYING,
        CLOSED
    }

    /** Returns what a failure is called where people look. */
    static String describe(Exception failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof MillraceException known) {
                return known.describe();
            }
            if (at instanceof IOException io) {
                return DiskErrors.reason(io);
            }
        }
        return failure.toString();
    }
}
