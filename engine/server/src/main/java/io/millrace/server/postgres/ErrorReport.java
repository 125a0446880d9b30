package io.millrace.server.postgres;

import io.millrace.server.postgres.copy.CopyException;
import io.millrace.server.postgres.statement.Positions;
import io.millrace.server.postgres.wire.ProtocolException;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client is told of a failure.
 *
 * @param detail more about it, or null
 * @param position the character of the query that is at fault, counted from 1, or 0
 * @param where what was at work, such as the line of a COPY, or null
 */
record ErrorReport(
        String sqlState,
        String message,
        @Nullable String detail,
        @Nullable String hint,
        int position,
        @Nullable String where) {

    static final String PROTOCOL_VIOLATION = "08P01";

    private static final Logger LOG = LoggerFactory.getLogger(ErrorReport.class);

    ErrorReport(String sqlState, String message) {
        this(sqlState, message, null, 0);
    }

    private ErrorReport(String sqlState, String message, @Nullable String hint, int position) {
        this(sqlState, message, null, hint, position, null);
    }

    /**
     * Returns the report of a failure.
     *
     * @param source where the failed statement stands, or null
     */
    static ErrorReport of(Throwable failure, @Nullable Source source) {
        return switch (failure) {
            case MillraceException e ->
                new ErrorReport(e.code().sqlState(), String.valueOf(e.getMessage()), e.hint(), position(e, source));
            case RowFailure e -> new ErrorReport(e.code().sqlState(), e.reason());
            case CopyException e ->
                new ErrorReport(e.sqlState(), String.valueOf(e.getMessage()), null, null, 0, e.where());
            case StoppedCopyException e -> of(e.reason(), source).withDetail(e.detail());
            case SqlStateException e -> new ErrorReport(e.sqlState(), String.valueOf(e.getMessage()), e.hint(), 0);
            case ProtocolException e -> new ErrorReport(PROTOCOL_VIOLATION, String.valueOf(e.getMessage()));
            case StackOverflowError e -> new ErrorReport("54001", "statement is too complex", "simplify it", 0);
            default -> internal(failure);
        };
    }

    private ErrorReport withDetail(String added) {
        return new ErrorReport(sqlState, message, added, hint, position, where);
    }

    private static ErrorReport internal(Throwable failure) {
        LOG.error("a statement failed for a reason of our own", failure);
        return new ErrorReport("XX000", "internal error: " + failure, "please report it with the server's log", 0);
    }

    private static int position(MillraceException failure, @Nullable Source source) {
        if (failure.position() == null || source == null) {
            return 0;
        }
        int offset = source.offset() + Positions.offset(source.statement(), failure.position());
        String query = source.query();
        return query.codePointCount(0, Math.min(offset, query.length())) + 1;
    }

    /**
     * Where a statement stands.
     *
     * @param query all that the client sent
     * @param statement the one of its statements
     * @param offset where that starts, in UTF-16 units
     */
    record Source(String query, String statement, int offset) {}
}
