package io.millrace.jdbc;

import io.millrace.jdbc.wire.ServerException;
import io.millrace.jdbc.wire.ServerFailure;
import java.io.IOException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;

/** Failures as JDBC knows them: a subclass and an SQLSTATE for each. */
final class SqlErrors {

    static final String CANCELLED = "57014";
    private static final String TIMED_OUT = "HYT00";
    private static final String LINK_LOST = "08006";

    private SqlErrors() {}

    static SQLException of(ServerException e) {
        ServerFailure failure = e.failure();
        String text = failure.text();
        String state = failure.sqlState();
        switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08":
                return new SQLNonTransientConnectionException(text, state, e);
            case "0A":
                return new SQLFeatureNotSupportedException(text, state, e);
            case "22":
                return new SQLDataException(text, state, e);
            case "23":
                return new SQLIntegrityConstraintViolationException(text, state, e);
            case "28":
                return new SQLInvalidAuthorizationSpecException(text, state, e);
            case "40":
                return new SQLTransactionRollbackException(text, state, e);
            case "42":
                return new SQLSyntaxErrorException(text, state, e);
            case "53":
                return new SQLTransientException(text, state, e);
            case "57":
                return state.startsWith("57P")
                        ? new SQLTransientConnectionException(text, state, e)
                        : new SQLException(text, state, e);
            default:
                return new SQLException(text, state, e);
        }
    }

    static SQLException lost(IOException e) {
        return new SQLNonTransientConnectionException("the connection is lost: " + e.getMessage(), LINK_LOST, e);
    }

    /** Returns whether a failure says that the server cannot be reached, stops or starts: another attempt may go well. */
    static boolean serverGone(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
    }

    static SQLException cancelled() {
        return new SQLException("the statement was cancelled", CANCELLED);
    }

    static SQLTimeoutException timedOut(String message) {
        return new SQLTimeoutException(message, TIMED_OUT);
    }

    static SQLException closed(String what) {
        return what.equals("connection")
                ? new SQLNonTransientConnectionException("the connection is closed", "08003")
                : new SQLException("the " + what + " is closed", "HY010");
    }

    static SQLFeatureNotSupportedException unsupported(String what) {
        return new SQLFeatureNotSupportedException(what + " is not supported", "0A000");
    }

    /** A call whose argument makes no sense. */
    static SQLException argument(String message) {
        return new SQLException(message, "HY024");
    }

    /** A value that does not fit what was asked for. */
    static SQLDataException value(String message) {
        return new SQLDataException(message, "22018");
    }

    static SQLDataException range(String text, String type) {
        return new SQLDataException(text + " is out of range for " + type, "22003");
    }
}
