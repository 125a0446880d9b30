package io.millrace.connector.iceberg;

import io.millrace.spi.format.FileSummary;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.format.TableFileWriter;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.iceberg.PartitionSpec;

/** Writes a file of rows of one partition, which the first row tells. */
final class TableRows implements RowFileWriter {

    private final TableFileWriter file;
    private final PartitionSpec spec;
    private final TableParting parting;
    private final Consumer<FileSummary> whole;
    private boolean noted;

    TableRows(TableFileWriter file, PartitionSpec spec, TableParting parting, Consumer<FileSummary> whole) {
        this.file = file;
        this.spec = spec;
        this.parting = parting;
        this.whole = whole;
    }

    @Override
    public void write(RowBatch rows) throws IOException {
        if (!noted && rows.selectedCount() > 0) {
            PartitionNotes.write(file, spec, parting.tuple(rows, rows.selectedRow(0)));
            noted = true;
        }
        file.write(rows);
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
