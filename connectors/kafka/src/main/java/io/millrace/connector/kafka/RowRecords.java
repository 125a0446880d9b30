package io.millrace.connector.kafka;

import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.row.Utf8Buffer;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Makes records of rows: the format's bytes, under the key column's text, at the row's ROWTIME. */
final class RowRecords {

    /** What a record takes beside its key and value, more than enough. */
    private static final int OVERHEAD_BYTES = 512;

    private final TopicSettings settings;
    private final RowType type;
    private final RowEncoder encoder;
    private final BytesColumn values = new BytesColumn(0);

    RowRecords(TopicSettings settings, RowType type, RowEncoder encoder) {
        this.settings = settings;
        this.type = type;
        this.encoder = encoder;
    }

    /** A row's record, or why there can be none. */
    record Made(
            int row,
            @Nullable ProducerRecord<byte[], byte[]> record,
            @Nullable Refusal refusal) {}

    /** Does what the format needs done before the first row. */
    void prepare() throws IOException {
        encoder.prepare();
    }

    /** @throws IOException where somebody whom the format needs does not answer */
    List<Made> of(RowBatch rows) throws IOException {
        values.clear();
        try {
            encoder.encode(rows, values);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        List<Made> made = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            byte[] key = key(rows, row);
            int bytes = values.length(row) + (key == null ? 0 : key.length) + OVERHEAD_BYTES;
            made.add(
                    bytes > settings.recordBytesMax()
                            ? new Made(row, null, tooLarge(row, bytes))
                            : new Made(row, record(rows, row, key), null));
        }
        return made;
    }

    private Refusal tooLarge(int row, int bytes) {
        return new Refusal(
                row,
                ErrorCode.LIMIT_EXCEEDED,
                "a record of " + bytes + " bytes, where record_bytes_max is " + settings.recordBytesMax());
    }

    private ProducerRecord<byte[], byte[]> record(RowBatch rows, int row, byte @Nullable [] key) {
        return new ProducerRecord<>(settings.topic(), null, timestamp(rows.origins(), row), key, values.get(row));
    }

    /** Kafka knows no times before 1970; there the time of sending takes the place. */
    private static @Nullable Long timestamp(@Nullable RowOrigins origins, int row) {
        long micros = origins == null ? RowOrigins.NO_ROWTIME : origins.rowtimeMicros(row);
        return micros < 0 ? null : micros / 1000;
    }

    private byte @Nullable [] key(RowBatch rows, int row) {
        if (settings.key() < 0 || rows.column(settings.key()).isNull(row)) {
            return null;
        }
        Column column = rows.column(settings.key());
        if (type.field(settings.key()).type() instanceof BinaryType) {
            return ((BytesColumn) column).get(row);
        }
        Utf8Buffer text = new Utf8Buffer();
        SqlText.append(type.field(settings.key()).type(), column, row, ZoneOffset.UTC, text);
        return text.toByteArray();
    }
}
