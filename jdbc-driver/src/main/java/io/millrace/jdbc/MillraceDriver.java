package io.millrace.jdbc;

import io.millrace.jdbc.embedded.EmbeddedLinks;
import io.millrace.jdbc.wire.LinkFactory;
import io.millrace.jdbc.wire.SocketLink;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Connects to {@code jdbc:millrace://HOST:PORT/DATABASE?property=value} and {@code
 * jdbc:millrace:embedded:DIRECTORY}. {@link java.sql.DriverManager} finds it by itself. Safe for use by several
 * threads.
 */
public final class MillraceDriver implements Driver {

    static final int MAJOR = 0;
    static final int MINOR = 1;

    /** Where the driver would write to; it has nothing to say. */
    static final Logger LOGGER = Logger.getLogger("io.millrace.jdbc");

    static {
        try {
            DriverManager.registerDriver(new MillraceDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        return open(url, properties);
    }

    /** Opens a connection to what a URL names, which must be one of ours. */
    static MillraceConnection open(String url, @Nullable Properties properties) throws SQLException {
        ConnectionUrl target = ConnectionUrl.parse(url, properties);
        java.nio.file.Path directory = target.directory();
        if (directory == null) {
            return new MillraceConnection(target, pool(target, sockets(target)), () -> {});
        }
        EmbeddedLinks engine = EmbeddedLinks.acquire(directory);
        try {
            return new MillraceConnection(target, pool(target, engine), engine::release);
        } catch (SQLException | RuntimeException e) {
            engine.release();
            throw e;
        }
    }

    private static LinkFactory sockets(ConnectionUrl target) {
        return timeoutMillis -> SocketLink.connect(target.host(), target.port(), timeoutMillis);
    }

    private static SessionPool pool(ConnectionUrl target, LinkFactory links) throws SQLException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", target.text(DriverProperty.USER));
        parameters.put("database", target.database());
        parameters.put("application_name", target.text(DriverProperty.APPLICATION_NAME));
        parameters.put("client_encoding", "UTF8");
        parameters.put("DateStyle", "ISO, MDY");
        // An option of the protocol, which servers that do not know it pass over.
        parameters.put("_pq_.column_types", "on");
        boolean resume = target.truth(DriverProperty.RESUME);
        if (resume) {
            parameters.put("resume_points", "on");
        }
        SessionPool pool = new SessionPool(
                links,
                parameters,
                target.text(DriverProperty.PASSWORD),
                target.truth(DriverProperty.BINARY),
                resume,
                target.number(DriverProperty.CONNECT_TIMEOUT));
        pool.readTimeout(target.number(DriverProperty.NETWORK_TIMEOUT));
        return pool;
    }

    @Override
    public boolean acceptsURL(@Nullable String url) {
        return ConnectionUrl.accepts(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties properties) throws SQLException {
        ConnectionUrl target = ConnectionUrl.parse(acceptsURL(url) ? url : ConnectionUrl.PREFIX + "//", properties);
        DriverProperty[] known = DriverProperty.values();
        DriverPropertyInfo[] infos = new DriverPropertyInfo[known.length];
        for (int i = 0; i < infos.length; i++) {
            infos[i] = known[i].info(target.text(known[i]));
        }
        return infos;
    }

    @Override
    public int getMajorVersion() {
        return MAJOR;
    }

    @Override
    public int getMinorVersion() {
        return MINOR;
    }

    /** Returns false: the language is Calcite's, not all of SQL-92, which is what the word claims. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return LOGGER;
    }
}
