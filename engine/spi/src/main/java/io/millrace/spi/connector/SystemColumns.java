package io.millrace.spi.connector;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns that every stream has without declaring them. A query may name them; {@code *} leaves them
 * out. The names are those of Kinesis Data Analytics.
 */
public final class SystemColumns {

    /**
     * The time of the row that windows and bounds go by: the column of the stream's {@code WATERMARK
     * FOR}, else what the pump that wrote it gave, else the arrival time.
     */
    public static final Field ROWTIME = Field.required("ROWTIME", DataType.TIMESTAMP);

    /** When the log took the row. */
    public static final Field ARRIVAL_TIME = Field.required("APPROXIMATE_ARRIVAL_TIME", DataType.TIMESTAMP);

    public static final Field PARTITION_KEY = Field.nullable("PARTITION_KEY", DataType.VARCHAR);

    /** The row's sequence number, as the Kinesis API writes it. */
    public static final Field SEQUENCE_NUMBER = Field.required("SEQUENCE_NUMBER", DataType.VARCHAR);

    public static final Field SHARD_ID = Field.required("SHARD_ID", DataType.VARCHAR);

    /** All of them, in a fixed order. */
    public static final List<Field> ALL = List.of(ROWTIME, ARRIVAL_TIME, PARTITION_KEY, SEQUENCE_NUMBER, SHARD_ID);

    /** The place of a row in its table, for statements that change rows; no query can name it. */
    public static final Field TABLE_SLOT = Field.required("$slot", DataType.BIGINT);

    private SystemColumns() {}

    /** Returns the system column of this name, whatever its case, or null. */
    public static @Nullable Field find(String name) {
        for (Field field : ALL) {
            if (field.name().equalsIgnoreCase(name)) {
                return field;
            }
        }
        return null;
    }
}
