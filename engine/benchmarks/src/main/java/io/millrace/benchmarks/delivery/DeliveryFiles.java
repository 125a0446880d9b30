package io.millrace.benchmarks.delivery;

import io.millrace.format.json.JsonFormat;
import io.millrace.format.orc.OrcFormat;
import io.millrace.spi.Options;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are read beside those of deliveries. */
final class DeliveryFiles {

    private DeliveryFiles() {}

    /** Writes the rows as JSON, one a line: what peers read, the same bytes as in the stream. */
    static void json(Path file, long rows) throws IOException {
        RowEncoder encoder = new JsonFormat().encoder(EightColumns.TYPE, Options.NONE);
        BytesColumn encoded = new BytesColumn(16);
        Files.createDirectories(file.getParent());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            EightColumns.each(rows, batch -> {
                encoded.clear();
                encoder.encode(batch, encoded);
                for (int row = 0; row < batch.size(); row++) {
                    out.write(encoded.data(), encoded.starts()[row], encoded.length(row));
                    out.write('\n');
                }
            });
        }
    }

    /** Reads an ORC file, which DuckDB does not. */
    static Totals orc(Path file) throws IOException {
        Totals totals = new Totals();
        try (RowFileReader reader = new OrcFormat().reader(FileChannel.open(file), Options.NONE)) {
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                totals.add(batch);
            }
        }
        return totals;
    }
}
