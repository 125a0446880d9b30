package io.millrace.server.postgres.statement;

import io.millrace.server.postgres.copy.CopyOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that the gateway carries out by itself. */
public sealed interface SessionStatement {

    /** As many rows as there are. */
    long ALL = Long.MAX_VALUE;

    /** Nothing but blanks and comments. */
    record Empty() implements SessionStatement {}

    /** {@code BEGIN} or {@code START TRANSACTION}; the tag is the one to answer with. */
    record Begin(String tag) implements SessionStatement {}

    /** {@code COMMIT} or {@code END}. */
    record Commit() implements SessionStatement {}

    /** {@code ROLLBACK} or {@code ABORT}. */
    record Rollback() implements SessionStatement {}

    record Savepoint(String name) implements SessionStatement {}

    record Release(String name) implements SessionStatement {}

    record RollbackTo(String name) implements SessionStatement {}

    /** {@code SET name = value}; null resets it. */
    record Set(String name, @Nullable String value) implements SessionStatement {}

    /** {@code RESET ALL}. */
    record ResetAll() implements SessionStatement {}

    /** {@code SHOW name}, which may also be the engine's. */
    record Show(String name) implements SessionStatement {}

    /** {@code SHOW ALL}. */
    record ShowAll() implements SessionStatement {}

    /** {@code DISCARD ALL} and its parts; {@code all} tells which. */
    record Discard(boolean all, String tag) implements SessionStatement {}

    /** {@code DEALLOCATE name}; null stands for all. */
    record Deallocate(@Nullable String name) implements SessionStatement {}

    /**
     * {@code DECLARE name CURSOR FOR query}.
     *
     * @param hold whether it outlives the transaction
     * @param queryOffset where in the statement the query starts
     */
    record Declare(String name, boolean hold, String query, int queryOffset) implements SessionStatement {}

    /**
     * {@code FETCH} or {@code MOVE}.
     *
     * @param rows most rows to fetch, or {@link #ALL}
     * @param timeoutMillis longest wait for the first row, or −1 for no limit
     * @param silent whether it is MOVE, which passes over the rows and shows none
     */
    record Fetch(String cursor, long rows, long timeoutMillis, boolean silent) implements SessionStatement {

        /** Returns it with another wait. */
        public Fetch within(long millis) {
            return new Fetch(cursor, rows, millis, silent);
        }
    }

    /** {@code CLOSE name}; null stands for all. */
    record Close(@Nullable String name) implements SessionStatement {}

    /**
     * {@code PREPARE name (types) AS statement}.
     *
     * @param types names of the parameters' types, as far as they are given
     * @param offset where in all of it the statement starts
     */
    record Prepare(String name, List<String> types, String statement, int offset) implements SessionStatement {}

    /** {@code EXECUTE name (values)}; the values are in text, null for NULL. */
    record Execute(String name, List<@Nullable String> values) implements SessionStatement {}

    /** {@code COPY}. */
    sealed interface Copy extends SessionStatement {}

    /** {@code COPY stream (columns) FROM STDIN}; no columns stand for all. */
    record CopyFrom(String stream, List<String> columns, CopyOptions options) implements Copy {}

    /**
     * {@code COPY … TO STDOUT}.
     *
     * @param query what gives the rows
     * @param queryOffset where in the statement the query starts, or −1 where it does not stand there
     */
    record CopyTo(String query, int queryOffset, CopyOptions options) implements Copy {}

    /** A statement that is accepted and does nothing, such as {@code LISTEN}. */
    record Accept(String tag) implements SessionStatement {}
}
