package io.millrace.server.command;

import io.millrace.sql.parser.StatementSplitter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Runs statements one after the other and prints what they answer. Stops at the first that fails. */
final class StatementRunner {

    private final Connection connection;
    private final RowPrinter printer;
    private volatile @Nullable Statement running;

    StatementRunner(Connection connection, RowPrinter printer) {
        this.connection = connection;
        this.printer = printer;
    }

    void runScript(String script) throws SQLException {
        for (StatementSplitter.Piece statement : StatementSplitter.split(script)) {
            run(statement.text());
        }
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            running = statement;
            boolean rows = statement.execute(sql);
            if (rows) {
                try (ResultSet result = statement.getResultSet()) {
                    printer.print(result);
                }
            } else {
                printer.done(statement.getLargeUpdateCount());
            }
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                System.err.println("warning: " + warning.getMessage());
            }
        } finally {
            running = null;
        }
    }

    /** Cancels the statement that runs now, from any thread; does nothing where none runs. */
    void cancel() throws SQLException {
        Statement statement = running;
        if (statement != null) {
            statement.cancel();
        }
    }
}
