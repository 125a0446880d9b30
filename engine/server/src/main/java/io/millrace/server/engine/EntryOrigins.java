package io.millrace.server.engine;

import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ShardDescription;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowOrigins;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where rows made from log entries come from. A ROWTIME that the query did not ask for is read when somebody asks:
 * once for all rows of the batch, from the log.
 */
final class EntryOrigins implements RowOrigins {

    private final ShardDescription shard;
    private final long firstIndex;
    private final int entryCount;
    private final int @Nullable [] entryOfRow;
    private final LongColumn arrivals;
    private final boolean arrivalsByRow;
    private final LongFunction<StreamSplitReader> rowtimeReader;
    private @Nullable Map<Long, Long> rowtimes;

    /**
     * Describes rows.
     *
     * @param entryOfRow entry each row came from, or null where row n is entry n
     * @param rowtimeReader opens the shard at an index, for ROWTIME alone
     */
    EntryOrigins(
            ShardDescription shard,
            LogBatch entries,
            int @Nullable [] entryOfRow,
            LongFunction<StreamSplitReader> rowtimeReader) {
        this.shard = shard;
        this.firstIndex = entries.firstIndex();
        this.entryCount = entries.size();
        this.entryOfRow = entryOfRow;
        this.arrivals = entries.arrivals();
        this.arrivalsByRow = false;
        this.rowtimeReader = rowtimeReader;
    }

    /** The origins of some rows of others, which need nothing of the batch. */
    private EntryOrigins(EntryOrigins of, int[] rows, int count) {
        this.shard = of.shard;
        this.firstIndex = of.firstIndex;
        this.entryCount = of.entryCount;
        this.entryOfRow = new int[count];
        this.arrivals = new LongColumn(count);
        this.arrivalsByRow = true;
        this.rowtimeReader = of.rowtimeReader;
        for (int i = 0; i < count; i++) {
            entryOfRow[i] = of.entry(rows[i]);
            arrivals.set(i, of.arrivalMicros(rows[i]));
        }
    }

    /** Returns how the entry of an index is named in reports. */
    static String position(ShardDescription shard, long index, long arrivalMicros) {
        return shard.id() + ":" + shard.sequenceNumber(index, arrivalMicros);
    }

    private int entry(int row) {
        return entryOfRow == null ? row : entryOfRow[row];
    }

    private long index(int row) {
        return firstIndex + entry(row);
    }

    @Override
    public String position(int row) {
        return position(shard, index(row), arrivalMicros(row));
    }

    @Override
    public synchronized long rowtimeMicros(int row) {
        if (rowtimes == null) {
            rowtimes = read();
        }
        return rowtimes.getOrDefault(index(row), arrivalMicros(row));
    }

    @Override
    public long arrivalMicros(int row) {
        return arrivals.get(arrivalsByRow ? row : entry(row));
    }

    @Override
    public RowOrigins keep(int[] rows, int count) {
        return new EntryOrigins(this, rows, count);
    }

    private Map<Long, Long> read() {
        Map<Long, Long> read = new HashMap<>();
        long end = firstIndex + entryCount;
        try (StreamSplitReader reader = rowtimeReader.apply(firstIndex)) {
            for (SourceBatch batch = reader.poll(end, entryCount); batch != null; ) {
                LongColumn times =
                        (LongColumn) batch.rows().column(batch.rows().type().indexOf(SystemColumns.ROWTIME.name()));
                for (int row = 0; row < batch.rows().size(); row++) {
                    if (!times.isNull(row) && batch.rows().origins() instanceof EntryOrigins origins) {
                        read.put(origins.index(row), times.get(row));
                    }
                }
                batch = reader.poll(end, entryCount);
            }
        }
        return read;
    }
}
