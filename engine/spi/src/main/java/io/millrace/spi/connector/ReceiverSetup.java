package io.millrace.spi.connector;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
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
        Function<URI, ObjectStore> stores) {

    /**
     * Returns the place of the column that the option {@code key} names, -1 where it names none.
     *
     * @param hint what to do where there is no such column
     * @throws MillraceException {@code UNDEFINED_COLUMN}
     */
    public int keyColumn(String hint) {
        String key = options.get("key", "");
        int place = type.indexOf(key);
        if (!key.isEmpty() && place < 0) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_COLUMN, "the key '" + key + "' is no column that is delivered", hint);
        }
        return place;
    }
}
