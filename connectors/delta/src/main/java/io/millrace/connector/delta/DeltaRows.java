package io.millrace.connector.delta;

import io.millrace.spi.format.FileSummary;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.format.TableFileWriter;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.util.function.Consumer;

/** Writes a file of rows of one partition, which the first row tells. */
final class DeltaRows implements RowFileWriter {

    private final TableFileWriter file;
    private final TableLayout layout;
    private final Consumer<FileSummary> whole;
    private boolean noted;

    DeltaRows(TableFileWriter file, TableLayout layout, Consumer<FileSummary> whole) {
        this.file = file;
        this.layout = layout;
        this.whole = whole;
    }

    @Override
    public void write(RowBatch rows) throws IOException {
        if (!noted && rows.selectedCount() > 0) {
            FileNote.write(file, layout, new DeltaParting(layout.partitions()).partition(rows, rows.selectedRow(0)));
            noted = true;
        }
        file.write(layout.ofFile(rows));
    }

    @Override
    public long estimatedBytes() {
        return file.estimatedBytes();
    }

    @Override
    public void finish() throws IOException {
        file.finish();
        whole.accept(file.summary());
    }
}
