package io.millrace.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;

/**
 * Connects by properties in place of a URL, as application servers and pools do it: {@code serverName}, {@code
 * portNumber}, {@code databaseName}, {@code user} and {@code password}, or {@code url} for all of it. What else a URL
 * can say is set by {@link #setProperty}.
 *
 * <p>As a {@link ConnectionPoolDataSource} it gives connections that a pool hands out again and again; each is as new
 * when it comes back. Set up by one thread; then safe for use by several.
 */
public final class MillraceDataSource extends Unwrapping implements DataSource, ConnectionPoolDataSource {

    private static final long MILLIS_PER_SECOND = 1000;

    private final Properties properties = new Properties();
    private @Nullable String url;
    private String serverName = "localhost";
    private int portNumber = ConnectionUrl.PORT;
    private String databaseName = "millrace";
    private @Nullable PrintWriter logWriter;
    private int loginTimeoutSeconds;

    @Override
    public Connection getConnection() throws SQLException {
        return open(properties);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return open(withUser(user, password));
    }

    @Override
    public PooledConnection getPooledConnection() throws SQLException {
        return new MillracePooledConnection(open(properties));
    }

    @Override
    public PooledConnection getPooledConnection(String user, String password) throws SQLException {
        return new MillracePooledConnection(open(withUser(user, password)));
    }

    private Properties withUser(String user, String password) {
        Properties given = new Properties();
        given.putAll(properties);
        given.setProperty(DriverProperty.USER.key, user);
        given.setProperty(DriverProperty.PASSWORD.key, password == null ? "" : password);
        return given;
    }

    private MillraceConnection open(Properties given) throws SQLException {
        Properties all = new Properties();
        all.putAll(given);
        if (loginTimeoutSeconds > 0) {
            all.setProperty(
                    DriverProperty.CONNECT_TIMEOUT.key, String.valueOf(loginTimeoutSeconds * MILLIS_PER_SECOND));
        }
        return MillraceDriver.open(getUrl(), all);
    }

    /** Returns the URL it connects to, without user and password. */
    public String getUrl() {
        String given = url;
        if (given != null) {
            return given;
        }
        String host = serverName.indexOf(':') >= 0 ? "[" + serverName + "]" : serverName;
        String database = java.net.URLEncoder.encode(databaseName, java.nio.charset.StandardCharsets.UTF_8);
        return ConnectionUrl.PREFIX + "//" + host + ":" + portNumber + "/" + database;
    }

    /** Sets the whole URL; server, port and database do not matter then. */
    public void setUrl(@Nullable String url) {
        this.url = url;
    }

    public String getServerName() {
        return serverName;
    }

    public void setServerName(String serverName) {
        this.serverName = serverName;
    }

    public int getPortNumber() {
        return portNumber;
    }

    public void setPortNumber(int portNumber) {
        this.portNumber = portNumber;
    }

    public String getDatabaseName() {
        return databaseName;
    }

    public void setDatabaseName(String databaseName) {
        this.databaseName = databaseName;
    }

    public @Nullable String getUser() {
        return getProperty(DriverProperty.USER.key);
    }

    public void setUser(@Nullable String user) {
        setProperty(DriverProperty.USER.key, user);
    }

    /** Sets the password; there is no way to read it back. */
    public void setPassword(@Nullable String password) {
        setProperty(DriverProperty.PASSWORD.key, password);
    }

    /** Returns what {@link #setProperty} set, or null. */
    public @Nullable String getProperty(String name) {
        return properties.getProperty(name);
    }

    /** Sets one of the properties that a URL can have; null takes it away. */
    public void setProperty(String name, @Nullable String value) {
        if (value == null) {
            properties.remove(name);
        } else {
            properties.setProperty(name, value);
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    /** Takes a writer as the interface has it; nothing is ever written to it. */
    @Override
    public void setLogWriter(@Nullable PrintWriter writer) {
        logWriter = writer;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeoutSeconds;
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        if (seconds < 0) {
            throw SqlErrors.argument("a timeout of " + seconds + " s");
        }
        loginTimeoutSeconds = seconds;
    }

    @Override
    public Logger getParentLogger() {
        return MillraceDriver.LOGGER;
    }
}
