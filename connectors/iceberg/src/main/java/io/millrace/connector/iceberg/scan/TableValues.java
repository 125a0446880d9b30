package io.millrace.connector.iceberg.scan;

import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values as Iceberg's metadata has them, of partitions and defaults, as columns. */
final class TableValues {

    private TableValues() {}

    /** Returns a column of one value in so many rows. */
    static Column repeated(DataType type, @Nullable Object value, int rows) {
        Column column = Column.create(type, Math.max(1, rows));
        if (value == null) {
            Arrays.fill(column.nullsForWriting(), true);
            return column;
        }
        Column one = Column.create(type, 1);
        set(one, value);
        for (int row = 0; row < rows; row++) {
            column.copyFrom(one, 0, row);
        }
        return column;
    }

    private static void set(Column column, Object value) {
        switch (column) {
            case BooleanColumn cells -> cells.set(0, (Boolean) value);
            case IntColumn cells -> cells.set(0, ((Number) value).intValue());
            case LongColumn cells
            when value instanceof BigDecimal decimal ->
                cells.set(0, decimal.unscaledValue().longValueExact());
            case LongColumn cells -> cells.set(0, ((Number) value).longValue());
            case FloatColumn cells -> cells.set(0, ((Number) value).floatValue());
            case DoubleColumn cells -> cells.set(0, ((Number) value).doubleValue());
            case Decimal128Column cells -> cells.set(0, ((BigDecimal) value).unscaledValue());
            case BytesColumn cells -> cells.append(0, bytes(value));
            default -> throw new IllegalArgumentException("a value of several: " + value);
        }
    }

    private static byte[] bytes(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    }
}
