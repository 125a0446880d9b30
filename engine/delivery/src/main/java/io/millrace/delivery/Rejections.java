package io.millrace.delivery;

import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Counts what cannot be delivered and hands it on. */
final class Rejections {

    private final String stream;
    private final Consumer<RejectedEntry> consumer;
    private volatile long count;

    Rejections(String stream, Consumer<RejectedEntry> consumer) {
        this.stream = stream;
        this.consumer = consumer;
    }

    long count() {
        return count;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread steps; the others only look.
    void add(RejectedEntry entry) {
        count++;
        consumer.accept(entry);
    }

    /** Adds a row that the format has no form for. */
    void add(String split, long from, long to, RowBatch rows, int row, MillraceException refusal) {
        int sequence = rows.type().indexOf(SystemColumns.SEQUENCE_NUMBER.name());
        String position = sequence < 0
                ? split + " " + from + " to " + to
                : split + " " + JavaValues.get(SystemColumns.SEQUENCE_NUMBER.type(), rows.column(sequence), row);
        int rowtime = rows.type().indexOf(SystemColumns.ROWTIME.name());
        add(new RejectedEntry(
                stream,
                position,
                refusal.code(),
                refusal.describe(),
                JavaValues.row(rows, row).toString().getBytes(StandardCharsets.UTF_8),
                rowtime < 0 ? 0 : ((LongColumn) rows.column(rowtime)).get(row)));
    }
}
