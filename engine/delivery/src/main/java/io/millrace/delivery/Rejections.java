package io.millrace.delivery;

import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands on what cannot be delivered. */
final class Rejections {

    private final String stream;
    private final Consumer<RejectedEntry> consumer;

    Rejections(String stream, Consumer<RejectedEntry> consumer) {
        this.stream = stream;
        this.consumer = consumer;
    }

    void add(RejectedEntry entry) {
        consumer.accept(entry);
    }

    /** Returns the entry of a row that the format has no form for. */
    RejectedEntry entry(String split, long from, long to, RowBatch rows, int row, MillraceException refusal) {
        RowOrigins origins = rows.origins();
        String position = origins == null ? split + " " + from + " to " + to : origins.position(row);
        return new RejectedEntry(
                stream,
                position,
                refusal.code(),
                refusal.describe(),
                data(JavaValues.row(rows, row)),
                origins == null ? RowOrigins.NO_ROWTIME : origins.rowtimeMicros(row));
    }

    /** A whole record stays what it is; of a row people see the values. */
    private static byte[] data(List<@Nullable Object> values) {
        if (values.size() == 1 && values.getFirst() instanceof byte[] whole) {
            return whole;
        }
        List<String> texts = values.stream()
                .map(value -> value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value))
                .toList();
        return texts.toString().getBytes(StandardCharsets.UTF_8);
    }
}
