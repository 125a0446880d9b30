package io.millrace.jdbc;

import io.millrace.jdbc.SessionPool.PooledSession;
import io.millrace.jdbc.wire.ServerException;
import io.millrace.jdbc.wire.WireSession;
import java.io.IOException;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A connection: sessions with one server. Statements of it may be used by different threads at once. {@link #close}
 * and {@link #abort} come from any thread.
 *
 * <p>There are no transactions: each statement stands for itself, and commit and rollback are taken quietly.
 */
final class MillraceConnection extends Unwrapping implements Connection {

    private final ConnectionUrl url;
    private final SessionPool pool;
    private final Runnable onClose;
    private final int idleTimeoutMillis;
    private final int resumeTimeoutMillis;
    private final QueryTimers timers = new QueryTimers();
    private final WarningList warnings = new WarningList();
    private final Set<MillraceStatement> statements =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final Properties clientInfo = new Properties();
    private volatile ConnectionEvents events = ConnectionEvents.NONE;
    private volatile Connection shown = this;
    private volatile boolean closed;
    private boolean autoCommit = true;
    private boolean readOnly;
    private int isolation = TRANSACTION_READ_COMMITTED;
    private int holdability = ResultSet.HOLD_CURSORS_OVER_COMMIT;

    MillraceConnection(ConnectionUrl url, SessionPool pool, Runnable onClose) throws SQLException {
        this.url = url;
        this.pool = pool;
        this.onClose = onClose;
        this.idleTimeoutMillis = url.number(DriverProperty.IDLE_TIMEOUT);
        this.resumeTimeoutMillis = url.number(DriverProperty.RESUME_TIMEOUT);
    }

    /** Says who is to be told what becomes of it. */
    void events(ConnectionEvents listener) {
        events = listener;
        pool.onLost(listener::lost);
    }

    ConnectionEvents events() {
        return events;
    }

    /** Says what its statements are to give for their connection. */
    void shownAs(Connection handle) {
        shown = handle;
    }

    Connection shown() {
        return shown;
    }

    /** Makes it as it was when it was opened, for the next who uses it. */
    void reset() throws SQLException {
        for (MillraceStatement statement : open()) {
            statement.close();
        }
        autoCommit = true;
        readOnly = false;
        isolation = TRANSACTION_READ_COMMITTED;
        holdability = ResultSet.HOLD_CURSORS_OVER_COMMIT;
        clientInfo.clear();
        warnings.clear();
        shown = this;
        pool.readTimeout(url.number(DriverProperty.NETWORK_TIMEOUT));
        pool.reset();
    }

    SessionPool pool() {
        return pool;
    }

    QueryTimers timers() {
        return timers;
    }

    ConnectionUrl url() {
        return url;
    }

    int idleTimeoutMillis() {
        return idleTimeoutMillis;
    }

    int resumeTimeoutMillis() {
        return resumeTimeoutMillis;
    }

    void forget(MillraceStatement statement) {
        statements.remove(statement);
    }

    private void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.closed("connection");
        }
    }

    private <T extends MillraceStatement> T keep(T statement) {
        statements.add(statement);
        return statement;
    }

    @Override
    public Statement createStatement() throws SQLException {
        checkOpen();
        return keep(new MillraceStatement(this));
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return createStatement(type, concurrency, holdability);
    }

    @Override
    public Statement createStatement(int type, int concurrency, int hold) throws SQLException {
        checkOpen();
        MillraceStatement statement = keep(new MillraceStatement(this));
        downgrade(type, concurrency);
        return statement;
    }

    /** Tools ask for scrolling and updating without need: what they get is told in a warning, not a failure. */
    private void downgrade(int type, int concurrency) throws SQLException {
        if (type < ResultSet.TYPE_FORWARD_ONLY || type > ResultSet.TYPE_SCROLL_SENSITIVE) {
            throw SqlErrors.argument("there is no result set type " + type);
        }
        if (concurrency != ResultSet.CONCUR_READ_ONLY && concurrency != ResultSet.CONCUR_UPDATABLE) {
            throw SqlErrors.argument("there is no result set concurrency " + concurrency);
        }
        if (type != ResultSet.TYPE_FORWARD_ONLY || concurrency != ResultSet.CONCUR_READ_ONLY) {
            warnings.add("results are forward-only and read-only", "01S02");
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        checkOpen();
        return keep(new MillracePreparedStatement(this, Escapes.translate(sql), false));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        return prepareStatement(sql, type, concurrency, holdability);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int hold) throws SQLException {
        PreparedStatement statement = prepareStatement(sql);
        downgrade(type, concurrency);
        return statement;
    }

    /** Nothing is generated by itself, so without names of columns there are no keys. */
    @Override
    public PreparedStatement prepareStatement(String sql, int wanted) throws SQLException {
        GeneratedKeys.check(wanted);
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
        GeneratedKeys.check(columns);
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
        checkOpen();
        String translated = Escapes.translate(sql);
        boolean forKeys = columns != null && columns.length > 0 && GeneratedKeys.of(translated);
        String text = forKeys ? GeneratedKeys.returning(translated, columns) : translated;
        return keep(new MillracePreparedStatement(this, text, forKeys));
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        checkOpen();
        throw SqlErrors.unsupported("calling procedures");
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        return prepareCall(sql);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int hold) throws SQLException {
        return prepareCall(sql);
    }

    @Override
    public String nativeSQL(String sql) throws SQLException {
        checkOpen();
        return Escapes.translate(sql);
    }

    /** Has the server tell what a statement takes and answers with, without running it. */
    WireSession.Description describe(String sql, int[] oids) throws SQLException {
        PooledSession session = pool.acquire();
        boolean usable = false;
        try {
            WireSession.Description description = session.wire.describe(sql, oids);
            usable = true;
            return description;
        } catch (IOException e) {
            throw SqlErrors.lost(e);
        } catch (ServerException e) {
            usable = !session.wire.busy();
            throw SqlErrors.of(e);
        } finally {
            pool.release(session, usable);
        }
    }

    @Override
    public void setAutoCommit(boolean wanted) throws SQLException {
        checkOpen();
        autoCommit = wanted;
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        checkOpen();
        return autoCommit;
    }

    @Override
    public void commit() throws SQLException {
        checkOpen();
    }

    @Override
    public void rollback() throws SQLException {
        checkOpen();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (MillraceStatement statement : open()) {
            statement.close();
        }
        pool.close();
        timers.close();
        onClose.run();
    }

    private List<MillraceStatement> open() {
        synchronized (statements) {
            return List.copyOf(statements);
        }
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        if (executor == null) {
            throw SqlErrors.argument("there is no executor");
        }
        if (!closed) {
            closed = true;
            pool.abort();
            timers.close();
            executor.execute(onClose);
        }
    }

    @Override
    public boolean isClosed() {
        return closed || pool.closed();
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        checkOpen();
        return new MillraceDatabaseMetaData(this);
    }

    @Override
    public void setReadOnly(boolean wanted) throws SQLException {
        checkOpen();
        readOnly = wanted;
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        checkOpen();
        return readOnly;
    }

    @Override
    public void setCatalog(String catalog) throws SQLException {
        checkOpen();
    }

    @Override
    public String getCatalog() throws SQLException {
        checkOpen();
        return url.database();
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        checkOpen();
        if (level != TRANSACTION_NONE
                && level != TRANSACTION_READ_UNCOMMITTED
                && level != TRANSACTION_READ_COMMITTED
                && level != TRANSACTION_REPEATABLE_READ
                && level != TRANSACTION_SERIALIZABLE) {
            throw SqlErrors.argument("there is no isolation level " + level);
        }
        isolation = level;
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        checkOpen();
        return isolation;
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings.first();
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        warnings.clear();
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        checkOpen();
        return Map.of();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        checkOpen();
        if (map != null && !map.isEmpty()) {
            throw SqlErrors.unsupported("mapping types");
        }
    }

    @Override
    public void setHoldability(int wanted) throws SQLException {
        checkOpen();
        if (wanted != ResultSet.HOLD_CURSORS_OVER_COMMIT && wanted != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
            throw SqlErrors.argument("there is no holdability " + wanted);
        }
        holdability = wanted;
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        return holdability;
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        checkOpen();
        throw SqlErrors.unsupported("a savepoint");
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return setSavepoint();
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        setSavepoint();
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        setSavepoint();
    }

    @Override
    public Clob createClob() throws SQLException {
        checkOpen();
        throw SqlErrors.unsupported("a CLOB");
    }

    @Override
    public Blob createBlob() throws SQLException {
        checkOpen();
        throw SqlErrors.unsupported("a BLOB");
    }

    @Override
    public NClob createNClob() throws SQLException {
        checkOpen();
        throw SqlErrors.unsupported("an NCLOB");
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        checkOpen();
        throw SqlErrors.unsupported("SQLXML");
    }

    @Override
    public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
        checkOpen();
        return MillraceArray.of(typeName, Arrays.asList(elements));
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        checkOpen();
        return new MillraceStruct(typeName, attributes);
    }

    @Override
    public boolean isValid(int timeoutSeconds) throws SQLException {
        if (timeoutSeconds < 0) {
            throw SqlErrors.argument("a timeout of " + timeoutSeconds + " s");
        }
        if (isClosed()) {
            return false;
        }
        try (Statement statement = createStatement()) {
            statement.setQueryTimeout(timeoutSeconds);
            statement.execute("SELECT 1");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        if (isClosed()) {
            throw new SQLClientInfoException(
                    "the connection is closed", "08003", Map.of(name, ClientInfoStatus.REASON_UNKNOWN));
        }
        if (!name.equals("ApplicationName")) {
            warnings.add("there is no client info " + name, "01S00");
            return;
        }
        String application = value == null ? "" : value;
        try (Statement statement = createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET application_name = '" + application.replace("'", "''") + "'");
            clientInfo.setProperty(name, application);
        } catch (SQLException e) {
            throw new SQLClientInfoException(
                    e.getMessage(), e.getSQLState(), Map.of(name, ClientInfoStatus.REASON_UNKNOWN), e);
        }
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        for (String name : properties.stringPropertyNames()) {
            setClientInfo(name, properties.getProperty(name));
        }
    }

    @Override
    public @Nullable String getClientInfo(String name) throws SQLException {
        checkOpen();
        return clientInfo.getProperty(name);
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        checkOpen();
        Properties copy = new Properties();
        copy.putAll(clientInfo);
        return copy;
    }

    @Override
    public void setSchema(String schema) throws SQLException {
        checkOpen();
        try (Statement statement = createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET search_path = \"" + schema.replace("\"", "\"\"") + "\"");
        }
    }

    @Override
    public @Nullable String getSchema() throws SQLException {
        checkOpen();
        try (Statement statement = createStatement();
                ResultSet schema = statement.executeQuery("SELECT current_schema()")) {
            return schema.next() ? schema.getString(1) : null;
        }
    }

    @Override
    public void setNetworkTimeout(Executor executor, int millis) throws SQLException {
        checkOpen();
        if (millis < 0) {
            throw SqlErrors.argument("a timeout of " + millis + " ms");
        }
        pool.readTimeout(millis);
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        checkOpen();
        return pool.readTimeoutMillis();
    }
}
