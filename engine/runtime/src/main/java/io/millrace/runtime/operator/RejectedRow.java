package io.millrace.runtime.operator;

import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes a row of a batch that could not be used. */
final class RejectedRow {

    private RejectedRow() {}

    static RejectedEntry of(String origin, RowBatch batch, int row, ErrorCode code, String reason) {
        String text = text(batch, row);
        return new RejectedEntry(
                origin, position(batch, row), code, reason, text.getBytes(StandardCharsets.UTF_8), rowtime(batch, row));
    }

    private static String text(RowBatch batch, int row) {
        List<@Nullable Object> values = JavaValues.row(batch, row);
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(batch.type().field(i).name());
            text.append('=').append(value(values.get(i)));
        }
        return text.append(')').toString();
    }

    private static String value(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        return value instanceof byte[] bytes ? java.util.HexFormat.of().formatHex(bytes) : value.toString();
    }

    private static String position(RowBatch batch, int row) {
        RowOrigins origins = batch.origins();
        return origins == null ? "" : origins.position(row);
    }

    private static long rowtime(RowBatch batch, int row) {
        RowOrigins origins = batch.origins();
        return origins == null ? ownRowtime(batch, row) : origins.rowtimeMicros(row);
    }

    /** A row that was computed, of a group say, has a ROWTIME where its query gives it one. */
    static long ownRowtime(RowBatch batch, int row) {
        int column = batch.type().indexOf(SystemColumns.ROWTIME.name());
        return column >= 0 && batch.column(column) instanceof LongColumn times && !times.isNull(row)
                ? times.get(row)
                : RowOrigins.NO_ROWTIME;
    }
}
