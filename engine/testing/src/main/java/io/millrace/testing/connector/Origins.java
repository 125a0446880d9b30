package io.millrace.testing.connector;

import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType.RowType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that know where they come from: row n is from {@code shard:n}, n seconds behind a first one.
 *
 * @param first the ROWTIME of the shard's first row
 * @param skipped how many rows of the shard lie before the batch
 */
public record Origins(Instant first, long skipped) implements RowOrigins {

    /** The beginning of 2026. */
    public static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    /** The origins of a shard's first rows. */
    public Origins(Instant first) {
        this(first, 0);
    }

    /** Returns a batch of a shard's first rows, each a list of one object a field. */
    public static RowBatch rows(RowType type, List<? extends @Nullable Object>... rows) {
        RowBatch batch = RowBatch.create(type, Math.max(1, rows.length));
        Arrays.stream(rows).forEach(row -> JavaValues.append(batch, row));
        batch.origins(new Origins(FIRST));
        return batch;
    }

    @Override
    public String position(int row) {
        return "shard:" + (skipped + row);
    }

    @Override
    public long rowtimeMicros(int row) {
        return JavaValues.micros(first.plus(Duration.ofSeconds(skipped + row)));
    }
}
