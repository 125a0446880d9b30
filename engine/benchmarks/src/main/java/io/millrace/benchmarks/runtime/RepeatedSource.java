package io.millrace.benchmarks.runtime;

import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One split of bids that costs nothing to read: the same batch over and over, its times moved on. */
final class RepeatedSource implements Source {

    static final int BATCH_ROWS = 8192;
    static final RowType BIDS = RowType.of(
            Field.required("ROWTIME", DataType.TIMESTAMP),
            Field.required("auction", DataType.BIGINT),
            Field.required("price", DataType.BIGINT),
            Field.required("channel", DataType.VARCHAR));

    private static final long MICROS_PER_ROW = 10;

    private final long rows;
    private final RowBatch batch = RowBatch.create(BIDS, BATCH_ROWS);

    /**
     * @param rows how many rows there are, a multiple of {@link #BATCH_ROWS}
     * @param keys how many auctions there are
     */
    RepeatedSource(long rows, int keys) {
        this.rows = rows;
        Random random = new Random(42);
        for (int i = 0; i < BATCH_ROWS; i++) {
            int key = random.nextInt(keys);
            ((LongColumn) batch.column(1)).set(i, key);
            ((LongColumn) batch.column(2)).set(i, random.nextInt(10_000));
            ((BytesColumn) batch.column(3)).append(i, "channel-" + key);
        }
        batch.size(BATCH_ROWS);
    }

    @Override
    public List<String> splits() {
        return List.of("0");
    }

    @Override
    public long firstPosition(String split) {
        return 0;
    }

    @Override
    public long endPosition(String split) {
        return rows;
    }

    @Override
    public long idleBound(String split, long position) {
        return Long.MAX_VALUE;
    }

    @Override
    public SplitReader open(String split, long position) {
        return new Reader(position);
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        return () -> {};
    }

    @Override
    public void close() {}

    private final class Reader implements SplitReader {

        private long position;

        Reader(long position) {
            this.position = position;
        }

        @Override
        public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
            if (position >= endPosition) {
                return null;
            }
            long[] times = ((LongColumn) batch.column(0)).values();
            for (int i = 0; i < BATCH_ROWS; i++) {
                times[i] = (position + i) * MICROS_PER_ROW;
            }
            position += BATCH_ROWS;
            return new SourceBatch(batch, List.of(), times[BATCH_ROWS - 1]);
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void close() {}
    }
}
