package io.millrace.delivery.spool;

import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The batches of a file of rows. */
final class RowBatches implements SpoolBatches {

    private final RowReceiver receiver;
    private final RowType type;
    private final RowEncoder encoder;
    private final RowFileReader file;

    /** @param type of the rows as they were given; the file knows less of them, but stores them alike */
    RowBatches(RowReceiver receiver, RowType type, RowEncoder encoder, RowFileReader file) {
        this.receiver = receiver;
        this.type = type;
        this.encoder = encoder;
        this.file = file;
    }

    @Override
    public @Nullable SpoolBatch next() throws IOException {
        RowBatch stored = file.next();
        return stored == null ? null : new SpooledRows(receiver, rows(stored), encoder);
    }

    private RowBatch rows(RowBatch stored) {
        Column[] columns = new Column[type.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = stored.column(i);
        }
        RowBatch rows = new RowBatch(type, columns);
        rows.size(stored.size());
        rows.origins(new StoredOrigins(
                (LongColumn) stored.column(columns.length), (BytesColumn) stored.column(columns.length + 1)));
        return rows;
    }

    private record StoredOrigins(LongColumn rowtimes, BytesColumn positions) implements RowOrigins {

        @Override
        public String position(int row) {
            return positions.isNull(row) ? "" : positions.text(row);
        }

        @Override
        public long rowtimeMicros(int row) {
            return rowtimes.isNull(row) ? NO_ROWTIME : rowtimes.get(row);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
