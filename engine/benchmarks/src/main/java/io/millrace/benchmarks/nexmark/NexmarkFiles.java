package io.millrace.benchmarks.nexmark;

import io.millrace.format.json.JsonFormat;
import io.millrace.format.parquet.ParquetFormat;
import io.millrace.spi.Options;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The same events as files, one folder a table: what the peers read. */
final class NexmarkFiles {

    private NexmarkFiles() {}

    /** Writes {@code directory/TABLE/rows.json}, a record a line. */
    static void json(Path directory, EventBatches batches) throws IOException {
        for (EventBatches.Table table : EventBatches.Table.values()) {
            RowEncoder encoder = new JsonFormat().encoder(table.type(), Options.NONE);
            BytesColumn encoded = new BytesColumn(16);
            try (OutputStream out = create(directory, table, "rows.json")) {
                batches.each(table, rows -> {
                    encoder.encode(rows, encoded);
                    for (int row = 0; row < rows.selectedCount(); row++) {
                        out.write(encoded.data(), encoded.starts()[row], encoded.length(row));
                        out.write('\n');
                    }
                });
            }
        }
    }

    /** Writes {@code directory/TABLE/rows.parquet}. */
    static void parquet(Path directory, EventBatches batches) throws IOException {
        for (EventBatches.Table table : EventBatches.Table.values()) {
            try (OutputStream out = create(directory, table, "rows.parquet")) {
                RowFileWriter writer = new ParquetFormat().writer(table.type(), out, Options.NONE);
                batches.each(table, (RowBatch rows) -> writer.write(rows));
                writer.finish();
            }
        }
    }

    private static OutputStream create(Path directory, EventBatches.Table table, String name) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(table.id()));
        return new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)), 1 << 16);
    }
}
