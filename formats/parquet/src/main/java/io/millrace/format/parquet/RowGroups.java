package io.millrace.format.parquet;

import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Which row groups may have a row that is asked for, by the least and greatest values that the footer gives for their
 * columns.
 *
 * <p>NaN is greater than all numbers to us, and has no place in those bounds. Writers that give no bounds at all where
 * there is a NaN can be believed that there is none; to others a greatest number says nothing.
 */
final class RowGroups {

    private static final List<String> KNOW_NAN = List.of("parquet-mr", "duckdb");

    private final RowType type;
    private final boolean knowsNan;

    private RowGroups(ParquetMetadata metadata, RowType type) {
        this.type = type;
        String writer =
                String.valueOf(metadata.getFileMetaData().getCreatedBy()).toLowerCase(Locale.ROOT);
        this.knowsNan = KNOW_NAN.stream().anyMatch(writer::startsWith);
    }

    /** Returns the row groups in which a row may be within all bounds. */
    static List<BlockMetaData> within(ParquetMetadata metadata, RowType type, List<ColumnBounds> bounds) {
        RowGroups groups = new RowGroups(metadata, type);
        return metadata.getBlocks().stream()
                .filter(group -> bounds.stream().noneMatch(each -> groups.excluded(group, each)))
                .toList();
    }

    private boolean excluded(BlockMetaData group, ColumnBounds bounds) {
        for (Field field : type.fields()) {
            if (field.name().equalsIgnoreCase(bounds.column())) {
                ColumnChunkMetaData chunk = chunk(group, field.name());
                return chunk != null
                        && ColumnBounds.widens(field.type(), bounds.type())
                        && excluded(chunk, field.type(), bounds, group.getRowCount());
            }
        }
        return false;
    }

    /** Returns the chunk of a flat column, or null where the column is none. */
    private static @Nullable ColumnChunkMetaData chunk(BlockMetaData group, String name) {
        ColumnPath path = ColumnPath.get(name);
        return group.getColumns().stream()
                .filter(chunk -> chunk.getPath().equals(path))
                .findFirst()
                .orElse(null);
    }

    private boolean excluded(ColumnChunkMetaData chunk, DataType of, ColumnBounds bounds, long rows) {
        Statistics<?> statistics = chunk.getStatistics();
        if (statistics == null || statistics.isEmpty()) {
            return false;
        }
        boolean known = statistics.hasNonNullValue();
        boolean mayBeNan = of instanceof FloatingType && !knowsNan;
        return bounds.excludes(
                known ? value(statistics.genericGetMin(), of, chunk.getPrimitiveType()) : null,
                known && !mayBeNan ? value(statistics.genericGetMax(), of, chunk.getPrimitiveType()) : null,
                statistics.isNumNullsSet() ? statistics.getNumNulls() : -1,
                rows);
    }

    private static @Nullable Comparable<?> value(Object value, DataType of, PrimitiveType column) {
        return switch (of) {
            case BooleanType t -> (Boolean) value;
            case IntegerType t -> BigDecimal.valueOf(integer(value, column));
            case DecimalType t -> decimal(value, t.scale(), column);
            case FloatingType t when value instanceof Number number -> ColumnBounds.bound(number.doubleValue());
            case CharacterType t
            when column.getPrimitiveTypeName() == PrimitiveTypeName.BINARY && value instanceof Binary bytes ->
                ColumnBounds.ordered(bytes.getBytes());
            case DateType t -> integer(value, column);
            case TimeType t -> micros(value, column);
            case TimestampType t when value instanceof Long -> micros(value, column);
            default -> null;
        };
    }

    private static long integer(Object value, PrimitiveType column) {
        boolean unsigned = column.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation t
                && !t.isSigned()
                && t.getBitWidth() == 32;
        return unsigned ? Integer.toUnsignedLong((Integer) value) : ((Number) value).longValue();
    }

    private static BigDecimal decimal(Object value, int scale, PrimitiveType column) {
        if (value instanceof Binary bytes) {
            return new BigDecimal(new BigInteger(bytes.getBytes()), scale);
        }
        long unscaled = ((Number) value).longValue();
        return column.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation
                ? new BigDecimal(Long.toUnsignedString(unscaled))
                : BigDecimal.valueOf(unscaled, scale);
    }

    private static @Nullable Long micros(Object value, PrimitiveType column) {
        long number = ((Number) value).longValue();
        LogicalTypeAnnotation annotation = column.getLogicalTypeAnnotation();
        TimeUnit unit = annotation instanceof TimestampLogicalTypeAnnotation t
                ? t.getUnit()
                : annotation instanceof TimeLogicalTypeAnnotation t ? t.getUnit() : null;
        return switch (unit) {
            case null -> null;
            case MILLIS -> Math.multiplyExact(number, 1000L);
            case MICROS -> number;
            case NANOS -> Math.floorDiv(number, 1000L);
        };
    }
}
