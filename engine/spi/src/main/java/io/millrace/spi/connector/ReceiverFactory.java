package io.millrace.spi.connector;

import io.millrace.spi.Options;
import java.net.URI;
import java.util.List;

/** Opens receivers by URL. Found with {@link java.util.ServiceLoader}. */
public interface ReceiverFactory {

    /** Returns the URL schemes it serves, such as {@code https}. */
    List<String> schemes();

    /** Returns the names of the options it has; {@link #open} is given these and no others. */
    List<String> options();

    /**
     * Makes a receiver for what the URL names. Nothing is sent before the first batch.
     *
     * @param delivery name of the delivery that will send
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} for a URL or an option it cannot use
     */
    Receiver open(String delivery, URI location, Options options);
}
