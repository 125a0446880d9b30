package io.millrace.server.engine;

import io.millrace.server.session.BulkInsert;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.StreamDefinition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Rows in bulk, as appends of which a few are under way at a time. */
final class StreamBulkInsert implements BulkInsert {

    /** Appends that may wait for the disk. */
    private static final int APPENDS_MAX = 16;

    private final String stream;
    private final RowType rowType;
    private final StreamSink sink;
    private final Deque<CompletableFuture<Void>> appends = new ArrayDeque<>();
    private long turn;

    /** @param firstTurn where rows without a partition key go first */
    StreamBulkInsert(
            StreamDefinition target, StreamLog log, StreamBounds bounds, List<String> columns, long firstTurn) {
        this.stream = target.name();
        RowType row = target.columns();
        List<Integer> places = BulkColumns.places(
                "stream '" + stream + "'", row, columns, i -> row.field(i).nullable());
        this.rowType = new RowType(places.stream().map(row::field).toList());
        this.sink = new StreamSink(log, target, bounds, null, rowType, places, -1);
        this.turn = firstTurn;
    }

    @Override
    public String stream() {
        return stream;
    }

    @Override
    public RowType rowType() {
        return rowType;
    }

    @Override
    public void write(RowBatch rows) {
        while (appends.size() >= APPENDS_MAX) {
            await(appends.remove());
        }
        appends.add(sink.write(turn++, rows, LogBatch.NO_BOUND));
    }

    @Override
    public void finish() {
        while (!appends.isEmpty()) {
            await(appends.remove());
        }
    }

    private static void await(CompletableFuture<Void> append) {
        try {
            append.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof MillraceException failure ? failure : e;
        }
    }

    @Override
    public void close() {
        CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new))
                .exceptionally(failure -> null)
                .join();
        appends.clear();
        sink.close();
    }
}
