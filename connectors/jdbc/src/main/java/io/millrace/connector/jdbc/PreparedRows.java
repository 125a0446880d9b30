package io.millrace.connector.jdbc;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;

/** Writes rows by a prepared statement, for any database. */
final class PreparedRows implements RowWriter {

    private final Connection connection;
    private final Dialect dialect;
    private final String sql;

    PreparedRows(Connection connection, TableSettings settings, TableColumns columns) {
        this.connection = connection;
        this.dialect = settings.dialect();
        this.sql = settings.upsert()
                ? dialect.upsert(settings.table(), columns.names(), columns.key())
                : dialect.insert(settings.table(), columns.names());
    }

    @Override
    public void write(RowBatch rows, int from, int to) throws SQLException {
        // Prepared for each batch: one that has failed is of no more use to some drivers.
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int row = from; row < to; row++) {
                for (int i = 0; i < rows.columnCount(); i++) {
                    bind(statement, i + 1, rows.type().field(i).type(), rows.column(i), row);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void bind(PreparedStatement statement, int place, DataType type, Column column, int row)
            throws SQLException {
        if (column.isNull(row)) {
            statement.setNull(place, Types.NULL);
        } else if (goesAsText(type)) {
            StringBuilder text = new StringBuilder();
            SqlText.append(type, column, row, ZoneOffset.UTC, text);
            statement.setString(place, text.toString());
        } else {
            Object value = JavaValues.get(type, column, row);
            statement.setObject(place, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
        }
    }

    /** JDBC has no class for intervals and rows, and each driver its own idea of arrays. */
    private boolean goesAsText(DataType type) {
        return switch (type) {
            case ArrayType t -> true;
            case MapType t -> true;
            case RowType t -> true;
            case IntervalType t -> true;
            case DateType t -> !dialect.takesTimes();
            case TimeType t -> !dialect.takesTimes();
            case TimestampType t -> !dialect.takesTimes();
            default -> false;
        };
    }
}
