package io.millrace.server.engine;

import io.millrace.server.file.RecordLines;
import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows of a file whose lines are records. */
final class CopiedLines implements CopiedRows {

    private static final int LINES = 4096;
    /** Bytes of lines at which a batch ends though it has few of them. */
    private static final int BATCH_BYTES = 8 << 20;

    private final LineReader lines;
    private final RowDecoder decoder;
    private final DecodedRows rows;
    private final CopyRejections rejections;
    private final long[] numbers = new long[LINES];

    /** @param header whether the first line is none of the records */
    CopiedLines(
            InputStream in,
            RowType wanted,
            RecordFormat format,
            Options options,
            ClassCompiler compiler,
            boolean header,
            CopyRejections rejections)
            throws IOException {
        this.lines = new LineReader(in, RecordLines.of(format.name(), options));
        this.decoder = format.decoder(wanted, IntStream.range(0, wanted.size()).toArray(), options, compiler);
        this.rows = new DecodedRows(RowBatch.create(wanted, LINES));
        this.rejections = rejections;
        if (header) {
            lines.next();
        }
    }

    @Override
    public @Nullable RowBatch next() throws IOException {
        BytesColumn records = new BytesColumn(LINES);
        int count = 0;
        long bytes = 0;
        while (count < LINES && bytes < BATCH_BYTES && lines.next()) {
            records.append(count, lines.data(), lines.start(), lines.end());
            numbers[count++] = lines.number();
            bytes += lines.end() - lines.start();
        }
        if (count == 0) {
            return null;
        }
        rows.clear();
        decoder.decode(records, 0, count, rows);
        for (DecodedRows.Rejection rejection : rows.rejections()) {
            rejections.record(
                    "line " + numbers[rejection.record()],
                    rejection.code(),
                    rejection.reason(),
                    records.get(rejection.record()));
        }
        return rows.rows();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
