package io.millrace.spi.connector;

import java.io.IOException;
import java.time.Instant;

/** Keeps a table in order while others write to it: fewer and longer files, no more history than is wanted. */
public interface TableUpkeep extends AutoCloseable {

    /** Does a bounded amount of work, if some is due, and returns whether it did. What fails may be tried again. */
    boolean step() throws IOException;

    /** Returns when there may be something to do. */
    Instant nextDeadline();

    @Override
    void close();
}
