package io.millrace.server.session;

import io.millrace.spi.type.DataType;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.StatementText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's conversation. One call at a time, but {@link #cancel} and {@link ResultCursor#cancel} come from any thread.
 * Several cursors may be open at once.
 */
public interface SqlSession extends AutoCloseable {

    /** Splits a script into statements. */
    List<StatementText> split(String script);

    /** Plans a statement; see {@link io.millrace.sql.SqlPlanner#plan}. */
    Prepared prepare(String statement, List<? extends @Nullable DataType> parameterTypes);

    /**
     * Runs a statement. A statement without rows has been carried out when this returns; one with rows
     * has started, and none of its rows need be there yet.
     *
     * @param parameters in the form of {@link io.millrace.spi.row.JavaValues}, null for NULL
     */
    ResultCursor execute(Prepared prepared, List<? extends @Nullable Object> parameters);

    /**
     * Ends what {@link #execute} carries out now, which then fails with {@code CANCELLED}, where it can be left half done
     * or changes nothing: a copy of files, EXPLAIN ANALYZE. Without effect on others. From any thread.
     */
    void cancel();

    /**
     * Opens a way for many rows into a stream or a table.
     *
     * @param columns names of the columns that rows will have; empty for all in the order of their declaration.
     *     Columns left out have their DEFAULT, or are NULL
     * @throws io.millrace.spi.error.MillraceException where there is no such stream, table or column, or a column that is
     *     left out is NOT NULL
     */
    BulkInsert bulkInsert(String stream, List<String> columns);

    /** Returns a setting's value, or null where it is not set; names in lower case. */
    @Nullable
    String setting(String name);

    /** Sets a setting, or resets it where the value is null. */
    void setting(String name, @Nullable String value);

    /** Ends the session and cancels what it has open. */
    @Override
    void close();
}
