package io.millrace.connector.jdbc;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
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

    private static final String ERRORS = "SELECT line_number, TRIM(column_name), TRIM(error_message)"
            + " FROM sys_load_error_detail WHERE query_id = pg_last_copy_id() ORDER BY line_number";

    private static final String ERRORS_OF_CLUSTERS = "SELECT line_number, TRIM(colname), TRIM(err_reason)"
            + " FROM stl_load_errors WHERE query = pg_last_copy_id() ORDER BY line_number";

    private final Connection connection;
    private final StagedFiles staged;
    private final LoadSettings settings;
    private final RowType columns;
    private final RowEncoder encoder;
    private final LoadStatement load;

    /** @param columns the type of the rows, with the names that the table's columns have */
    LoadedRows(
            Connection connection,
            StagedFiles staged,
            TableSettings settings,
            LoadSettings load,
            TableColumns columns,
            RowType type) {
        this.connection = connection;
        this.staged = staged;
        this.settings = load;
        this.columns = named(type, columns.names());
        this.encoder = load.format().encoder(this.columns, load.formatOptions());
        this.load = new LoadStatement(settings, load, columns.names());
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

    /** Stages the file before the transaction: all deliveries of a table of offsets wait while one has it. */
    @Override
    public void prepare(BatchName name, RowBatch rows) throws IOException {
        BytesColumn records = new BytesColumn(rows.size());
        encoder.encode(renamed(rows), records);
        stage(staged.of(name), records, rows.size());
    }

    @Override
    public List<Refusal> write(BatchName name, RowBatch rows, Placement.Restart restart) throws SQLException {
        StagedFile file = staged.of(name);
        try (Statement statement = connection.createStatement()) {
            statement.execute(load.of(file.url(), rows.size()));
            return settings.hasColumns() ? refusals(statement, rows.size()) : List.of();
        }
    }

    /** A bucket that fails is tried as often and for as long as a database that does. */
    private static void stage(StagedFile file, BytesColumn records, int count) throws IOException {
        try {
            file.write(records, count);
        } catch (MillraceException e) {
            throw new IOException("staging failed: " + e.describe(), e);
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
        Map<Integer, String> reasons = reasons(statement, ERRORS);
        if (!tells(reasons, missing, rows)) {
            // Which of its two views knows the load by this number is for the cluster to say; neither may be there at
            // once.
            reasons = reasons(statement, ERRORS_OF_CLUSTERS);
        }
        if (!tells(reasons, missing, rows)) {
            throw new SQLException("the load passed over " + missing + " of " + rows
                    + " rows, and neither sys_load_error_detail nor stl_load_errors tells which; nothing is loaded");
        }
        List<Refusal> refusals = new ArrayList<>();
        reasons.forEach((row, reason) -> refusals.add(new Refusal(row, ErrorCode.INVALID_VALUE, reason)));
        return refusals;
    }

    private static Map<Integer, String> reasons(Statement statement, String query) throws SQLException {
        Map<Integer, String> reasons = new TreeMap<>();
        try (ResultSet errors = statement.executeQuery(query)) {
            while (errors.next()) {
                int row = Math.toIntExact(errors.getLong(1)) - 1;
                reasons.putIfAbsent(row, "column '" + errors.getString(2) + "': " + errors.getString(3));
            }
        }
        return reasons;
    }

    private static boolean tells(Map<Integer, String> reasons, long missing, int rows) {
        return reasons.size() == missing && reasons.keySet().stream().allMatch(row -> row >= 0 && row < rows);
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
            staged.forget(name);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "a file that is loaded stays in " + settings.staging(), e);
        }
    }

    @Override
    public void cancel() {
        staged.cancel();
    }

    @Override
    public void close() {
        staged.close();
    }
}
