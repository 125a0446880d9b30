package io.millrace.connector.iceberg;

import io.millrace.spi.connector.RowParting;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.SerializableFunction;
import org.jspecify.annotations.Nullable;

/** Rows by a table's partitions. For one thread at a time. */
final class TableParting implements RowParting {

    /** Longest folder that is named after its values. A reader goes by the table's metadata, not by names. */
    private static final int FOLDER_LENGTH_MAX = 80;

    private static final String DATA = "data/";
    private static final char NULLS = '\n';

    private final PartitionSpec spec;
    private final List<Source> sources = new ArrayList<>();
    private @Nullable Object[] last;
    private String lastPartition = "";

    /** Where a partition's value comes from. */
    private record Source(int column, DataType type, Type tableType, SerializableFunction<Object, Object> transform) {

        @Nullable
        Object value(RowBatch rows, int row) {
            Column values = rows.column(column);
            return values.isNull(row) ? null : transform.apply(wide(plain(values, row)));
        }

        /** Returns a value as Iceberg has it. */
        private Object plain(Column values, int row) {
            return switch (type) {
                case DateType t -> ((IntColumn) values).get(row);
                case TimeType t -> ((LongColumn) values).get(row);
                case TimestampType t -> ((LongColumn) values).get(row);
                case BinaryType t -> ByteBuffer.wrap(((BytesColumn) values).get(row));
                default -> Objects.requireNonNull(JavaValues.get(type, values, row));
            };
        }

        /** A table's column may be wider than the delivery's. */
        private Object wide(Object value) {
            if (type instanceof IntegerType && tableType.typeId() == Type.TypeID.LONG) {
                return ((Number) value).longValue();
            }
            if (value instanceof Float number && tableType.typeId() == Type.TypeID.DOUBLE) {
                return number.doubleValue();
            }
            return value;
        }
    }

    TableParting(PartitionSpec spec, RowType columns) {
        this(spec, columns, -1);
    }

    /** @param other place of a column that is none of the table; -1 where there is none */
    TableParting(PartitionSpec spec, RowType columns, int other) {
        this.spec = spec;
        for (PartitionField field : spec.fields()) {
            sources.add(source(field, columns, other));
        }
        this.last = new Object[sources.size()];
        if (isParted()) {
            lastPartition = text(last);
        }
    }

    private Source source(PartitionField field, RowType columns, int other) {
        NestedField source = spec.schema().asStruct().field(field.sourceId());
        for (int i = 0; source != null && i < columns.size(); i++) {
            if (i != other
                    && TableColumns.field(
                                            spec.schema().asStruct(),
                                            columns.field(i).name())
                                    .fieldId()
                            == source.fieldId()) {
                return new Source(i, columns.field(i).type(), source.type(), bound(field.transform(), source.type()));
            }
        }
        throw new MillraceException(
                ErrorCode.UNSUPPORTED,
                "the table is parted by '" + field.name() + "', which comes of no column of the delivery",
                "deliver that column, or part the table otherwise: WITH (partition_by = '…')");
    }

    @SuppressWarnings("unchecked") // The type that it is bound to is that of the values it gets.
    private static SerializableFunction<Object, Object> bound(Transform<?, ?> transform, Type type) {
        return ((Transform<Object, Object>) transform).bind(type);
    }

    @Override
    public boolean isParted() {
        return !sources.isEmpty();
    }

    /** Returns the partition that a row is in. */
    PartitionData tuple(RowBatch rows, int row) {
        return tuple(values(rows, row));
    }

    private @Nullable Object[] values(RowBatch rows, int row) {
        @Nullable Object[] values = new Object[sources.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = sources.get(i).value(rows, row);
        }
        return values;
    }

    private PartitionData tuple(@Nullable Object[] values) {
        PartitionData tuple = new PartitionData(spec.partitionType());
        for (int i = 0; i < values.length; i++) {
            tuple.set(i, values[i]);
        }
        return tuple;
    }

    @Override
    public String partition(RowBatch rows, int row) {
        if (!isParted()) {
            return "";
        }
        @Nullable Object[] values = values(rows, row);
        if (!Arrays.equals(values, last)) {
            last = values;
            lastPartition = text(values);
        }
        return lastPartition;
    }

    /** A NULL and the word have one name for a folder, so which are NULL stands behind it. */
    private String text(@Nullable Object[] values) {
        StringBuilder text = new StringBuilder(spec.partitionToPath(tuple(values))).append(NULLS);
        for (Object value : values) {
            text.append(value == null ? '-' : '+');
        }
        return text.toString();
    }

    @Override
    public String prefix(String partition) {
        return isParted() ? folder(partition.substring(0, partition.indexOf(NULLS))) : DATA;
    }

    /** Returns where files of a partition go. */
    static String folder(String path) {
        if (path.isEmpty()) {
            return DATA;
        }
        boolean plain = path.length() <= FOLDER_LENGTH_MAX && !path.contains("..") && !path.contains("/.");
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return DATA + (plain ? path : "partition-" + UUID.nameUUIDFromBytes(bytes)) + "/";
    }
}
