package io.millrace.spi.connector;

import io.millrace.spi.error.ErrorCode;
import java.io.IOException;

/**
 * A destination that takes rows or records over a protocol and keeps no files of ours: an HTTP endpoint, a search
 * index, a table. For one thread at a time, but for {@link #cancel}.
 */
public sealed interface Receiver extends AutoCloseable permits RecordReceiver, RowReceiver {

    /**
     * Returns whether a batch that is given again under its name is there once. Such a destination notes the name in
     * one transaction with what it takes.
     */
    default boolean exactlyOnce() {
        return false;
    }

    /**
     * Fails where the destination cannot be used as it is now. Asked when a delivery is made, never when it goes on.
     *
     * @throws IOException where it cannot be reached
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} where it has no place for such rows
     */
    default void check() throws IOException {}

    /**
     * Has what is under way, and whatever is begun later, fail with {@link IOException} at once, where it would wait for
     * an answer otherwise. Called by another thread than the one that uses it, which closes it then.
     */
    default void cancel() {}

    /** Returns what Data Firehose's error objects call a refusal; empty where it has no such destination. */
    default String failureName(Refusal refusal) {
        return "";
    }

    /** Returns what Data Firehose's error objects call it that a batch was not taken; empty where it has no such destination. */
    default String failureName(IOException failure) {
        return "";
    }

    @Override
    void close();

    /**
     * A row or record that a destination will not take however often it is given.
     *
     * @param record its place in the batch
     * @param code what kind of failure it is
     * @param reason what the destination says
     * @param name what it calls the failure, such as a status; empty where it has no name for it
     */
    record Refusal(int record, ErrorCode code, String reason, String name) {

        /** A refusal for which the destination has no name. */
        public Refusal(int record, ErrorCode code, String reason) {
            this(record, code, reason, "");
        }
    }
}
