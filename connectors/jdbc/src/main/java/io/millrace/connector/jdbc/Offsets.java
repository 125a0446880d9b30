package io.millrace.connector.jdbc;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table that says which batch of each sender was taken last.
 *
 * <pre>
 *   sender (key) │ epoch │ batch_file │ batch_number │ refusals
 *   quakes-mf3k2 │     4 │ quakes-1f… │            7 │ 12 INVALID_VALUE duplicate+key…     one line a row
 * </pre>
 *
 * <p>Refusals of the last batch are kept, since it may be given again by somebody who never heard the answer.
 */
final class Offsets {

    private final Connection connection;
    private final Dialect dialect;
    private final String table;
    private final String sender;

    Offsets(Connection connection, TableSettings settings, String sender) {
        this.connection = connection;
        this.dialect = settings.dialect();
        this.table = settings.offsetsTable();
        this.sender = sender;
    }

    /** Makes the table where it is missing. To be called outside a transaction. */
    void require() throws SQLException {
        // Asked first: whoever may not create tables may still use one.
        if (!isThere()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS " + table + " (sender VARCHAR(300) NOT NULL PRIMARY KEY,"
                        + " epoch BIGINT NOT NULL, batch_file VARCHAR(1000) NOT NULL, batch_number INTEGER NOT NULL,"
                        + " refusals " + dialect.longText() + ")");
            }
        }
    }

    private boolean isThere() {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT epoch FROM " + table + " WHERE 1 = 0")) {
            return !none.next();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Takes the next epoch, in a transaction of its own. From then on all earlier ones are void. */
    long claim() throws SQLException {
        lock();
        if (update("UPDATE " + table + " SET epoch = epoch + 1 WHERE sender = ?", sender) == 0) {
            update(
                    "INSERT INTO " + table + " (sender, epoch, batch_file, batch_number, refusals)"
                            + " VALUES (?, 1, '', 0, '')",
                    sender);
        }
        Row row = read();
        connection.commit();
        return row == null ? 1 : row.epoch;
    }

    /**
     * Notes a batch as taken, for the transaction to commit.
     *
     * @return null; or, where it was noted before, what was refused of it
     * @throws IOException where the epoch is over
     */
    @Nullable
    List<Refusal> note(long epoch, BatchName name) throws SQLException, IOException {
        lock();
        // The update locks the row first, so that no two senders are behind this point at a time.
        int noted = update(
                "UPDATE " + table + " SET batch_file = ?, batch_number = ?, refusals = ''"
                        + " WHERE sender = ? AND epoch = ? AND NOT (batch_file = ? AND batch_number >= ?)",
                name.file(),
                name.number(),
                sender,
                epoch,
                name.file(),
                name.number());
        if (noted > 0) {
            return null;
        }
        Row row = read();
        if (row == null || row.epoch != epoch) {
            throw new IOException(
                    "another server has taken this delivery over (it has epoch " + (row == null ? "none" : row.epoch)
                            + " in " + table + ", this one " + epoch + "); drop the delivery here, or stop the other");
        }
        return row.number == name.number() ? RefusalText.refusals(row.refusals) : List.of();
    }

    /**
     * Redshift locks tables and no rows, fails transactions that wait for one another, and lets keys come twice. Whoever
     * takes the table before all else waits and does not fail.
     */
    private void lock() throws SQLException {
        if (dialect == Dialect.REDSHIFT) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("LOCK " + table);
            }
        }
    }

    /** Notes what is refused of the batch that was noted last. */
    void note(List<Refusal> refusals) throws SQLException {
        if (!refusals.isEmpty()) {
            update("UPDATE " + table + " SET refusals = ? WHERE sender = ?", RefusalText.of(refusals), sender);
        }
    }

    private record Row(long epoch, int number, String refusals) {}

    private @Nullable Row read() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT epoch, batch_number, refusals FROM " + table + " WHERE sender = ?")) {
            statement.setString(1, sender);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? new Row(rows.getLong(1), rows.getInt(2), rows.getString(3)) : null;
            }
        }
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
