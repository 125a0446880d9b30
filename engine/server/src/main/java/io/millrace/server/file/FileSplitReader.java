package io.millrace.server.file;

import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.row.RowBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one file of a scan. */
final class FileSplitReader implements SplitReader {

    private final OpenFile file;
    private final long end;
    private long rows;
    private boolean ended;

    FileSplitReader(OpenFile file, long end, FileScanReport report) {
        this.file = file;
        this.end = end;
        report.fileRead(file.parts());
    }

    @Override
    public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
        RowBatch batch = ended ? null : file.next();
        if (batch == null) {
            if (!ended) {
                // A query may have thousands of files, and its reader of each for as long as it runs.
                ended = true;
                file.close();
            }
            return null;
        }
        rows += batch.size();
        return new SourceBatch(batch, List.of(), Long.MIN_VALUE);
    }

    @Override
    public long position() {
        return ended ? end : Math.min(rows, end - 1);
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            file.close();
        }
    }
}
