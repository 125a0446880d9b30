package io.millrace.connector.jdbc;

import io.millrace.spi.ShownUrl;
import io.millrace.spi.error.ErrorCode;
import java.io.IOException;
import java.sql.SQLDataException;
import java.sql.SQLException;

/** What failures of a database mean. */
final class Failures {

    private static final int SHOWN_MAX = 500;

    private Failures() {}

    /** Returns the failure that has the batch given again. */
    static IOException toRetry(ShownUrl database, SQLException failure) {
        return new IOException(database + ": " + database.in(message(failure)), failure);
    }

    /** Returns what the database said, the reason behind a batch's failure where there is one. */
    static String message(SQLException failure) {
        SQLException next = failure.getNextException();
        String said = String.valueOf((next == null ? failure : next).getMessage())
                .replaceAll("\\s*\\R\\s*", "; ")
                .strip();
        if (said.startsWith("No suitable driver")) {
            return "there is no driver for it; put its jar into the folder lib of Millrace and start again";
        }
        return said.length() > SHOWN_MAX ? said.substring(0, SHOWN_MAX) + "…" : said;
    }

    /** Returns whether it is about a row, itself or what lies behind it. */
    static boolean blamesRow(Dialect dialect, SQLException failure) {
        int depth = 0;
        for (SQLException at = failure; at != null && depth < 20; at = at.getNextException()) {
            if (at instanceof SQLDataException || dialect.blamesRow(at)) {
                return true;
            }
            depth++;
        }
        return false;
    }

    static ErrorCode code(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.equals("23502") ? ErrorCode.NULL_NOT_ALLOWED : ErrorCode.INVALID_VALUE;
    }
}
