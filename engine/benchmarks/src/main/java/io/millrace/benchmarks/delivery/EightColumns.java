package io.millrace.benchmarks.delivery;

import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rows of eight columns, which formats of files and deliveries are measured with; the same ones each time. */
public final class EightColumns {

    /** How many rows {@link #batches} has. */
    public static final int ROWS = 1_000_000;

    public static final RowType TYPE = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.required("at", DataType.TIMESTAMP),
            Field.required("account", DataType.VARCHAR),
            Field.required("symbol", DataType.VARCHAR),
            Field.nullable("note", DataType.VARCHAR),
            Field.nullable("price", DataType.DOUBLE),
            Field.required("quantity", DataType.INTEGER),
            Field.required("buy", DataType.BOOLEAN));

    private static final int BATCH_ROWS = 4096;

    private EightColumns() {}

    /** Takes rows, which are its own to keep. */
    @FunctionalInterface
    interface Taker {
        void take(RowBatch rows) throws IOException;
    }

    /** Returns {@value #ROWS} rows. */
    public static List<RowBatch> batches() {
        List<RowBatch> batches = new ArrayList<>();
        Random random = new Random(1);
        for (int row = 0; row < ROWS; row += BATCH_ROWS) {
            batches.add(batch(random, row, Math.min(BATCH_ROWS, ROWS - row)));
        }
        return batches;
    }

    /** Gives so many rows, a batch at a time. */
    static void each(long rows, Taker taker) throws IOException {
        Random random = new Random(1);
        for (long row = 0; row < rows; row += BATCH_ROWS) {
            taker.take(batch(random, row, (int) Math.min(BATCH_ROWS, rows - row)));
        }
    }

    private static RowBatch batch(Random random, long first, int count) {
        RowBatch batch = RowBatch.create(TYPE, count);
        for (int i = 0; i < count; i++) {
            ((LongColumn) batch.column(0)).set(i, first + i);
            ((LongColumn) batch.column(1)).set(i, 1_767_225_600_000_000L + (first + i) * 1000L + random.nextInt(900));
            ((BytesColumn) batch.column(2)).append(i, "account-" + random.nextInt(100_000));
            ((BytesColumn) batch.column(3)).append(i, "SYM" + random.nextInt(1000));
            if (random.nextInt(4) == 0) {
                batch.column(4).setNull(i);
            } else {
                ((BytesColumn) batch.column(4)).append(i, "order " + Long.toHexString(random.nextLong()));
            }
            ((DoubleColumn) batch.column(5)).set(i, random.nextInt(100_000) / 100.0);
            ((IntColumn) batch.column(6)).set(i, random.nextInt(1000));
            ((BooleanColumn) batch.column(7)).set(i, random.nextBoolean());
        }
        batch.size(count);
        return batch;
    }
}
