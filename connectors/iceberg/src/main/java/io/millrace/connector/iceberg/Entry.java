package io.millrace.connector.iceberg;

import io.millrace.spi.format.ColumnSummary;
import io.millrace.spi.format.FileSummary;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.BinaryUtil;
import org.apache.iceberg.util.UnicodeUtil;
import org.jspecify.annotations.Nullable;

/** A table's entry for a file, made of what the file says of itself. */
final class Entry {

    /** How much of text and bytes goes into bounds: Iceberg's own measure. */
    private static final int BOUND_LENGTH = 16;

    private Entry() {}

    /** @param ids the numbers of the key's columns */
    static DeleteFile ofKeys(Table table, String name, FileSummary file, int[] ids) {
        PartitionSpec spec = PartitionNotes.spec(file.notes(), table, name);
        FileMetadata.Builder entry = FileMetadata.deleteFileBuilder(spec)
                .ofEqualityDeletes(ids)
                .withPath(location(table) + "/" + name)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(file.bytes())
                .withMetrics(metrics(table, file))
                .withSplitOffsets(file.splits());
        return (spec.isPartitioned() ? entry.withPartition(PartitionNotes.partition(file.notes(), spec)) : entry)
                .build();
    }

    static DataFile of(Table table, String name, FileSummary file) {
        PartitionSpec spec = PartitionNotes.spec(file.notes(), table, name);
        DataFiles.Builder entry = DataFiles.builder(spec)
                .withPath(location(table) + "/" + name)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(file.bytes())
                .withMetrics(metrics(table, file))
                .withSplitOffsets(file.splits());
        return (spec.isPartitioned() ? entry.withPartition(PartitionNotes.partition(file.notes(), spec)) : entry)
                .build();
    }

    /** Returns where a table is, without a slash at its end. */
    static String location(Table table) {
        return table.location().replaceFirst("/+$", "");
    }

    /** Returns how the table was parted when a file was appended. */
    static PartitionSpec spec(Table table, DataFile file) {
        return Objects.requireNonNull(table.specs().get(file.specId()), "a table knows the partitioning of its files");
    }

    /** Returns the partition that a file of a table is of. */
    static PartitionData partition(Table table, DataFile file) {
        PartitionData partition = new PartitionData(spec(table, file).partitionType());
        for (int i = 0; i < partition.size(); i++) {
            partition.set(i, file.partition().get(i, Object.class));
        }
        return partition;
    }

    /** Returns what a file's partition is called. */
    static String path(Table table, DataFile file) {
        return spec(table, file).partitionToPath(file.partition());
    }

    private static Metrics metrics(Table table, FileSummary file) {
        Map<Integer, Long> bytes = new HashMap<>();
        Map<Integer, Long> values = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, ByteBuffer> lower = new HashMap<>();
        Map<Integer, ByteBuffer> upper = new HashMap<>();
        file.columns().forEach((id, column) -> {
            bytes.put(id, column.bytes());
            values.put(id, column.values());
            if (column.nulls() >= 0) {
                nulls.put(id, column.nulls());
            }
            Types.NestedField field = table.schema().findField(id);
            if (field != null) {
                putBounds(field.type(), id, column, lower, upper);
            }
        });
        return new Metrics(file.rows(), bytes, values, nulls, Map.of(), lower, upper);
    }

    private static void putBounds(
            Type type, int id, ColumnSummary column, Map<Integer, ByteBuffer> lower, Map<Integer, ByteBuffer> upper) {
        if (column.min() != null && column.max() != null) {
            ByteBuffer min = bound(type, column.min(), false);
            ByteBuffer max = bound(type, column.max(), true);
            if (min != null) {
                lower.put(id, min);
            }
            if (max != null) {
                upper.put(id, max);
            }
        }
    }

    /** Returns a bound as the table has it, or null where it would be too long. */
    private static @Nullable ByteBuffer bound(Type type, Object value, boolean upper) {
        return switch (type.typeId()) {
            case BOOLEAN, INTEGER, DATE, FLOAT -> Conversions.toByteBuffer(type, value);
            case LONG, TIME, TIMESTAMP -> Conversions.toByteBuffer(type, ((Number) value).longValue());
            case DOUBLE -> Conversions.toByteBuffer(type, ((Number) value).doubleValue());
            case DECIMAL ->
                Conversions.toByteBuffer(type, new BigDecimal(unscaled(value), ((Types.DecimalType) type).scale()));
            case STRING -> text(new String((byte[]) value, StandardCharsets.UTF_8), upper);
            case BINARY -> bytes(ByteBuffer.wrap((byte[]) value), upper);
            default -> null;
        };
    }

    private static BigInteger unscaled(Object value) {
        return value instanceof byte[] bytes ? new BigInteger(bytes) : BigInteger.valueOf(((Number) value).longValue());
    }

    private static @Nullable ByteBuffer text(CharSequence text, boolean upper) {
        Literal<CharSequence> whole = Literal.of(text);
        Literal<CharSequence> cut = upper
                ? UnicodeUtil.truncateStringMax(whole, BOUND_LENGTH)
                : UnicodeUtil.truncateStringMin(whole, BOUND_LENGTH);
        return cut == null ? null : Conversions.toByteBuffer(Types.StringType.get(), cut.value());
    }

    private static @Nullable ByteBuffer bytes(ByteBuffer bytes, boolean upper) {
        Literal<ByteBuffer> whole = Literal.of(bytes);
        Literal<ByteBuffer> cut = upper
                ? BinaryUtil.truncateBinaryMax(whole, BOUND_LENGTH)
                : BinaryUtil.truncateBinaryMin(whole, BOUND_LENGTH);
        return cut == null ? null : Conversions.toByteBuffer(Types.BinaryType.get(), cut.value());
    }
}
