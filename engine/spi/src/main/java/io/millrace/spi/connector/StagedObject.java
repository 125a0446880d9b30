package io.millrace.spi.connector;

import java.io.IOException;
import java.io.OutputStream;

/** A file while it is written, before anybody sees it. For one thread at a time. */
public interface StagedObject extends AutoCloseable {

    /** Returns where the bytes go. */
    OutputStream out();

    /** Ends the file and makes its bytes durable. It may be published from now on. */
    void seal() throws IOException;

    /** Drops the file unless it was sealed. */
    @Override
    void close() throws IOException;
}
