package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimestampType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which files have no row that a query wants, by what the log says of them. */
final class FilePruning {

    /** Times are cut to milliseconds in statistics, by some writers downwards on both sides. */
    private static final long CUT_MICROS = 999;

    private final List<WantedColumn> columns;
    private final List<ColumnBounds> bounds;

    FilePruning(List<WantedColumn> columns, List<ColumnBounds> bounds) {
        this.columns = columns;
        this.bounds = bounds;
    }

    List<DataFile> wanted(List<DataFile> files) {
        return files.stream().filter(this::mayHaveSome).toList();
    }

    private boolean mayHaveSome(DataFile file) {
        for (ColumnBounds each : bounds) {
            for (WantedColumn column : columns) {
                if (column.name().equalsIgnoreCase(each.column())
                        && ColumnBounds.widens(column.inFiles().type(), each.type())
                        && excludes(each, column, file)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean excludes(ColumnBounds bounds, WantedColumn column, DataFile file) {
        if (column.parts()) {
            Column value = PartitionValue.of(file, column);
            Comparable<?> bound = ColumnBounds.bound(column.type(), value, 0);
            return bounds.excludes(bound, bound, value.isNull(0) ? 1 : 0, 1);
        }
        JsonNode statistics = file.statistics();
        if (statistics == null) {
            return false;
        }
        String name = column.inFiles().name();
        DataType type = column.inFiles().type();
        // NaN is above all numbers for some and left out of the bounds by others.
        JsonNode greatest = type instanceof FloatingType
                ? statistics.path("none")
                : statistics.path("maxValues").path(name);
        return bounds.excludes(
                bound(type, statistics.path("minValues").path(name), 0),
                bound(type, greatest, CUT_MICROS),
                statistics.path("nullCount").path(name).asLong(-1),
                file.rows() < 0 ? Long.MAX_VALUE : file.rows());
    }

    private static @Nullable Comparable<?> bound(DataType type, JsonNode value, long cutMicros) {
        return switch (type) {
            case IntegerType t when value.isNumber() -> value.decimalValue();
            case DecimalType t when value.isNumber() -> value.decimalValue();
            case FloatingType t when value.isNumber() -> value.decimalValue();
            case CharacterType t
            when value.isTextual() -> ColumnBounds.ordered(value.asText().getBytes(StandardCharsets.UTF_8));
            case DateType t when value.isTextual() -> parsed(type, value.asText(), 0);
            case TimestampType t when value.isTextual() -> parsed(type, value.asText(), cutMicros);
            default -> null;
        };
    }

    /** Statistics are somebody's word: one that is not understood has the file read. */
    private static @Nullable Comparable<?> parsed(DataType type, String text, long more) {
        Column one = Column.create(type, 1);
        try {
            SqlText.parse(type, text, ZoneOffset.UTC, one, 0);
        } catch (RuntimeException e) {
            return null;
        }
        return ColumnBounds.bound(type, one, 0) instanceof Long number ? (Comparable<?>) (number + more) : null;
    }
}
