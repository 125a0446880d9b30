package io.millrace.server.postgres;

import io.millrace.server.session.SqlService;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets PostgreSQL clients in: psql, JDBC, ODBC and what builds on them.
 *
 * <p>{@link #start} and {@link #close} are called at most once each; {@link #serve} comes from any thread. Clients are served in threads of their own.
 */
public final class PostgresGateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresGateway.class);

    private static final int BACKLOG = 128;

    /** Connections beyond the sessions allowed, for requests to cancel and for refusals that are heard. */
    private static final int CONNECTIONS_EXTRA = 64;

    /** How long clients get to hear that the server stops. */
    private static final Duration STOP = Duration.ofSeconds(2);

    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    private final SqlService service;
    private final PostgresSettings settings;
    private final Login login;
    private final Connections sessions;
    private final Map<Connection, Thread> connections = new ConcurrentHashMap<>();
    private @Nullable ServerSocket server;
    private volatile boolean closed;

    public PostgresGateway(SqlService service, PostgresSettings settings) {
        SecureRandom random = new SecureRandom();
        this.service = service;
        this.settings = settings;
        this.login = new Login(settings, random);
        this.sessions = new Connections(settings.connectionsMax(), random);
    }

    /**
     * Starts listening and returns the address.
     *
     * @throws MillraceException {@code IN_USE} where the port is taken, {@code INVALID_ARGUMENT} where nobody
     *     could log in
     */
    public InetSocketAddress start() {
        try {
            InetAddress host = InetAddress.getByName(settings.host());
            if (!host.isLoopbackAddress() && settings.users().isEmpty()) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "no user may log in at " + settings.host(),
                        "configure users with passwords, or listen on 127.0.0.1");
            }
            ServerSocket bound = new ServerSocket();
            bound.setReuseAddress(true);
            bind(bound, new InetSocketAddress(host, settings.port()));
            server = bound;
            Thread.ofVirtual().name("postgres-accept").start(() -> accept(bound));
            return new InetSocketAddress(host, bound.getLocalPort());
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR, "cannot listen on " + settings.host() + ": " + e.getMessage(), null, e);
        }
    }

    private void bind(ServerSocket socket, InetSocketAddress address) throws IOException {
        try {
            socket.bind(address, BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw new MillraceException(
                    ErrorCode.IN_USE,
                    "cannot listen on port " + settings.port() + " of " + settings.host() + ": " + e.getMessage(),
                    "choose another port, or 0 for any that is free",
                    e);
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                serve(new SocketStreams(from.accept()));
            } catch (IOException e) {
                if (!from.isClosed()) {
                    LOG.warn("accepting a connection failed", e);
                    pause();
                }
            }
        }
    }

    /** Out of descriptors, say: trying again at once would only burn time. */
    private static void pause() {
        try {
            Thread.sleep(ACCEPT_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Serves one client in a thread of its own, and closes its streams in the end; at once where there are too many,
     * or the gateway is closed. The gateway need not be started.
     */
    public void serve(ClientStreams client) throws IOException {
        if (closed || connections.size() >= settings.connectionsMax() + CONNECTIONS_EXTRA) {
            client.close();
            return;
        }
        Connection connection = new Connection(client, service, settings, login, sessions);
        // A query computes in its client's thread, for as long as it likes: virtual threads would starve the others.
        Thread thread = Thread.ofPlatform().daemon().name("postgres-connection").unstarted(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
        connections.put(connection, thread);
        thread.start();
        if (closed) {
            // It came while the others were being told.
            connection.abort();
        }
    }

    /** Returns how many clients are connected, logged in or not. */
    int connected() {
        return connections.size();
    }

    /** Stops listening, cancels what runs and tells the clients. */
    @Override
    public void close() {
        closed = true;
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            LOG.debug("closing the listening socket failed", e);
        }
        connections.keySet().forEach(Connection::stop);
        long end = System.nanoTime() + STOP.toNanos();
        connections.values().forEach(thread -> join(thread, end));
        connections.keySet().forEach(Connection::abort);
    }

    private static void join(Thread thread, long endNanos) {
        try {
            thread.join(Duration.ofNanos(Math.max(1, endNanos - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
