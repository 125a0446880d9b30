package io.millrace.jdbc;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs statements, one at a time. For one thread at a time, but for {@link #cancel} and {@link #close}. */
class MillraceStatement extends Unwrapping implements Statement {

    private static final int[] NO_OIDS = {};

    final MillraceConnection connection;
    final WarningList warnings = new WarningList();
    private final List<String> batch = new ArrayList<>();
    private volatile boolean closed;
    private volatile @Nullable Execution running;
    private @Nullable MillraceResultSet result;
    private long updateCount = -1;
    private int maxRows;
    private int fetchSize;
    private int timeoutSeconds;
    private boolean escapes = true;
    private boolean closeOnCompletion;
    private boolean poolable;

    MillraceStatement(MillraceConnection connection) {
        this.connection = connection;
    }

    final void checkOpen() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("statement");
        }
    }

    /** Runs SQL with parameters put in; returns whether it answers with rows. */
    final boolean run(String sql, List<@Nullable String> parameters, int[] oids) throws SQLException {
        checkOpen();
        endResult();
        warnings.clear();
        Request request =
                new Request(sql, parameters, oids, maxRows, timeoutSeconds * 1000L, connection.idleTimeoutMillis());
        Execution execution = new Execution(connection.pool(), request, warnings, connection.resumeTimeoutMillis());
        running = execution;
        if (closed) {
            throw SqlErrors.closed("statement");
        }
        execution.start(connection.timers());
        if (execution.hasRows()) {
            result = new MillraceResultSet(this, execution, fetchSize);
            return true;
        }
        updateCount = CommandTag.updateCount(execution.finish());
        return false;
    }

    final String translate(String sql) throws SQLException {
        return escapes ? Escapes.translate(sql) : sql;
    }

    private void endResult() {
        MillraceResultSet previous = result;
        result = null;
        updateCount = -1;
        if (previous != null) {
            previous.end();
        }
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        checkOpen();
        return run(translate(sql), List.of(), NO_OIDS);
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        return query(execute(sql));
    }

    final ResultSet query(boolean rows) throws SQLException {
        MillraceResultSet answer = result;
        if (!rows || answer == null) {
            throw new SQLException("the statement answers with no rows", "02000");
        }
        return answer;
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return count(executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        return update(execute(sql));
    }

    final long update(boolean rows) throws SQLException {
        if (rows) {
            endResult();
            throw new SQLException("the statement answers with rows", "0100E");
        }
        return Math.max(0, updateCount);
    }

    static int count(long rows) {
        return rows > Integer.MAX_VALUE ? SUCCESS_NO_INFO : (int) rows;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Execution execution = running;
        if (execution != null) {
            execution.close();
        }
        connection.forget(this);
    }

    /** A result set of this statement was closed. */
    final void resultClosed() {
        if (closeOnCompletion) {
            close();
        }
    }

    @Override
    public int getMaxFieldSize() throws SQLException {
        checkOpen();
        return 0;
    }

    @Override
    public void setMaxFieldSize(int bytes) throws SQLException {
        checkOpen();
        if (bytes < 0) {
            throw SqlErrors.argument("a field size of " + bytes);
        }
        if (bytes > 0) {
            warnings.add("fields are never cut", "01S02");
        }
    }

    @Override
    public int getMaxRows() throws SQLException {
        checkOpen();
        return maxRows;
    }

    @Override
    public void setMaxRows(int rows) throws SQLException {
        setLargeMaxRows(rows);
    }

    @Override
    public long getLargeMaxRows() throws SQLException {
        return getMaxRows();
    }

    @Override
    public void setLargeMaxRows(long rows) throws SQLException {
        checkOpen();
        if (rows < 0) {
            throw SqlErrors.argument("at most " + rows + " rows");
        }
        maxRows = rows > Integer.MAX_VALUE ? 0 : (int) rows;
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        checkOpen();
        escapes = enable;
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        checkOpen();
        return timeoutSeconds;
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        if (seconds < 0) {
            throw SqlErrors.argument("a timeout of " + seconds + " s");
        }
        timeoutSeconds = seconds;
    }

    @Override
    public void cancel() throws SQLException {
        checkOpen();
        Execution execution = running;
        if (execution != null) {
            execution.cancel();
        }
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
    public void setCursorName(String name) throws SQLException {
        checkOpen();
        throw SqlErrors.unsupported("positioned update");
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        return result;
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return count(getLargeUpdateCount());
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        checkOpen();
        return updateCount;
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return getMoreResults(CLOSE_CURRENT_RESULT);
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        if (current == KEEP_CURRENT_RESULT) {
            result = null;
        }
        endResult();
        return false;
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        if (direction < ResultSet.FETCH_FORWARD || direction > ResultSet.FETCH_UNKNOWN) {
            throw SqlErrors.argument("there is no fetch direction " + direction);
        }
    }

    @Override
    public int getFetchDirection() throws SQLException {
        checkOpen();
        return ResultSet.FETCH_FORWARD;
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        if (rows < 0) {
            throw SqlErrors.argument("a fetch size of " + rows);
        }
        fetchSize = rows;
    }

    @Override
    public int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }

    @Override
    public int getResultSetConcurrency() throws SQLException {
        checkOpen();
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public int getResultSetType() throws SQLException {
        checkOpen();
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        checkOpen();
        batch.add(sql);
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public final int[] executeBatch() throws SQLException {
        return Arrays.stream(executeLargeBatch())
                .mapToInt(MillraceStatement::count)
                .toArray();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        List<String> statements = List.copyOf(batch);
        batch.clear();
        return runBatch(statements.size(), i -> executeLargeUpdate(statements.get(i)));
    }

    /** One statement of a batch; returns how many rows it changed. */
    interface BatchStep {
        long run(int index) throws SQLException;
    }

    static long[] runBatch(int count, BatchStep step) throws SQLException {
        long[] counts = new long[count];
        for (int i = 0; i < count; i++) {
            try {
                counts[i] = step.run(i);
            } catch (SQLException e) {
                throw new BatchUpdateException(
                        "statement " + (i + 1) + " of the batch failed: " + e.getMessage(),
                        e.getSQLState(),
                        e.getErrorCode(),
                        Arrays.copyOf(counts, i),
                        e);
            }
        }
        return counts;
    }

    @Override
    public Connection getConnection() throws SQLException {
        checkOpen();
        return connection;
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return new MillraceResultSet(this, new FixedRows(List.of(), List.of()), 0);
    }

    @Override
    public int executeUpdate(String sql, int keys) throws SQLException {
        return executeUpdate(sql);
    }

    @Override
    public int executeUpdate(String sql, int[] columns) throws SQLException {
        return executeUpdate(sql);
    }

    @Override
    public int executeUpdate(String sql, String[] columns) throws SQLException {
        return executeUpdate(sql);
    }

    @Override
    public boolean execute(String sql, int keys) throws SQLException {
        return execute(sql);
    }

    @Override
    public boolean execute(String sql, int[] columns) throws SQLException {
        return execute(sql);
    }

    @Override
    public boolean execute(String sql, String[] columns) throws SQLException {
        return execute(sql);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void setPoolable(boolean wanted) throws SQLException {
        checkOpen();
        poolable = wanted;
    }

    @Override
    public boolean isPoolable() throws SQLException {
        checkOpen();
        return poolable;
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        checkOpen();
        closeOnCompletion = true;
    }

    @Override
    public boolean isCloseOnCompletion() throws SQLException {
        checkOpen();
        return closeOnCompletion;
    }
}
