package io.millrace.connector.jdbc;

import io.millrace.spi.connector.RelationScan;
import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table while it is read: one statement on a connection of its own, whose rows come a part at a time. */
final class TableScan implements RelationScan {

    private static final int BATCH_ROWS_MAX = 4096;
    private static final long UNKNOWN = -1;

    private final RelationSettings settings;
    private final Connection connection;
    private final WantedColumns wanted;
    private final ConditionSql.Part where;
    private final long estimate;
    private final RowBatch batch;
    private @Nullable PreparedStatement statement;
    private @Nullable ResultSet rows;

    private TableScan(
            RelationSettings settings,
            Connection connection,
            WantedColumns wanted,
            ConditionSql.Part where,
            long estimate) {
        this.settings = settings;
        this.connection = connection;
        this.wanted = wanted;
        this.where = where;
        this.estimate = estimate;
        this.batch = RowBatch.create(wanted.type(), 0);
    }

    /** Connects and looks what the table is made of. It is asked for rows when the first are wanted. */
    static TableScan open(RelationSettings settings, RowType wanted, List<RowCondition> conditions)
            throws SQLException {
        Dialect dialect = settings.dialect();
        Connection connection = settings.database().connect();
        try {
            if (dialect.transmitsInTransactions()) {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
            }
            List<DatabaseColumn> columns = DatabaseColumn.of(connection, dialect, settings.table());
            return new TableScan(
                    settings,
                    connection,
                    new WantedColumns(settings, columns, wanted),
                    new ConditionSql(dialect, columns, wanted).where(conditions),
                    dialect == Dialect.POSTGRESQL ? estimate(connection, settings.table()) : UNKNOWN);
        } catch (SQLException | RuntimeException e) {
            Database.closeQuietly(connection);
            throw e;
        }
    }

    private static long estimate(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(?)")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Math.max(UNKNOWN, rows.getLong(1)) : UNKNOWN;
            }
        }
    }

    private String sql() {
        return "SELECT " + wanted.list() + " FROM " + settings.table() + where.sql();
    }

    @Override
    public String asked() {
        return where.values().isEmpty()
                ? sql()
                : sql()
                        + where.values().stream()
                                .map(BoundValue::toString)
                                .collect(Collectors.joining(", ", ", with ", ""));
    }

    @Override
    public long rowEstimate() {
        return estimate;
    }

    @Override
    public @Nullable RowBatch next() throws IOException {
        try {
            ResultSet answer = rows;
            if (answer == null) {
                answer = ask();
                rows = answer;
            }
            batch.clear();
            while (batch.size() < BATCH_ROWS_MAX && answer.next()) {
                wanted.append(answer, batch);
            }
            return batch.size() == 0 ? null : batch;
        } catch (SQLException e) {
            throw Failures.toRetry(settings.database().shownUrl(), e);
        }
    }

    private ResultSet ask() throws SQLException {
        PreparedStatement asking = connection.prepareStatement(sql());
        statement = asking;
        asking.setFetchSize(settings.dialect().fetchSize(settings.fetchRows()));
        for (int i = 0; i < where.values().size(); i++) {
            where.values().get(i).bind(asking, i + 1);
        }
        return asking.executeQuery();
    }

    @Override
    public void close() {
        if (statement != null) {
            Database.closeQuietly(statement);
        }
        Database.closeQuietly(connection);
    }
}
