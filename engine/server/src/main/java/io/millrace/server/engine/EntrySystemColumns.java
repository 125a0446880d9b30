package io.millrace.server.engine;

import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ShardDescription;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.Field;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The system columns of rows made from log entries: what the log knows of an entry, once per row. */
final class EntrySystemColumns {

    private final ShardDescription shard;
    private final LogBatch entries;
    private final int rows;
    private final int @Nullable [] entryOfRow;

    /**
     * Describes rows.
     *
     * @param entryOfRow entry each row came from, or null where row n is entry n
     */
    EntrySystemColumns(ShardDescription shard, LogBatch entries, int rows, int @Nullable [] entryOfRow) {
        this.shard = shard;
        this.entries = entries;
        this.rows = rows;
        this.entryOfRow = entryOfRow;
    }

    Column column(Field field) {
        if (field.name().equals(SystemColumns.PARTITION_KEY.name())) {
            return partitionKeys();
        }
        if (field.name().equals(SystemColumns.SEQUENCE_NUMBER.name())) {
            return sequenceNumbers();
        }
        if (field.name().equals(SystemColumns.SHARD_ID.name())) {
            return shardIds();
        }
        return arrivals();
    }

    private int entry(int row) {
        return entryOfRow == null ? row : entryOfRow[row];
    }

    private LongColumn arrivals() {
        if (entryOfRow == null) {
            return entries.arrivals();
        }
        long[] values = new long[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = entries.arrivals().get(entryOfRow[row]);
        }
        return new LongColumn(values);
    }

    private Column partitionKeys() {
        BytesColumn keys = entries.partitionKeys();
        if (entryOfRow == null) {
            return keys;
        }
        BytesColumn column = new BytesColumn(rows);
        for (int row = 0; row < rows; row++) {
            column.copyFrom(keys, entryOfRow[row], row);
        }
        return column;
    }

    private BytesColumn sequenceNumbers() {
        BytesColumn column = new BytesColumn(rows);
        for (int row = 0; row < rows; row++) {
            int entry = entry(row);
            long arrival = entries.arrivals().get(entry);
            column.append(
                    row,
                    shard.sequenceNumber(entries.firstIndex() + entry, arrival).toString());
        }
        return column;
    }

    private BytesColumn shardIds() {
        byte[] id = shard.id().getBytes(StandardCharsets.UTF_8);
        BytesColumn column = new BytesColumn(rows);
        column.share(id);
        for (int row = 0; row < rows; row++) {
            column.slice(row, 0, id.length);
        }
        return column;
    }
}
