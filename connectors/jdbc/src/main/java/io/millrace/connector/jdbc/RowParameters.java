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
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;

/** The values of rows as parameters of statements. */
final class RowParameters {

    private final Dialect dialect;

    RowParameters(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Sets a parameter to the value that a row has in a column. */
    void bind(PreparedStatement statement, int place, RowBatch rows, int at, int row) throws SQLException {
        DataType type = rows.type().field(at).type();
        Column column = rows.column(at);
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
