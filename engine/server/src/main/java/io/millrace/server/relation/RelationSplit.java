package io.millrace.server.relation;

import io.millrace.spi.connector.RelationScan;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a table of another system. */
final class RelationSplit implements SplitReader {

    private final String table;
    private final RelationScan scan;
    private final long end;
    private long rows;
    private boolean ended;

    RelationSplit(String table, RelationScan scan, long end) {
        this.table = table;
        this.scan = scan;
        this.end = end;
    }

    long rows() {
        return rows;
    }

    @Override
    public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
        RowBatch batch = ended ? null : next();
        if (batch == null) {
            ended = true;
            return null;
        }
        rows += batch.size();
        return new SourceBatch(batch, List.of(), Long.MIN_VALUE);
    }

    private @Nullable RowBatch next() {
        try {
            return scan.next();
        } catch (IOException e) {
            throw ExternalRelations.failed(table, e);
        }
    }

    @Override
    public long position() {
        return ended ? end : Math.min(rows, end - 1);
    }

    @Override
    public void close() {
        // The source has the connection.
    }
}
