package io.millrace.jdbc;

import io.millrace.jdbc.wire.LinkFactory;
import io.millrace.jdbc.wire.ServerException;
import io.millrace.jdbc.wire.WireSession;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one connection: the first, and more while results are open. What was {@code SET} on one is set on
 * each of them before it is used again. Safe for use by several threads.
 */
final class SessionPool {

    /** Idle sessions kept besides the first. */
    private static final int IDLE_MAX = 2;

    private final LinkFactory links;
    private final Map<String, String> parameters;
    private final String password;
    private final boolean binary;
    private final int connectTimeoutMillis;
    private final boolean reopens;
    /** The first session; null where it was lost and is to be opened anew. */
    private @Nullable PooledSession primary;

    private final Deque<PooledSession> idle = new ArrayDeque<>();
    private final Set<PooledSession> open = new HashSet<>();
    private final List<String> settings = new ArrayList<>();
    private boolean primaryIdle = true;
    private boolean closed;
    private volatile int readTimeoutMillis;
    private volatile boolean changed;
    private volatile Consumer<SQLException> onLost = failure -> {};

    /** @param reopens whether sessions that are lost are opened anew, the first among them, with what was set on them */
    SessionPool(
            LinkFactory links,
            Map<String, String> parameters,
            String password,
            boolean binary,
            boolean reopens,
            int connectTimeoutMillis)
            throws SQLException {
        this.links = links;
        this.parameters = parameters;
        this.password = password;
        this.binary = binary;
        this.reopens = reopens;
        this.connectTimeoutMillis = connectTimeoutMillis;
        open();
    }

    /** A session, and how many of the settings it has. For whoever acquired it. */
    static final class PooledSession {
        final WireSession wire;
        private int settingsApplied;

        PooledSession(WireSession wire) {
            this.wire = wire;
        }
    }

    /** Returns a session that is free, opening one where there is none. It is to be given back. */
    PooledSession acquire() throws SQLException {
        PooledSession session = takeIdle();
        if (session == null) {
            session = open();
        }
        try {
            session.wire.readTimeout(readTimeoutMillis);
            catchUp(session);
            return session;
        } catch (IOException e) {
            release(session, false);
            throw SqlErrors.lost(e);
        } catch (ServerException e) {
            release(session, !session.wire.busy());
            throw SqlErrors.of(e);
        }
    }

    private synchronized @Nullable PooledSession takeIdle() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("connection");
        }
        if (primaryIdle && primary != null) {
            primaryIdle = false;
            return primary;
        }
        return idle.poll();
    }

    private PooledSession open() throws SQLException {
        PooledSession session;
        try {
            session = new PooledSession(WireSession.open(links, parameters, password, binary, connectTimeoutMillis));
        } catch (IOException e) {
            throw new java.sql.SQLNonTransientConnectionException("cannot connect: " + e.getMessage(), "08001", e);
        } catch (ServerException e) {
            throw SqlErrors.of(e);
        }
        synchronized (this) {
            if (!closed) {
                open.add(session);
                if (primary == null) {
                    primary = session;
                }
                return session;
            }
        }
        session.wire.abort();
        throw SqlErrors.closed("connection");
    }

    private void catchUp(PooledSession session) throws IOException, ServerException {
        List<String> missing;
        synchronized (this) {
            missing = List.copyOf(settings.subList(session.settingsApplied, settings.size()));
        }
        for (String sql : missing) {
            session.wire.run(sql);
            session.settingsApplied++;
        }
    }

    /** Gives a session back; {@code usable} says whether its last answer was read to the end. */
    @SuppressWarnings("ReferenceEquality") // a session is itself
    void release(PooledSession session, boolean usable) {
        boolean lost;
        synchronized (this) {
            boolean first = session == primary;
            if (usable && !closed) {
                if (first) {
                    primaryIdle = true;
                    return;
                }
                if (idle.size() < IDLE_MAX) {
                    idle.push(session);
                    return;
                }
            }
            open.remove(session);
            // Without its first session the connection has lost its state: temporary views, cursors.
            lost = first && !reopens && !closed;
            closed |= lost;
            if (first) {
                primary = null;
                primaryIdle = false;
            }
        }
        if (usable) {
            session.wire.close();
        } else {
            session.wire.abort();
        }
        if (lost) {
            abort();
            onLost.accept(SqlErrors.lost(new IOException("its first session has ended")));
        }
    }

    boolean reopens() {
        return reopens;
    }

    /** Says whom to tell when the connection is lost. */
    void onLost(Consumer<SQLException> listener) {
        onLost = listener;
    }

    /** Takes note of a statement after which a session is not as it was. */
    void uses(String sql) {
        if (SqlText.changesSession(sql)) {
            changed = true;
        }
    }

    /** Makes the sessions as new. No answer may be open. */
    void reset() throws SQLException {
        if (!changed) {
            return;
        }
        List<PooledSession> others = new ArrayList<>();
        synchronized (this) {
            others.addAll(idle);
            idle.clear();
            open.removeAll(others);
            settings.clear();
            if (primary != null) {
                primary.settingsApplied = 0;
            }
        }
        others.forEach(session -> session.wire.close());
        PooledSession first = acquire();
        boolean usable = false;
        try {
            first.wire.run("ROLLBACK");
            first.wire.run("DISCARD ALL");
            changed = false;
            usable = true;
        } catch (IOException e) {
            throw SqlErrors.lost(e);
        } catch (ServerException e) {
            throw SqlErrors.of(e);
        } finally {
            release(first, usable);
        }
    }

    /** Remembers that a session ran a {@code SET}, for the others. */
    synchronized void set(PooledSession session, String sql) {
        if (session.settingsApplied == settings.size()) {
            session.settingsApplied++;
        }
        settings.add(sql);
    }

    synchronized boolean closed() {
        return closed;
    }

    int readTimeoutMillis() {
        return readTimeoutMillis;
    }

    void readTimeout(int millis) {
        readTimeoutMillis = millis;
        for (PooledSession session : all()) {
            try {
                session.wire.readTimeout(millis);
            } catch (IOException e) {
                // It is lost; whoever uses it finds out.
            }
        }
    }

    private synchronized List<PooledSession> all() {
        return List.copyOf(open);
    }

    /** Ends the sessions politely. Their answers are at an end already. */
    void close() {
        List<PooledSession> ending = shut();
        ending.forEach(session -> session.wire.close());
    }

    /** Ends the sessions at once; whoever waits for one fails. */
    void abort() {
        shut().forEach(session -> session.wire.abort());
    }

    private synchronized List<PooledSession> shut() {
        closed = true;
        List<PooledSession> ending = List.copyOf(open);
        open.clear();
        idle.clear();
        return ending;
    }
}
