package io.millrace.server.http;

import io.millrace.server.session.BulkInsert;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlService;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.type.DataType;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.StatementText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An engine's sessions, but whatever is executed is answered by one cursor. */
record ScriptedService(SqlService engine, ResultCursor cursor) implements SqlService {

    @Override
    public SqlSession open(String user, String applicationName) {
        SqlSession session = engine.open(user, applicationName);
        return new SqlSession() {
            @Override
            public List<StatementText> split(String script) {
                return session.split(script);
            }

            @Override
            public Prepared prepare(String statement, List<? extends @Nullable DataType> parameterTypes) {
                return session.prepare(statement, parameterTypes);
            }

            @Override
            public ResultCursor execute(Prepared prepared, List<? extends @Nullable Object> parameters) {
                return cursor;
            }

            @Override
            public void cancel() {
                session.cancel();
            }

            @Override
            public BulkInsert bulkInsert(String stream, List<String> columns) {
                return session.bulkInsert(stream, columns);
            }

            @Override
            public @Nullable String setting(String name) {
                return session.setting(name);
            }

            @Override
            public void setting(String name, @Nullable String value) {
                session.setting(name, value);
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }
}
