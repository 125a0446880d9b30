package io.millrace.connector.jdbc;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table. It connects with the first batch, and anew behind each failure. */
final class TableReceiver implements RowReceiver {

    private final String sender;
    private final RowType type;
    private final TableSettings settings;
    private @Nullable TableSession session;
    private long epoch;

    TableReceiver(String sender, RowType type, TableSettings settings) {
        this.sender = sender;
        this.type = type;
        this.settings = settings;
    }

    @Override
    public boolean exactlyOnce() {
        return true;
    }

    @Override
    public void check() throws IOException {
        try {
            TableSession.check(type, settings);
        } catch (SQLException e) {
            throw Failures.toRetry(settings.database().url(), e);
        }
    }

    @Override
    public List<Refusal> receive(BatchName name, RowBatch rows) throws IOException {
        boolean done = false;
        try {
            List<Refusal> refusals = session().write(name, rows);
            done = true;
            return refusals;
        } catch (SQLException e) {
            throw Failures.toRetry(settings.database().url(), e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private TableSession session() throws SQLException {
        TableSession open = session;
        if (open == null) {
            open = TableSession.open(sender, type, settings, epoch);
            epoch = open.epoch();
            session = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
