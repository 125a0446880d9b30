package io.millrace.connector.jdbc;

import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks a table for rows by key. It connects with the first question, and anew behind each failure. */
final class TableLookup implements RowLookup {

    /** Most rows of an answer: what a step joins is held in memory. */
    static final int ROWS_MAX = 1_000_000;

    private final RelationSettings settings;
    private final RowType wanted;
    private final List<String> keyColumns;
    private final RowBatch answer;
    private @Nullable LookupSession session;

    /** The connection of the session, or of the one that is being opened. */
    private volatile @Nullable Connection connection;

    /** @param keyColumns the columns that keys are compared with; there need not be among the wanted ones */
    TableLookup(RelationSettings settings, RowType wanted, List<String> keyColumns) {
        this.settings = settings;
        this.wanted = wanted;
        this.keyColumns = List.copyOf(keyColumns);
        this.answer = RowBatch.create(wanted, 0);
    }

    @Override
    public RowBatch find(RowBatch keys) throws IOException {
        boolean done = false;
        try {
            LookupSession open = session();
            answer.clear();
            PreparedStatement statement = open.statement(keys);
            if (statement != null) {
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        refuseTooMany();
                        open.wanted().append(rows, answer);
                    }
                }
            }
            done = true;
            return answer;
        } catch (SQLException e) {
            throw Failures.toRetry(settings.database().shownUrl(), e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private void refuseTooMany() {
        if (answer.size() == ROWS_MAX) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    settings + " answers a lookup with more than " + ROWS_MAX + " rows",
                    "look up by columns that fewer rows have in common");
        }
    }

    private LookupSession session() throws SQLException {
        LookupSession open = session;
        if (open == null) {
            Connection connected = settings.database().connect();
            connection = connected;
            try {
                if (settings.dialect().transmitsInTransactions()) {
                    connected.setReadOnly(true);
                }
                open = new LookupSession(settings, connected, wanted, keyColumns);
            } catch (SQLException | RuntimeException e) {
                Database.closeQuietly(connected);
                throw e;
            }
            session = open;
        }
        return open;
    }

    @Override
    public Keeping keeping() {
        return new Keeping(settings.cacheRows(), TimeUnit.MICROSECONDS.convert(settings.cacheTtl()));
    }

    @Override
    public void cancel() {
        Connection open = connection;
        if (open != null) {
            Database.abort(open);
        }
    }

    @Override
    public void close() {
        connection = null;
        LookupSession open = session;
        if (open != null) {
            open.close();
            session = null;
        }
    }
}
