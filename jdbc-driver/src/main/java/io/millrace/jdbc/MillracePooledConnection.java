package io.millrace.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a pool hands out again and again. Whoever has it gets a handle; when the handle is closed, the
 * connection is set back to what it was and the pool is told. Safe for use by several threads.
 */
final class MillracePooledConnection implements PooledConnection, ConnectionEvents {

    private final MillraceConnection connection;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private final List<StatementEventListener> statementListeners = new CopyOnWriteArrayList<>();
    private @Nullable ConnectionHandle handle;

    MillracePooledConnection(MillraceConnection connection) {
        this.connection = connection;
        connection.events(this);
    }

    /** Returns a new handle. One that was given before is of no use any more. */
    @Override
    public synchronized Connection getConnection() throws SQLException {
        if (connection.isClosed()) {
            SQLException failure = SqlErrors.closed("connection");
            lost(failure);
            throw failure;
        }
        if (handle != null) {
            handle.invalidate();
            connection.reset();
        }
        ConnectionHandle given = new ConnectionHandle(connection, this);
        handle = given;
        return given.proxy();
    }

    /** Takes the connection back from whoever had it. */
    @SuppressWarnings("ReferenceEquality") // a handle is itself
    void giveBack(ConnectionHandle from) throws SQLException {
        synchronized (this) {
            if (from != handle) {
                return;
            }
            handle = null;
        }
        try {
            connection.reset();
        } catch (SQLException e) {
            lost(e);
            connection.close();
            return;
        }
        ConnectionEvent event = new ConnectionEvent(this);
        listeners.forEach(listener -> listener.connectionClosed(event));
    }

    @Override
    public void lost(SQLException failure) {
        ConnectionEvent event = new ConnectionEvent(this, failure);
        listeners.forEach(listener -> listener.connectionErrorOccurred(event));
    }

    @Override
    public void closed(PreparedStatement statement) {
        StatementEvent event = new StatementEvent(this, statement);
        statementListeners.forEach(listener -> listener.statementClosed(event));
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public void addConnectionEventListener(@Nullable ConnectionEventListener listener) {
        if (listener != null) {
            listeners.add(listener);
        }
    }

    @Override
    public void removeConnectionEventListener(@Nullable ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void addStatementEventListener(@Nullable StatementEventListener listener) {
        if (listener != null) {
            statementListeners.add(listener);
        }
    }

    @Override
    public void removeStatementEventListener(@Nullable StatementEventListener listener) {
        statementListeners.remove(listener);
    }
}
