package io.millrace.delivery.spool;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are sent together.
 *
 * @param encoder makes records of those that are not taken
 */
record SpooledRows(RowReceiver receiver, RowBatch rows, RowEncoder encoder) implements SpoolBatch {

    @Override
    public int count() {
        return rows.size();
    }

    /** Rows are cut into batches before anybody asks for limits; what is too long for a place in there is refused. */
    @Override
    public @Nullable String excess() {
        return null;
    }

    @Override
    public List<Refusal> send(BatchName name) throws IOException {
        return receiver.receive(name, rows);
    }

    @Override
    public byte[] data(int record) {
        BytesColumn encoded = new BytesColumn(1);
        rows.select(new int[] {record}, 1);
        encoder.encode(rows, encoded);
        rows.select(null, 0);
        return encoded.get(0);
    }

    @Override
    public String origin(int record) {
        RowOrigins origins = rows.origins();
        return origins == null ? "" : origins.position(record);
    }

    @Override
    public Map<String, Object> errorMembers(BatchName name, int record) {
        return receiver.errorMembers(name, rows, record);
    }

    @Override
    public long rowtimeMicros(int record) {
        RowOrigins origins = rows.origins();
        return origins == null ? RowOrigins.NO_ROWTIME : origins.rowtimeMicros(record);
    }
}
