package io.millrace.spi.connector;

import io.millrace.spi.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * An entry, or a row made of one, that could not be used. It goes to the error stream and is never lost
 * silently.
 *
 * @param source stream it came from
 * @param position where it is in there: shard and sequence number; empty where nothing is known
 * @param code what kind of failure it is
 * @param reason what is wrong with it
 * @param data the entry's bytes, or its row as text
 * @param rowtimeMicros its ROWTIME, microseconds since 1970; its arrival time where the ROWTIME cannot be read,
 *     {@link io.millrace.spi.row.RowOrigins#NO_ROWTIME} where nothing is known
 * @param processing what a delivery's transformation says of it; null where it failed in another way
 */
public record RejectedEntry(
        String source,
        String position,
        ErrorCode code,
        String reason,
        byte[] data,
        long rowtimeMicros,
        @Nullable Processing processing) {

    /**
     * How a record's transformation failed.
     *
     * @param errorCode in the words of Data Firehose, such as {@code Lambda.ProcessingFailedStatus}
     * @param attempts how often it was tried
     * @param function what transforms, empty where it is built in
     * @param routed whether it was known where the record goes
     */
    public record Processing(String errorCode, int attempts, String function, boolean routed) {

        /** A failure before it was known where the record goes. */
        public Processing(String errorCode, int attempts, String function) {
            this(errorCode, attempts, function, false);
        }
    }

    /** An entry that failed otherwise than in a transformation. */
    public RejectedEntry(
            String source, String position, ErrorCode code, String reason, byte[] data, long rowtimeMicros) {
        this(source, position, code, reason, data, rowtimeMicros, null);
    }
}
