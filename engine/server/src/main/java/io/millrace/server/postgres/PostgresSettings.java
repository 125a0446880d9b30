package io.millrace.server.postgres;

import io.millrace.server.postgres.security.Tls;
import io.millrace.server.postgres.security.Users;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the door for PostgreSQL clients is set up.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for any that is free
 * @param database name of the one database
 * @param serverVersion what clients are told; it starts with a version of PostgreSQL, which they parse
 * @param trustLoopback whether clients of this machine need no password while there are no users
 * @param users who may connect
 * @param tls how connections are encrypted, or null where none is
 * @param connectionsMax most sessions at a time
 * @param messageBytesMax most bytes of one message of a client
 * @param startupTimeout how long a client may take to log in
 * @param keepAlive how often a client that waits for rows is sent something
 * @param suspendAfter how long a limited fetch of an endless answer waits for more than it has
 */
public record PostgresSettings(
        String host,
        int port,
        String database,
        String serverVersion,
        boolean trustLoopback,
        Users users,
        @Nullable Tls tls,
        int connectionsMax,
        int messageBytesMax,
        Duration startupTimeout,
        Duration keepAlive,
        Duration suspendAfter) {

    /** Returns the settings for a door on loopback at port 5433 that trusts this machine. */
    public static PostgresSettings defaults() {
        return new PostgresSettings(
                "127.0.0.1",
                5433,
                "millrace",
                "15.0 (Millrace 0.1.0)",
                true,
                Users.of(Map.of()),
                null,
                200,
                64 * 1024 * 1024,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofMillis(5));
    }

    public PostgresSettings withAddress(String host, int port) {
        return new PostgresSettings(
                host,
                port,
                database,
                serverVersion,
                trustLoopback,
                users,
                tls,
                connectionsMax,
                messageBytesMax,
                startupTimeout,
                keepAlive,
                suspendAfter);
    }

    /** Returns them with users; while there are none, {@code trustLoopback} lets this machine in. */
    public PostgresSettings withUsers(Users users, boolean trustLoopback) {
        return new PostgresSettings(
                host,
                port,
                database,
                serverVersion,
                trustLoopback,
                users,
                tls,
                connectionsMax,
                messageBytesMax,
                startupTimeout,
                keepAlive,
                suspendAfter);
    }

    /** Returns them with a certificate, under which connections are encrypted that ask for it. */
    public PostgresSettings withTls(@Nullable Tls tls) {
        return new PostgresSettings(
                host,
                port,
                database,
                serverVersion,
                trustLoopback,
                users,
                tls,
                connectionsMax,
                messageBytesMax,
                startupTimeout,
                keepAlive,
                suspendAfter);
    }

    public PostgresSettings withLimits(int connectionsMax, int messageBytesMax, Duration startupTimeout) {
        return new PostgresSettings(
                host,
                port,
                database,
                serverVersion,
                trustLoopback,
                users,
                tls,
                connectionsMax,
                messageBytesMax,
                startupTimeout,
                keepAlive,
                suspendAfter);
    }

    public PostgresSettings withKeepAlive(Duration keepAlive) {
        return new PostgresSettings(
                host,
                port,
                database,
                serverVersion,
                trustLoopback,
                users,
                tls,
                connectionsMax,
                messageBytesMax,
                startupTimeout,
                keepAlive,
                suspendAfter);
    }
}
