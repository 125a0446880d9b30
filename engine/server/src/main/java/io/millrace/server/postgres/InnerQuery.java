package io.millrace.server.postgres;

import io.millrace.server.postgres.statement.Positions;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.statement.Prepared;
import java.util.List;

/** A query that stands within another statement, as in {@code DECLARE} and {@code COPY}. */
final class InnerQuery {

    private InnerQuery() {}

    /**
     * Plans it; what is at fault is reported with its place in the whole statement.
     *
     * @param offset where in the statement it starts, or −1 where it does not stand there word by word
     */
    static Prepared prepare(SqlSession engine, String query, int offset) {
        try {
            return engine.prepare(query, List.of());
        } catch (MillraceException e) {
            throw shifted(e, query, offset);
        }
    }

    /** Returns a failure of the query with its place in the whole statement. */
    static MillraceException shifted(MillraceException failure, String query, int offset) {
        if (failure.position() == null) {
            return failure;
        }
        String whole = " ".repeat(Math.max(0, offset)) + query;
        int at = offset + Positions.offset(query, failure.position());
        return new MillraceException(
                failure.code(),
                String.valueOf(failure.getMessage()),
                failure.hint(),
                offset < 0 ? null : Positions.position(whole, at),
                failure);
    }
}
