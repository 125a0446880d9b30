package io.millrace.jdbc.embedded;

import io.millrace.jdbc.wire.Link;
import java.io.IOException;

/** An engine in this process. Safe for use by several threads. */
public interface EmbeddedEngine extends AutoCloseable {

    /** Opens a link on which the engine speaks PostgreSQL's protocol. */
    Link connect() throws IOException;

    /** Stops the engine; its links end. */
    @Override
    void close();
}
