package io.millrace.server.postgres;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The two streams between a client and the door, over a socket or within the process. */
public interface ClientStreams extends Closeable {

    InputStream in() throws IOException;

    OutputStream out() throws IOException;

    /** Returns whether the client is on this machine. */
    boolean local();

    /** Ends both streams at once, from any thread; whoever reads or writes them fails or is at their end. */
    @Override
    void close() throws IOException;
}
