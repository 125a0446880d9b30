package io.millrace.jdbc;

import io.millrace.jdbc.wire.Command;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Runs statements, one at a time. For one thread at a time, but for {@link #cancel} and {@link #close}. */
class MillraceStatement extends Unwrapping implements Statement {

    private static final int[] NO_OIDS = {};

    final MillraceConnection connection;
    final WarningList warnings = new WarningList();
    private final List<String> batch = new ArrayList<>();
    private volatile boolean closed;
    /** What runs or is read; looked at by whoever cancels. */
    private final Queue<Execution> running = new ConcurrentLinkedQueue<>();

    private final Outcomes outcomes = new Outcomes();
    private final GeneratedKeys keys = new GeneratedKeys();
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
    final boolean run(Command command) throws SQLException {
        begin();
        runOne(command, true);
        return outcomes.next();
    }

    private void begin() throws SQLException {
        checkOpen();
        outcomes.clear();
        running.clear();
        warnings.clear();
        keys.clear();
    }

    private void runOne(Command command, boolean last) throws SQLException {
        connection.pool().uses(command.sql());
        Execution execution =
                start(new Request(command, maxRows, timeoutSeconds * 1000L, connection.idleTimeoutMillis()));
        if (!execution.hasRows()) {
            execution.finish();
            outcomes.add(CommandTag.updateCount(execution.commandTags()));
        } else if (last || SqlText.query(command.sql())) {
            outcomes.add(new MillraceResultSet(this, execution, fetchSize));
        } else {
            // What follows may need the session: FETCH after FETCH from one cursor.
            outcomes.add(new MillraceResultSet(this, FixedRows.of(execution), fetchSize));
        }
    }

    private Execution start(Request request) throws SQLException {
        Execution execution = new Execution(connection.pool(), request, warnings, connection.resumeTimeoutMillis());
        running.add(execution);
        if (closed) {
            throw SqlErrors.closed("statement");
        }
        execution.start(connection.timers());
        return execution;
    }

    /** Runs a statement and keeps the rows it answers with as keys; returns false, as there is a count of rows. */
    final boolean runForKeys(Command command) throws SQLException {
        begin();
        addKeys(command);
        return outcomes.next();
    }

    private void addKeys(Command command) throws SQLException {
        Execution execution = start(new Request(command, 0, timeoutSeconds * 1000L, 0));
        if (execution.hasRows()) {
            keys.add(execution);
        } else {
            execution.finish();
        }
        outcomes.add(CommandTag.updateCount(execution.commandTags()));
    }

    /** Runs statements of a batch and keeps the rows they answer with as keys. */
    final long[] runBatchForKeys(List<Command> commands) throws SQLException {
        begin();
        return Batch.oneByOne(commands.size(), i -> {
            addKeys(commands.get(i));
            outcomes.next();
            return outcomes.count();
        });
    }

    /** Runs the statements of one text, in order. The answer to each query has a session to itself until it is read. */
    private boolean runAll(List<String> statements) throws SQLException {
        begin();
        try {
            for (int i = 0; i < statements.size(); i++) {
                runOne(new Command(statements.get(i), List.of(), NO_OIDS), i == statements.size() - 1);
            }
        } catch (SQLException e) {
            outcomes.clear();
            throw e;
        }
        return outcomes.next();
    }

    /** Runs statements that answer without rows, and adds what each changed. */
    final void runTogether(List<Command> commands, List<Long> counts) throws SQLException {
        begin();
        if (commands.size() == 1) {
            counts.add(update(run(commands.get(0))));
            return;
        }
        Execution execution = start(Request.together(commands, timeoutSeconds * 1000L));
        try {
            execution.finish();
        } finally {
            for (String tag : execution.commandTags()) {
                counts.add(CommandTag.updateCount(tag));
            }
        }
    }

    final String translate(String sql) throws SQLException {
        return escapes ? Escapes.translate(sql) : sql;
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        checkOpen();
        return runAll(SqlText.split(translate(sql)));
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        return query(execute(sql));
    }

    /** Returns the first rows there are. */
    final ResultSet query(boolean rows) throws SQLException {
        boolean found = rows;
        while (!found && !outcomes.last()) {
            found = outcomes.next();
        }
        MillraceResultSet answer = outcomes.rows();
        if (!found || answer == null) {
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
            outcomes.clear();
            throw new SQLException("the statement answers with rows", "0100E");
        }
        return Math.max(0, outcomes.count());
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
        running.forEach(Execution::close);
        connection.forget(this);
        if (this instanceof PreparedStatement) {
            connection.events().closed((PreparedStatement) this);
        }
    }

    /** A result set of this statement was closed. */
    final void resultClosed() {
        if (closeOnCompletion && outcomes.last()) {
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
        running.forEach(Execution::cancel);
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
        return outcomes.rows();
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return count(getLargeUpdateCount());
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        checkOpen();
        return outcomes.count();
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return getMoreResults(CLOSE_CURRENT_RESULT);
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        switch (current) {
            case KEEP_CURRENT_RESULT:
                outcomes.keep();
                break;
            case CLOSE_ALL_RESULTS:
                outcomes.endKept();
                outcomes.end();
                break;
            case CLOSE_CURRENT_RESULT:
                outcomes.end();
                break;
            default:
                throw SqlErrors.argument("there is no way " + current + " to leave a result");
        }
        return outcomes.next();
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
        List<Command> commands = new ArrayList<>();
        boolean together = true;
        for (String sql : statements) {
            String translated = translate(sql);
            together &= Batch.goesWithOthers(translated);
            commands.add(new Command(translated, List.of(), NO_OIDS));
        }
        return together
                ? Batch.together(commands, this::runTogether)
                : Batch.oneByOne(statements.size(), i -> executeLargeUpdate(statements.get(i)));
    }

    @Override
    public Connection getConnection() throws SQLException {
        checkOpen();
        return connection.shown();
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return new MillraceResultSet(this, keys.rows(), 0);
    }

    @Override
    public int executeUpdate(String sql, int wanted) throws SQLException {
        return count(executeLargeUpdate(sql, wanted));
    }

    @Override
    public int executeUpdate(String sql, int[] columns) throws SQLException {
        return count(executeLargeUpdate(sql, columns));
    }

    @Override
    public int executeUpdate(String sql, String[] columns) throws SQLException {
        return count(executeLargeUpdate(sql, columns));
    }

    @Override
    public long executeLargeUpdate(String sql, int wanted) throws SQLException {
        return update(execute(sql, wanted));
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columns) throws SQLException {
        return update(execute(sql, columns));
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columns) throws SQLException {
        return update(execute(sql, columns));
    }

    /** Nothing is generated by itself, so without names of columns there are no keys. */
    @Override
    public boolean execute(String sql, int wanted) throws SQLException {
        GeneratedKeys.check(wanted);
        return execute(sql);
    }

    @Override
    public boolean execute(String sql, int[] columns) throws SQLException {
        GeneratedKeys.check(columns);
        return execute(sql);
    }

    @Override
    public boolean execute(String sql, String[] columns) throws SQLException {
        checkOpen();
        String translated = translate(sql);
        if (columns == null || columns.length == 0 || !GeneratedKeys.of(translated)) {
            return execute(sql);
        }
        return runForKeys(new Command(GeneratedKeys.returning(translated, columns), List.of(), NO_OIDS));
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
