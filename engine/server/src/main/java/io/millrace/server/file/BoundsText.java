package io.millrace.server.file;

import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/** Bounds as people write conditions. */
final class BoundsText {

    private BoundsText() {}

    static String of(ColumnBounds bounds) {
        if (bounds.nulls()) {
            return bounds.column() + " IS NULL";
        }
        Comparable<?> min = bounds.min();
        Comparable<?> max = bounds.max();
        if (min != null && min.equals(max)) {
            return bounds.column() + " = " + value(min, bounds.type());
        }
        List<String> parts = new ArrayList<>();
        if (min != null) {
            parts.add(bounds.column() + (bounds.minOpen() ? " > " : " >= ") + value(min, bounds.type()));
        }
        if (max != null) {
            parts.add(bounds.column() + (bounds.maxOpen() ? " < " : " <= ") + value(max, bounds.type()));
        }
        return parts.isEmpty() ? bounds.column() + " IS NOT NULL" : String.join(" AND ", parts);
    }

    private static String value(Comparable<?> value, DataType type) {
        return switch (value) {
            case BigDecimal number -> number.toPlainString();
            case String bytes ->
                "'" + new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8) + "'";
            case Long number when type instanceof DateType -> String.valueOf(LocalDate.ofEpochDay(number));
            case Long number when type instanceof TimeType -> String.valueOf(LocalTime.ofNanoOfDay(number * 1000));
            case Long number when type instanceof TimestampType -> String.valueOf(JavaValues.instant(number));
            default -> String.valueOf(value);
        };
    }
}
