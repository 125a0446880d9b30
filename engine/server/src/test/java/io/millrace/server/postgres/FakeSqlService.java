package io.millrace.server.postgres;

import io.millrace.server.session.BulkInsert;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlService;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.SqlPosition;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.StatementText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An engine in memory that knows the statements it was taught, word by word. A statement that holds the
 * word {@code missing} fails to plan, there.
 */
final class FakeSqlService implements SqlService {

    private record Taught(
            List<DataType> parameters,
            @Nullable RowType type,
            Function<List<? extends @Nullable Object>, ResultCursor> answer) {}

    private final Map<String, Taught> statements = new ConcurrentHashMap<>();
    private final List<String> executed = new CopyOnWriteArrayList<>();
    private final List<List<?>> hints = new CopyOnWriteArrayList<>();
    private final List<FakeSession> sessions = new CopyOnWriteArrayList<>();

    /** Teaches a statement. */
    FakeSqlService teach(
            String sql,
            List<DataType> parameters,
            @Nullable RowType type,
            Function<List<? extends @Nullable Object>, ResultCursor> answer) {
        statements.put(sql, new Taught(parameters, type, answer));
        return this;
    }

    /** Teaches a query with these rows. */
    FakeSqlService rows(String sql, RowType type, List<?>... rows) {
        return teach(sql, List.of(), type, parameters -> FakeCursor.ending(type, List.of(rows)));
    }

    /** Teaches a statement without rows. */
    FakeSqlService command(String sql, String tag) {
        return teach(sql, List.of(), null, parameters -> FakeCursor.done(tag));
    }

    /** Teaches a query that never ends and returns where its rows come from. */
    FakeCursor endless(String sql, RowType type) {
        FakeCursor cursor = FakeCursor.endless(type);
        teach(sql, List.of(), type, parameters -> cursor);
        return cursor;
    }

    /** Returns the statements that were executed, in order. */
    List<String> executed() {
        return executed;
    }

    /** Returns the parameter types that came with the statements that were prepared. */
    List<List<?>> hints() {
        return hints;
    }

    List<FakeSession> sessions() {
        return sessions;
    }

    @Override
    public SqlSession open(String user, String applicationName) {
        FakeSession session = new FakeSession(user, applicationName);
        sessions.add(session);
        return session;
    }

    /** A session that remembers what was done with it. */
    final class FakeSession implements SqlSession {

        final String user;
        final String applicationName;
        private final Map<String, String> settings = Collections.synchronizedMap(new LinkedHashMap<>());
        private volatile boolean closed;

        FakeSession(String user, String applicationName) {
            this.user = user;
            this.applicationName = applicationName;
        }

        boolean closed() {
            return closed;
        }

        @Override
        public List<StatementText> split(String script) {
            List<StatementText> statements = new ArrayList<>();
            int start = 0;
            boolean quoted = false;
            for (int i = 0; i <= script.length(); i++) {
                if (i < script.length() && script.charAt(i) == '\'') {
                    quoted = !quoted;
                }
                if (i == script.length() || script.charAt(i) == ';' && !quoted) {
                    String piece = script.substring(start, i);
                    int blanks = piece.length() - piece.stripLeading().length();
                    if (!piece.isBlank()) {
                        statements.add(new StatementText(piece.strip(), start + blanks));
                    }
                    start = i + 1;
                }
            }
            return statements;
        }

        @Override
        public Prepared prepare(String statement, List<? extends @Nullable DataType> parameterTypes) {
            hints.add(new ArrayList<>(parameterTypes));
            String sql = statement.strip();
            int missing = statement.indexOf("missing");
            if (missing >= 0) {
                String before = statement.substring(0, missing);
                int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
                throw new MillraceException(
                        ErrorCode.UNDEFINED_NAME,
                        "stream \"missing\" does not exist",
                        "create it first",
                        new SqlPosition(line, missing - before.lastIndexOf('\n')),
                        null);
            }
            Taught taught = statements.get(sql);
            if (taught == null) {
                throw new MillraceException(ErrorCode.SYNTAX_ERROR, "cannot read: " + sql);
            }
            return new Prepared(new Statement.Describe(sql), taught.parameters(), taught.type());
        }

        @Override
        public ResultCursor execute(Prepared prepared, List<? extends @Nullable Object> parameters) {
            String sql = ((Statement.Describe) prepared.statement()).name();
            executed.add(sql);
            return statements.get(sql).answer().apply(parameters);
        }

        @Override
        public void cancel() {}

        @Override
        public BulkInsert bulkInsert(String stream, List<String> columns) {
            throw new MillraceException(ErrorCode.UNSUPPORTED, "this engine has no streams");
        }

        @Override
        public @Nullable String setting(String name) {
            return settings.get(name);
        }

        @Override
        public void setting(String name, @Nullable String value) {
            if (name.equals("unheard_of")) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT, "unrecognized configuration parameter \"" + name + "\"");
            }
            settings.put(name, value);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
