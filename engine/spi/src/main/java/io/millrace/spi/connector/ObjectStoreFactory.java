package io.millrace.spi.connector;

import io.millrace.spi.Options;
import java.net.URI;
import java.util.List;

/** Opens object stores by URL. Found with {@link java.util.ServiceLoader}. */
public interface ObjectStoreFactory {

    /** Returns the URL schemes it serves, such as {@code file}. */
    List<String> schemes();

    /** Returns the names of the options it has; {@link #open} is given these and no others. */
    default List<String> options() {
        return List.of();
    }

    /**
     * Opens the store that the URL names.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} for a URL or an option it
     *     cannot use, {@code IO_ERROR} where the place cannot be written
     */
    ObjectStore open(URI location, Options options);

    /**
     * Opens a store that is only read from: nothing is made there.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} as with {@link #open}, {@code
     *     UNDEFINED_NAME} where there is no such place
     */
    default ObjectStore openToRead(URI location, Options options) {
        return open(location, options);
    }
}
