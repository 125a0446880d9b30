package io.millrace.delivery.spool;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RejectedEntry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens beside sending.
 *
 * @param stream name of the stream that is delivered, for messages
 * @param backup where records go as files, closed with the store; null for nowhere
 * @param names what those files are called
 * @param backsUpAll whether that is all records, or those that are not delivered
 * @param delimited whether each of all records is followed by a newline there; those that came whole are not, as in Data
 *     Firehose
 * @param retryMax how long a batch is sent again before its records count as undelivered; null for ever
 * @param rejected takes what is not delivered, in the thread that steps
 * @param clock for the time of retries
 */
public record SpoolSettings(
        String stream,
        @Nullable ObjectStore backup,
        BackupNames names,
        boolean backsUpAll,
        boolean delimited,
        @Nullable Duration retryMax,
        Consumer<RejectedEntry> rejected,
        InstantSource clock) {}
