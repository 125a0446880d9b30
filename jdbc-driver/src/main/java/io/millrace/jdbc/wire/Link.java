package io.millrace.jdbc.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Two streams to a server, over a socket or inside one process. */
public interface Link extends Closeable {

    InputStream in() throws IOException;

    OutputStream out() throws IOException;

    /** Sets how long a read may wait, in milliseconds; 0 for ever. */
    void readTimeout(int millis) throws IOException;

    /** Ends the link at once, from any thread; whoever reads or writes fails. */
    @Override
    void close();
}
