package io.millrace.spi.connector;

import io.millrace.spi.Options;
import java.util.List;

/**
 * Opens tables of other systems by URL, to be read. Found by {@link java.util.ServiceLoader}. Safe for use by several
 * threads.
 */
public interface RelationFactory {

    /** Returns the schemes of the URLs it opens: what stands before the first colon. */
    List<String> schemes();

    /** Returns the names of the options it knows. */
    List<String> options();

    /**
     * Returns a table, without asking for it.
     *
     * @param name what it is called in statements
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} where URL or options are not right
     */
    Relation open(String name, String url, Options options);
}
