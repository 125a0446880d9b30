package io.millrace.connector.jdbc;

import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.row.RowBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places a batch's rows and finds those that the table refuses: what cannot be written together is halved until single
 * rows are left to blame. Later rows see the earlier ones, so that of two rows with one key the first stays.
 */
final class Placement {

    /** Begins the transaction anew, where a failed statement has ended it. */
    @FunctionalInterface
    interface Restart {
        void restart() throws SQLException;
    }

    private record Range(int from, int to) {}

    private final Connection connection;
    private final Dialect dialect;
    private final RowWriter writer;
    private final RowBatch rows;
    private final Restart restart;
    private final List<Range> placed = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    Placement(Connection connection, Dialect dialect, RowWriter writer, RowBatch rows, Restart restart) {
        this.connection = connection;
        this.dialect = dialect;
        this.writer = writer;
        this.rows = rows;
        this.restart = restart;
    }

    /** Places all rows and returns those that are refused. */
    List<Refusal> place() throws SQLException {
        place(0, rows.size());
        return refusals;
    }

    private void place(int from, int to) throws SQLException {
        Savepoint before = dialect.hasSavepoints() ? connection.setSavepoint() : null;
        try {
            writer.write(rows, from, to);
            placed.add(new Range(from, to));
            if (before != null) {
                connection.releaseSavepoint(before);
            }
            return;
        } catch (SQLException e) {
            if (!Failures.blamesRow(dialect, e)) {
                throw e;
            }
            undo(before);
            if (to - from == 1) {
                refusals.add(new Refusal(from, Failures.code(e), Failures.message(e)));
                return;
            }
        }
        int middle = (from + to) >>> 1;
        place(from, middle);
        place(middle, to);
    }

    private void undo(@Nullable Savepoint before) throws SQLException {
        if (before != null) {
            connection.rollback(before);
            return;
        }
        restart.restart();
        for (Range range : placed) {
            writer.write(rows, range.from, range.to);
        }
    }
}
