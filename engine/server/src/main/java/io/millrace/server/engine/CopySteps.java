package io.millrace.server.engine;

import io.millrace.runtime.RejectedRows;
import io.millrace.runtime.state.RowCopy;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The steps in which the rows of one file go into a stream. A step ends at the same row whenever the file is read, and
 * is durable in all shards before the next is sent: shards take no step behind the last they have, so none may be missing
 * before it. For one thread at a time.
 */
final class CopySteps {

    /** Rows of a step. Part of what is stored: with another number a file that was copied in part would come twice. */
    private static final int ROWS_MAX = 16_384;

    /** Bytes at which a step ends though it has few rows: what a shard takes at a time has a limit. Stored as well. */
    private static final long BYTES_MAX = 16 << 20;

    private final RowType type;
    private final StreamSink sink;
    private final RejectedRows reports;
    private RowBatch gathered;
    private long gatheredBytes;
    private long step;
    private long reportStep;
    private CompletableFuture<?> writing = CompletableFuture.completedFuture(null);

    CopySteps(RowType type, StreamSink sink, RejectedRows reports) {
        this.type = type;
        this.sink = sink;
        this.reports = reports;
        this.gathered = RowBatch.create(type, ROWS_MAX);
    }

    /** Takes the rows that count of a batch, and what could not be used beside them. */
    void add(RowBatch batch, CopyRejections rejections) {
        int count = batch.selectedCount();
        int[] part = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            int row = batch.selectedRow(i);
            part[size++] = row;
            gatheredBytes += bytes(batch, row);
            if (gathered.size() + size >= ROWS_MAX || gatheredBytes >= BYTES_MAX) {
                gather(batch, part, size);
                size = 0;
                sendRows();
            }
        }
        gather(batch, part, size);
        for (List<RejectedEntry> entries = rejections.takeFull(); !entries.isEmpty(); entries = rejections.takeFull()) {
            report(entries);
        }
    }

    /** Sends what is left and returns when all is durable. */
    void end(CopyRejections rejections) {
        if (gathered.size() > 0) {
            sendRows();
        }
        List<RejectedEntry> entries = rejections.takeRest();
        if (!entries.isEmpty()) {
            report(entries);
        }
        await();
    }

    private void gather(RowBatch batch, int[] rows, int count) {
        Column[] columns = new Column[batch.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(i);
        }
        RowBatch part = new RowBatch(batch.type(), columns);
        part.size(batch.size());
        if (count < batch.size()) {
            part.select(rows, count);
        }
        RowCopy.append(gathered, part);
    }

    private void sendRows() {
        await();
        writing = sink.write(++step, gathered, LogBatch.NO_BOUND);
        gathered = RowBatch.create(type, ROWS_MAX);
        gatheredBytes = 0;
    }

    private void report(List<RejectedEntry> entries) {
        await();
        writing = reports.write(++reportStep, entries).toCompletableFuture();
    }

    private void await() {
        try {
            writing.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof MillraceException failure ? failure : e;
        }
    }

    private static long bytes(RowBatch batch, int row) {
        long bytes = 0;
        for (int i = 0; i < batch.columnCount(); i++) {
            bytes += bytes(batch.column(i), row);
        }
        return bytes;
    }

    private static long bytes(Column column, int row) {
        if (column.isNull(row)) {
            return 1;
        }
        return switch (column) {
            case BytesColumn c -> c.length(row);
            case ArrayColumn c -> {
                long bytes = 0;
                for (int i = c.starts()[row]; i < c.ends()[row]; i++) {
                    bytes += bytes(c.elements(), i);
                }
                yield bytes;
            }
            case RowColumn c -> {
                long bytes = 0;
                for (int i = 0; i < c.fieldCount(); i++) {
                    bytes += bytes(c.field(i), row);
                }
                yield bytes;
            }
            default -> Long.BYTES;
        };
    }
}
