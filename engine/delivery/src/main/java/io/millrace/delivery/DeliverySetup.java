package io.millrace.delivery;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.Source;
import io.millrace.spi.type.DataType.RowType;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * All that a delivery is made of.
 *
 * @param name the delivery's name, which its files' names begin with
 * @param stream name of the stream it delivers, for messages
 * @param source where the rows come from; closed with the delivery
 * @param type type of the rows
 * @param format how files are written
 * @param store where files go; closed with the delivery
 * @param journal file that the delivery remembers its progress in; its own
 * @param options when files are ended
 * @param clock for the age of files and for retries
 * @param random for the jitter of retries and the delivery's name part
 * @param rejected takes what cannot be delivered, in the thread that steps
 */
public record DeliverySetup(
        String name,
        String stream,
        Source source,
        RowType type,
        DeliveryFormat format,
        ObjectStore store,
        Path journal,
        DeliveryOptions options,
        InstantSource clock,
        RandomGenerator random,
        Consumer<RejectedEntry> rejected) {}
