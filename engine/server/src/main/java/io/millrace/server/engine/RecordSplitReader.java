package io.millrace.server.engine;

import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ShardDescription;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one shard of a stream as whole records. */
final class RecordSplitReader implements SplitReader {

    private final ShardDescription shard;
    private final LogReader reader;
    private final RowEncoder encoder;
    private final BytesColumn encoded = new BytesColumn(16);

    RecordSplitReader(ShardDescription shard, LogReader reader, RowEncoder encoder) {
        this.shard = shard;
        this.reader = reader;
        this.encoder = encoder;
    }

    @Override
    public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
        long room = Math.min(entriesMax, endPosition - reader.position());
        LogBatch batch = room <= 0 ? null : reader.poll((int) room);
        if (batch == null) {
            return null;
        }
        RowBatch rows = new RowBatch(RecordSource.WHOLE, new Column[] {payloads(batch)});
        rows.size(batch.size());
        rows.origins(new Origins(shard, batch));
        return new SourceBatch(rows, List.of(), Long.MIN_VALUE);
    }

    private BytesColumn payloads(LogBatch batch) {
        return switch (batch) {
            case LogBatch.Records records -> records.payloads();
            case LogBatch.Rows typed -> {
                encoded.clear();
                encoded.ensureCapacity(typed.size());
                encoder.encode(typed.rows(), encoded);
                yield encoded;
            }
        };
    }

    @Override
    public long position() {
        return reader.position();
    }

    @Override
    public void close() {
        reader.close();
    }

    /** A record's ROWTIME is that of its arrival: its columns are not read. */
    private record Origins(ShardDescription shard, LogBatch entries) implements RowOrigins {

        @Override
        public String position(int row) {
            return EntryOrigins.position(shard, entries.firstIndex() + row, rowtimeMicros(row));
        }

        @Override
        public long rowtimeMicros(int row) {
            return entries.arrivals().get(row);
        }
    }
}
