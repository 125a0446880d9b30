package io.millrace.server.postgres;

import io.millrace.server.postgres.security.Tls;
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

    /** Returns whether {@link #encrypt} is of use. */
    default boolean canEncrypt() {
        return false;
    }

    /**
     * Encrypts all that follows; {@link #in} and {@link #out} return other streams afterwards.
     *
     * @param consumed what was read of the client's handshake already
     * @param direct whether the client began with the handshake
     */
    default void encrypt(Tls tls, byte[] consumed, boolean direct) throws IOException {
        throw new IOException("these streams are never encrypted");
    }

    /** Ends both streams at once, from any thread; whoever reads or writes them fails or is at their end. */
    @Override
    void close() throws IOException;
}
