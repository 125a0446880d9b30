package io.millrace.jdbc;

import io.millrace.jdbc.wire.ServerFailure;
import java.sql.SQLWarning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The warnings of a statement or a connection, as JDBC chains them. Safe for use by several threads. */
final class WarningList {

    /** An endless answer may warn endlessly. */
    private static final int COUNT_MAX = 1000;

    private @Nullable SQLWarning first;
    private int count;

    synchronized void add(String message, String sqlState) {
        if (count++ >= COUNT_MAX) {
            return;
        }
        SQLWarning warning = new SQLWarning(message, sqlState);
        if (first == null) {
            first = warning;
        } else {
            first.setNextWarning(warning);
        }
    }

    void add(List<ServerFailure> notices) {
        for (ServerFailure notice : notices) {
            add(notice.text(), notice.sqlState());
        }
    }

    synchronized @Nullable SQLWarning first() {
        return first;
    }

    synchronized void clear() {
        first = null;
        count = 0;
    }
}
