package io.millrace.server.engine;

import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows of a file whose lines are records. */
final class CopiedLines implements CopiedRows {

    private static final int LINES = 4096;
    private static final int LINE_BYTES_MAX = 10 << 20;

    private final InputStream in;
    private final RowDecoder decoder;
    private final DecodedRows rows;
    private final CopyRejections rejections;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long lines;

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
        this.in = new BufferedInputStream(in, 1 << 16);
        this.decoder = format.decoder(wanted, IntStream.range(0, wanted.size()).toArray(), options, compiler);
        this.rows = new DecodedRows(RowBatch.create(wanted, LINES));
        this.rejections = rejections;
        if (header) {
            read();
        }
    }

    @Override
    public @Nullable RowBatch next() throws IOException {
        BytesColumn records = new BytesColumn(LINES);
        long first = lines;
        int count = 0;
        while (count < LINES && read()) {
            records.append(count++, line.toByteArray());
        }
        if (count == 0) {
            return null;
        }
        rows.clear();
        decoder.decode(records, 0, count, rows);
        for (DecodedRows.Rejection rejection : rows.rejections()) {
            rejections.record(
                    "line " + (first + rejection.record() + 1),
                    rejection.code(),
                    rejection.reason(),
                    records.get(rejection.record()));
        }
        return rows.rows();
    }

    /** Reads a line that is not empty, without its end; returns whether there is one. */
    private boolean read() throws IOException {
        line.reset();
        while (true) {
            int letter = in.read();
            if (letter < 0 || letter == '\n') {
                lines += letter < 0 && line.size() == 0 ? 0 : 1;
                trimReturn();
                if (letter < 0 || line.size() > 0) {
                    return line.size() > 0;
                }
                continue;
            }
            if (line.size() >= LINE_BYTES_MAX) {
                throw new IOException("line " + (lines + 1) + " is longer than " + LINE_BYTES_MAX + " bytes");
            }
            line.write(letter);
        }
    }

    private void trimReturn() {
        byte[] bytes = line.toByteArray();
        if (bytes.length > 0 && bytes[bytes.length - 1] == '\r') {
            line.reset();
            line.write(bytes, 0, bytes.length - 1);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
