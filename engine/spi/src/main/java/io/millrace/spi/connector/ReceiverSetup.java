package io.millrace.spi.connector;

import io.millrace.spi.Options;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.type.DataType.RowType;
import java.net.URI;
import java.util.function.Function;

/**
 * All that a receiver is made of.
 *
 * @param delivery name of the delivery that will send
 * @param sender what tells this sender from all others, also from one of the same delivery's name; the same in all its
 *     lives
 * @param location where to send
 * @param type of the rows
 * @param format turns rows into records, for a {@link RowReceiver} that sends these
 * @param formatOptions the format's own
 * @param options those that the factory has
 * @param stores opens the store of files at a place; whoever asks closes it
 */
public record ReceiverSetup(
        String delivery,
        String sender,
        URI location,
        RowType type,
        RecordFormat format,
        Options formatOptions,
        Options options,
        Function<URI, ObjectStore> stores) {}
