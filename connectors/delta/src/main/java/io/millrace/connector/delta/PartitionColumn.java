package io.millrace.connector.delta;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A column that a table is parted by.
 *
 * @param name its name in the table
 * @param place its place among the delivery's
 * @param type the type of its values
 */
record PartitionColumn(String name, int place, DataType type) {

    private static final DateTimeFormatter WALL_CLOCK = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    static PartitionColumn of(String name, int place, DataType type) {
        if (type instanceof ArrayType
                || type instanceof MapType
                || type instanceof RowType
                || type instanceof BinaryType) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "column '" + name + "' is " + type + ", and no table is parted by such a one",
                    "part it by a number, a text, a day or a time");
        }
        return new PartitionColumn(name, place, type);
    }

    /** Returns a value as the log has it, null for NULL. An empty text is NULL too, by Delta's rules. */
    @Nullable
    String text(Column column, int row) {
        Object value = JavaValues.get(type, column, row);
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number.toPlainString();
            case LocalDateTime time -> WALL_CLOCK.format(time);
            case Instant time -> INSTANT.format(time);
            default -> {
                String text = value.toString();
                yield text.isEmpty() ? null : text;
            }
        };
    }
}
