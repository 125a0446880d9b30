package io.millrace.server.http;

import io.millrace.server.postgres.security.Users;
import java.net.InetSocketAddress;

/**
 * How the HTTP door is set up.
 *
 * @param address where to listen, port 0 for any that is free
 * @param users who may ask
 * @param trustLoopback whether programs of this machine need no password while there are no users
 */
public record HttpSettings(InetSocketAddress address, Users users, boolean trustLoopback) {

    /** Most queries at a time. */
    static final int QUERIES_MAX = 200;

    /** Most bytes of a request. */
    static final int REQUEST_BYTES_MAX = 16 << 20;
}
