package io.millrace.jdbc.wire;

import java.io.IOException;

/** Opens links to one server. Safe for use by several threads. */
@FunctionalInterface
public interface LinkFactory {

    /** Opens a link, waiting at most so many milliseconds; 0 for ever. */
    Link open(int timeoutMillis) throws IOException;
}
