package io.millrace.server.http;

import io.millrace.server.postgres.security.Tls;
import io.millrace.server.postgres.security.Users;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * How the HTTP door is set up.
 *
 * @param address where to listen, port 0 for any that is free
 * @param users who may ask
 * @param trustLoopback whether programs of this machine need no password while there are no users
 * @param tls how connections are encrypted that ask for it, on the same port, or null where none is
 */
public record HttpSettings(
        InetSocketAddress address,
        Users users,
        boolean trustLoopback,
        @Nullable Tls tls) {

    /** Most queries at a time. */
    static final int QUERIES_MAX = 200;

    /** Most bytes of a request. */
    static final int REQUEST_BYTES_MAX = 16 << 20;
}
