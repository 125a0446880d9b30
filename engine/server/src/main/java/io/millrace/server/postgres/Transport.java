package io.millrace.server.postgres;

import io.millrace.server.postgres.security.Tls;
import io.millrace.server.postgres.wire.MessageReader;
import io.millrace.server.postgres.wire.ProtocolException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A client's streams as messages, encrypted from some point on where the client wants that and the server can. For
 * the connection's thread alone until the client is logged in.
 */
final class Transport {

    /** The first byte of a TLS handshake; no first message of PostgreSQL's protocol can have it. */
    private static final int HANDSHAKE = 0x16;

    private final ClientStreams streams;
    private final @Nullable Tls tls;
    private MessageReader in;
    private Outbox out;
    private boolean encrypted;

    /** @param tls how to encrypt, or null where the server does not */
    Transport(ClientStreams streams, @Nullable Tls tls) throws IOException {
        this.streams = streams;
        this.tls = tls;
        this.in = new MessageReader(streams.in());
        this.out = new Outbox(streams.out());
        if (tls != null && in.startsWith(HANDSHAKE)) {
            encrypt(tls, in.buffered(), true);
        }
    }

    MessageReader in() {
        return in;
    }

    Outbox out() {
        return out;
    }

    boolean local() {
        return streams.local();
    }

    /** Returns what a login over this connection can be bound to, or null where it is not encrypted. */
    byte @Nullable [] endPoint() {
        return encrypted && tls != null ? tls.endPoint() : null;
    }

    /** Answers a request to encrypt. */
    void encryptIfPossible() throws IOException {
        if (tls == null || encrypted || !streams.canEncrypt()) {
            out.buffer().int8('N');
            out.flush();
            return;
        }
        if (in.buffered().length > 0) {
            // Somebody in between may have put it there, to have it taken for what the client sent encrypted.
            throw new ProtocolException("received unencrypted data after SSL request");
        }
        out.buffer().int8('S');
        out.flush();
        encrypt(tls, new byte[0], false);
    }

    private void encrypt(Tls with, byte[] consumed, boolean direct) throws IOException {
        streams.encrypt(with, consumed, direct);
        in = new MessageReader(streams.in());
        out = new Outbox(streams.out());
        encrypted = true;
    }
}
