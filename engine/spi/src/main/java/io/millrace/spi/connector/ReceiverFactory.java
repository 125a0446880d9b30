package io.millrace.spi.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens receivers by URL. Found with {@link java.util.ServiceLoader}, so it loads no library before it opens one. */
public interface ReceiverFactory {

    /** What a receiver is given, which decides how rows wait for it. */
    enum Takes {
        /** Records: rows are encoded when they are read, and wait so. It opens a {@link RecordReceiver}. */
        RECORDS,
        /** Rows, which it sends as they are; a format has no place. It opens a {@link RowReceiver}. */
        ROWS,
        /** Rows, of which it makes records when it sends them, in a format. It opens a {@link RowReceiver}. */
        ROWS_AND_FORMAT
    }

    /** Returns the URL schemes it serves, such as {@code https}. */
    List<String> schemes();

    /** Returns the names of the options it has; {@link #open} is given these and no others. */
    List<String> options();

    /** Returns what its receivers take. */
    default Takes takes() {
        return Takes.RECORDS;
    }

    /** Returns how many rows make a batch, where its receivers take rows. */
    default BatchSize batchSize() {
        return BatchSize.USUAL;
    }

    /**
     * Returns the option that says where its receivers stage files, null where they stage none. What opens stores there
     * has options as well, which a delivery then may give.
     */
    default @Nullable String stagingOption() {
        return null;
    }

    /**
     * Makes a receiver for what the URL names. Nothing is sent, and nothing reached, before the first batch.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} for a URL or an option it cannot use
     */
    Receiver open(ReceiverSetup setup);
}
