package io.millrace.format.parquet;

import io.millrace.spi.format.ColumnSummary;
import io.millrace.spi.format.FieldIds;
import io.millrace.spi.format.FileSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveComparator;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** What a footer says, added up over row groups. */
final class Summary {

    private final MessageType schema;
    private final Map<Integer, ColumnSummary> columns = new HashMap<>();

    private Summary(MessageType schema) {
        this.schema = schema;
    }

    static FileSummary of(ParquetMetadata footer, long bytes) {
        MessageType schema = footer.getFileMetaData().getSchema();
        Summary summary = new Summary(schema);
        List<Long> splits = new ArrayList<>();
        long rows = 0;
        for (BlockMetaData group : footer.getBlocks()) {
            splits.add(group.getStartingPos());
            rows += group.getRowCount();
            group.getColumns().forEach(summary::add);
        }
        return new FileSummary(
                bytes, rows, splits, footer.getFileMetaData().getKeyValueMetaData(), ids(schema), summary.columns);
    }

    private void add(ColumnChunkMetaData chunk) {
        Type.ID id = chunk.getPrimitiveType().getId();
        if (id == null) {
            return;
        }
        ColumnSummary more = summary(chunk);
        columns.merge(id.intValue(), more, (one, other) -> sum(one, other, comparator(chunk)));
    }

    /** The bounds of values that repeat within a row are of no use to whoever looks for rows. */
    private ColumnSummary summary(ColumnChunkMetaData chunk) {
        Statistics<?> statistics = chunk.getStatistics();
        boolean repeats = schema.getMaxRepetitionLevel(chunk.getPath().toArray()) > 0;
        boolean known = statistics != null && statistics.hasNonNullValue() && !repeats;
        Object min = known ? value(statistics.genericGetMin()) : null;
        Object max = known ? value(statistics.genericGetMax()) : null;
        boolean bounded = min != null && max != null;
        return new ColumnSummary(
                chunk.getTotalSize(),
                chunk.getValueCount(),
                statistics != null && statistics.isNumNullsSet() ? statistics.getNumNulls() : -1,
                bounded ? min : null,
                bounded ? max : null);
    }

    private static @Nullable Object value(Object value) {
        return switch (value) {
            case Binary bytes -> bytes.getBytes();
            case Float number when number.isNaN() -> null;
            case Double number when number.isNaN() -> null;
            default -> value;
        };
    }

    private static ColumnSummary sum(ColumnSummary one, ColumnSummary other, PrimitiveComparator<Object> order) {
        boolean nulls = one.nulls() >= 0 && other.nulls() >= 0;
        return new ColumnSummary(
                one.bytes() + other.bytes(),
                one.values() + other.values(),
                nulls ? one.nulls() + other.nulls() : -1,
                bound(one, one.min(), other, other.min(), order, -1),
                bound(one, one.max(), other, other.max(), order, 1));
    }

    /** Row groups of NULLs alone have no bounds and change none; others without bounds leave them unknown. */
    private static @Nullable Object bound(
            ColumnSummary one,
            @Nullable Object of,
            ColumnSummary other,
            @Nullable Object ofOther,
            PrimitiveComparator<Object> order,
            int sign) {
        if (of == null || ofOther == null) {
            return one.nulls() == one.values() ? ofOther : other.nulls() == other.values() ? of : null;
        }
        return Integer.signum(order.compare(comparable(of), comparable(ofOther))) == sign ? of : ofOther;
    }

    private static Object comparable(Object value) {
        return value instanceof byte[] bytes ? Binary.fromConstantByteArray(bytes) : value;
    }

    private static PrimitiveComparator<Object> comparator(ColumnChunkMetaData chunk) {
        return chunk.getPrimitiveType().comparator();
    }

    /** Returns the numbers of the fields of a group, in its order. */
    static List<FieldIds> ids(GroupType group) {
        List<FieldIds> ids = new ArrayList<>();
        for (Type type : group.getFields()) {
            ids.add(new FieldIds(type.getId() == null ? -1 : type.getId().intValue(), inside(type)));
        }
        return ids;
    }

    private static List<FieldIds> inside(Type type) {
        if (type.isPrimitive()) {
            return List.of();
        }
        GroupType group = type.asGroupType();
        boolean repeated = group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
                || group.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation;
        return ids(repeated ? group.getType(0).asGroupType() : group);
    }
}
