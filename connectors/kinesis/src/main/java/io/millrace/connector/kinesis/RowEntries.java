package io.millrace.connector.kinesis;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** Makes records of rows. */
final class RowEntries {

    private static final int KEY_CHARS_MAX = 256;

    private final StreamSettings settings;
    private final RowType type;
    private final RowEncoder encoder;
    private final BytesColumn records = new BytesColumn(0);

    RowEntries(StreamSettings settings, RowType type, RowEncoder encoder) {
        this.settings = settings;
        this.type = type;
        this.encoder = encoder;
    }

    /**
     * A row's record.
     *
     * @param bytes of the record and its key
     */
    record Made(int row, int bytes, PutRecordsRequestEntry entry) {}

    /** Does what the format needs done before the first row. */
    void prepare() throws IOException {
        encoder.prepare();
    }

    /**
     * @param refusals takes the rows for which there can be none
     * @throws IOException where somebody whom the format needs does not answer
     */
    List<Made> of(BatchName name, RowBatch rows, List<Refusal> refusals) throws IOException {
        records.clear();
        try {
            encoder.encode(rows, records);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        List<Made> all = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            String key = key(name, rows, row);
            int bytes = records.length(row) + key.getBytes(StandardCharsets.UTF_8).length;
            if (key.isEmpty() || key.length() > KEY_CHARS_MAX) {
                refusals.add(new Refusal(
                        row,
                        ErrorCode.INVALID_VALUE,
                        "its partition key has " + key.length() + " characters, where 1 to " + KEY_CHARS_MAX
                                + " are taken"));
            } else if (bytes > settings.recordBytesMax()) {
                refusals.add(new Refusal(
                        row,
                        ErrorCode.LIMIT_EXCEEDED,
                        "a record of " + bytes + " bytes, where record_bytes_max is " + settings.recordBytesMax()));
            } else {
                all.add(new Made(row, bytes, entry(row, key)));
            }
        }
        return all;
    }

    private PutRecordsRequestEntry entry(int row, String key) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(key)
                .data(SdkBytes.fromByteArrayUnsafe(records.get(row)))
                .build();
    }

    private String key(BatchName name, RowBatch rows, int row) {
        int key = settings.key();
        if (key >= 0 && !rows.column(key).isNull(row)) {
            StringBuilder text = new StringBuilder();
            SqlText.append(type.field(key).type(), rows.column(key), row, ZoneOffset.UTC, text);
            return text.toString();
        }
        RowOrigins origins = rows.origins();
        String origin = origins == null ? "" : origins.position(row);
        return origin.isEmpty() ? name.id() + ":" + row : origin;
    }
}
