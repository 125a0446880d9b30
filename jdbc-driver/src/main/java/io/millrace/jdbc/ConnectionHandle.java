package io.millrace.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What whoever takes a connection out of a pool has of it, until it is closed or the pool gives another out. */
final class ConnectionHandle implements InvocationHandler {

    private final MillraceConnection connection;
    private final MillracePooledConnection pooled;
    private final Connection proxy;
    private volatile boolean closed;

    ConnectionHandle(MillraceConnection connection, MillracePooledConnection pooled) {
        this.connection = connection;
        this.pooled = pooled;
        this.proxy = (Connection)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, this);
        connection.shownAs(proxy);
    }

    Connection proxy() {
        return proxy;
    }

    void invalidate() {
        closed = true;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a handle is itself
    public @Nullable Object invoke(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        switch (method.getName()) {
            case "close":
                close();
                return null;
            case "isClosed":
                return closed || connection.isClosed();
            case "isValid":
                return !closed && Boolean.TRUE.equals(call(method, arguments));
            case "abort":
                return closed ? null : call(method, arguments);
            case "equals":
                return arguments != null && target == arguments[0];
            case "hashCode":
                return System.identityHashCode(target);
            case "toString":
                return "handle of " + connection.url().url();
            default:
                if (closed) {
                    throw SqlErrors.closed("connection");
                }
                return call(method, arguments);
        }
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private void close() throws SQLException {
        if (!closed) {
            closed = true;
            pooled.giveBack(this);
        }
    }
}
