package io.millrace.connector.jdbc;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection and what is prepared on it. One that has failed is of no more use. */
final class TableSession implements AutoCloseable {

    private static final int VALID_SECONDS = 5;

    private final TableSettings settings;
    private final Connection connection;
    private final Offsets offsets;
    private final BatchWriter writer;
    private final long epoch;

    /**
     * Connects.
     *
     * @param epoch the sender's, or 0 where it has none yet and takes one
     */
    static TableSession open(String sender, RowType type, TableSettings settings, long epoch) throws SQLException {
        Connection connection = settings.database().connect();
        try {
            Offsets offsets = new Offsets(connection, settings, sender);
            offsets.require();
            connection.setAutoCommit(false);
            long own = epoch == 0 ? offsets.claim() : epoch;
            BatchWriter writer = writer(connection, sender, own, settings, type);
            connection.commit();
            return new TableSession(settings, connection, offsets, writer, own);
        } catch (SQLException | RuntimeException e) {
            Database.closeQuietly(connection);
            throw e;
        }
    }

    private static BatchWriter writer(
            Connection connection, String sender, long epoch, TableSettings settings, RowType type)
            throws SQLException {
        TableColumns columns = columns(connection, settings, type);
        if (settings.load() != null) {
            return new LoadedRows(
                    connection,
                    new StagedFiles(settings.load(), sender, epoch),
                    settings,
                    settings.load(),
                    columns,
                    type);
        }
        RowWriter writer = writer(connection, settings, columns);
        return (name, rows, restart) -> new Placement(connection, settings.dialect(), writer, rows, restart).place();
    }

    /** Records that go as they came have no columns of their own. */
    private static TableColumns columns(Connection connection, TableSettings settings, RowType type)
            throws SQLException {
        boolean whole = settings.load() != null && !settings.load().hasColumns();
        return TableColumns.find(connection, settings, whole ? RowType.of() : settings.columns(type));
    }

    private static RowWriter writer(Connection connection, TableSettings settings, TableColumns columns)
            throws SQLException {
        boolean copies = settings.dialect() == Dialect.POSTGRESQL;
        RowWriter comers = copies
                ? CopiedRows.writing(connection, settings, columns)
                : PreparedRows.writing(connection, settings, columns);
        if (settings.changes() == null) {
            return comers;
        }
        RowWriter goers = copies
                ? CopiedRows.deleting(connection, settings, columns)
                : PreparedRows.deleting(connection, settings, columns);
        return new ChangedRows(settings.changes(), comers, goers);
    }

    private TableSession(
            TableSettings settings, Connection connection, Offsets offsets, BatchWriter writer, long epoch) {
        this.settings = settings;
        this.connection = connection;
        this.offsets = offsets;
        this.writer = writer;
        this.epoch = epoch;
    }

    /** Connects and looks whether rows of this type have a place. */
    static void check(RowType type, TableSettings settings) throws SQLException {
        try (Connection connection = settings.database().connect()) {
            TableColumns columns = columns(connection, settings, type);
            if (settings.upsert()) {
                checkUpsert(connection, settings, columns);
            }
        }
    }

    /** Has the database plan an upsert, where it says by that whether it can tell rows apart by the key. */
    private static void checkUpsert(Connection connection, TableSettings settings, TableColumns columns)
            throws SQLException {
        String explain = settings.dialect().explainUpsert(settings.table(), columns.names(), columns.key());
        if (explain.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(explain);
        } catch (SQLException e) {
            if (!connection.isValid(VALID_SECONDS)) {
                throw e;
            }
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "table " + settings.table() + " takes no upsert by " + String.join(", ", columns.key()) + ": "
                            + e.getMessage(),
                    "give it a primary key or a unique index of just these columns, or name those that it has",
                    e);
        }
    }

    long epoch() {
        return epoch;
    }

    /** Writes a batch and its name in one transaction, unless it is there already. */
    List<Refusal> write(BatchName name, RowBatch rows) throws SQLException, IOException {
        writer.prepare(name, rows);
        List<Refusal> before = begin(name);
        if (before != null) {
            connection.rollback();
            writer.forget(name);
            return before;
        }
        List<Refusal> refusals = writer.write(name, rows, () -> restart(name));
        offsets.note(refusals);
        connection.commit();
        writer.forget(name);
        return refusals;
    }

    private @Nullable List<Refusal> begin(BatchName name) throws SQLException, IOException {
        List<Refusal> before = offsets.note(epoch, name);
        if (settings.dialect() == Dialect.POSTGRESQL) {
            // A constraint that is looked at only in the end would fail the batch and name no row.
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
            }
        }
        return before;
    }

    private void restart(BatchName name) throws SQLException {
        connection.rollback();
        try {
            if (offsets.note(epoch, name) != null) {
                throw new SQLException("batch " + name + " was taken meanwhile");
            }
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    /** Has a statement that is under way fail. Called by another thread. */
    void abort() {
        writer.cancel();
        Database.abort(connection);
    }

    @Override
    public void close() {
        Database.closeQuietly(connection);
        writer.close();
    }
}
