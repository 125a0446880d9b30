package io.millrace.delivery.spool;

import io.millrace.spi.connector.BatchSize;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gathers rows until they make a batch. */
final class RowSpoolWriter implements RowFileWriter {

    private static final int FIXED_BYTES = 8;

    /** Many files may be open, and most of them get few rows. */
    private static final int INITIAL_ROWS = 64;

    private final BatchSize batch;
    private final RowFileWriter file;
    private final RowBatch pending;
    private final int columns;
    private long pendingBytes;

    /** @param stored the type of the rows in the file, with two columns more than those that are given */
    RowSpoolWriter(RowType stored, BatchSize batch, RowFileWriter file) {
        this.batch = batch;
        this.file = file;
        this.pending = RowBatch.create(stored, INITIAL_ROWS);
        this.columns = stored.size() - 2;
    }

    @Override
    public void write(RowBatch rows) throws IOException {
        for (int i = 0; i < rows.selectedCount(); i++) {
            add(rows, rows.selectedRow(i));
            if (pending.size() == batch.rows() || pendingBytes >= batch.bytes()) {
                flush();
            }
        }
    }

    private void add(RowBatch rows, int row) {
        int at = pending.size();
        pending.ensureCapacity(at + 1);
        for (int column = 0; column < columns; column++) {
            pending.column(column).copyFrom(rows.column(column), row, at);
            pendingBytes += bytes(rows.column(column), row);
        }
        addOrigin(rows.origins(), row, at);
        pending.size(at + 1);
    }

    private void addOrigin(@Nullable RowOrigins origins, int row, int at) {
        LongColumn rowtimes = (LongColumn) pending.column(columns);
        BytesColumn positions = (BytesColumn) pending.column(columns + 1);
        if (origins == null) {
            rowtimes.setNull(at);
            positions.setNull(at);
            return;
        }
        rowtimes.set(at, origins.rowtimeMicros(row));
        positions.append(at, origins.position(row));
    }

    private static long bytes(Column column, int row) {
        if (column.isNull(row)) {
            return 1;
        }
        return switch (column) {
            case BytesColumn texts -> texts.length(row);
            case ArrayColumn arrays -> {
                long bytes = 0;
                for (int i = arrays.starts()[row]; i < arrays.ends()[row]; i++) {
                    bytes += bytes(arrays.elements(), i);
                }
                yield bytes;
            }
            case RowColumn rows -> {
                long bytes = 0;
                for (int i = 0; i < rows.fieldCount(); i++) {
                    bytes += bytes(rows.field(i), row);
                }
                yield bytes;
            }
            default -> FIXED_BYTES;
        };
    }

    private void flush() throws IOException {
        if (pending.size() > 0) {
            file.write(pending);
            pending.clear();
            pendingBytes = 0;
        }
    }

    @Override
    public long estimatedBytes() {
        return file.estimatedBytes() + pendingBytes;
    }

    @Override
    public void finish() throws IOException {
        flush();
        file.finish();
    }
}
