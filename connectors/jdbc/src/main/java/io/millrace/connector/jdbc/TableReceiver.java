package io.millrace.connector.jdbc;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.MillraceException;
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
    private volatile @Nullable TableSession session;
    private volatile boolean cancelled;
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
            throw Failures.toRetry(settings.database().shownUrl(), e);
        }
        LoadSettings load = settings.load();
        if (load != null) {
            try (ObjectStore staging = load.store().get()) {
                staging.staged("");
            }
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
            throw Failures.toRetry(settings.database().shownUrl(), e);
        } catch (MillraceException e) {
            // A column that the table lost, a bucket that cannot be opened: somebody may bring them back.
            throw new IOException(e.describe(), e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private TableSession session() throws SQLException {
        TableSession open = session;
        if (cancelled) {
            throw new SQLException("stopped while it had not answered");
        }
        if (open == null) {
            open = TableSession.open(sender, type, settings, epoch);
            epoch = open.epoch();
            session = open;
        }
        return open;
    }

    @Override
    public void cancel() {
        cancelled = true;
        TableSession open = session;
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public void close() {
        TableSession open = session;
        if (open != null) {
            open.close();
            session = null;
        }
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
