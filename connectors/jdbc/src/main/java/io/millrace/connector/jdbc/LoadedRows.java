package io.millrace.connector.jdbc;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Loads batches into a table of Redshift: a file and its manifest in a bucket, then {@code COPY} in the transaction that
 * is open. Rows that do not fit are passed over by the load itself ({@code MAXERROR}), which notes their lines; each row
 * is on a line of its own. A load that passes over more rows than it tells of fails, and is tried again.
 */
final class LoadedRows implements BatchWriter {

    private static final Logger LOG = Logger.getLogger(LoadedRows.class.getName());

    private final Connection connection;
    private final String sender;
    private final LoadSettings settings;
    private final ObjectStore store;
    private final RowType columns;
    private final RowEncoder encoder;
    private final LoadStatement load;

    /** @param columns the type of the rows, with the names that the table's columns have */
    LoadedRows(
            Connection connection,
            String sender,
            TableSettings settings,
            LoadSettings load,
            TableColumns columns,
            RowType type) {
        this.connection = connection;
        this.sender = sender;
        this.settings = load;
        this.columns = named(type, columns.names());
        this.encoder = load.format().encoder(this.columns, load.formatOptions());
        this.load = new LoadStatement(settings, load, columns.names());
        this.store = load.store().get();
    }

    /** JSON is loaded by names; records that go as they came have none. */
    private static RowType named(RowType type, List<String> names) {
        if (names.isEmpty()) {
            return type;
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(Field.nullable(names.get(i), type.field(i).type()));
        }
        return new RowType(fields);
    }

    @Override
    public List<Refusal> write(BatchName name, RowBatch rows, Placement.Restart restart)
            throws SQLException, IOException {
        BytesColumn records = new BytesColumn(rows.size());
        encoder.encode(renamed(rows), records);
        StagedFile file = new StagedFile(store, settings, sender, name);
        file.write(records, rows.size());
        try (Statement statement = connection.createStatement()) {
            statement.execute(load.of(file.url(), rows.size()));
            return settings.hasRowsOnLines() ? refusals(statement, rows.size()) : List.of();
        }
    }

    private RowBatch renamed(RowBatch rows) {
        Column[] all = new Column[columns.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = rows.column(i);
        }
        RowBatch renamed = new RowBatch(columns, all);
        renamed.size(rows.size());
        return renamed;
    }

    private static List<Refusal> refusals(Statement statement, int rows) throws SQLException {
        long missing = rows - loaded(statement);
        if (missing == 0) {
            return List.of();
        }
        Map<Integer, String> reasons = new TreeMap<>();
        try (ResultSet errors = statement.executeQuery("SELECT line_number, TRIM(column_name), TRIM(error_message)"
                + " FROM sys_load_error_detail WHERE query_id = pg_last_copy_id() ORDER BY line_number")) {
            while (errors.next()) {
                int row = Math.toIntExact(errors.getLong(1)) - 1;
                reasons.putIfAbsent(row, "column '" + errors.getString(2) + "': " + errors.getString(3));
            }
        }
        if (reasons.size() != missing || reasons.keySet().stream().anyMatch(row -> row < 0 || row >= rows)) {
            throw new SQLException("the load passed over " + missing + " of " + rows
                    + " rows and sys_load_error_detail has lines of " + reasons.size() + "; nothing is loaded");
        }
        List<Refusal> refusals = new ArrayList<>();
        reasons.forEach((row, reason) -> refusals.add(new Refusal(row, ErrorCode.INVALID_VALUE, reason)));
        return refusals;
    }

    private static long loaded(Statement statement) throws SQLException {
        try (ResultSet count = statement.executeQuery("SELECT pg_last_copy_count()")) {
            count.next();
            return count.getLong(1);
        }
    }

    /** Deletes what was staged, as far as the bucket lets it. */
    @Override
    public void forget(BatchName name) {
        if (settings.keepsFiles()) {
            return;
        }
        try {
            new StagedFile(store, settings, sender, name).delete();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "a file that is loaded stays in " + settings.staging(), e);
        }
    }

    @Override
    public void cancel() {
        store.cancel();
    }

    @Override
    public void close() {
        store.close();
    }
}
