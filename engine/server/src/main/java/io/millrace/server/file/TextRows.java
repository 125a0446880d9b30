package io.millrace.server.file;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows of a file whose lines are records. One that cannot be read ends the query: an answer is whole. */
final class TextRows implements FileRows {

    private static final int RECORDS = 8192;

    private final Lines lines;
    private final RowDecoder decoder;
    private final DecodedRows decoded;
    private final boolean guessed;

    /**
     * @param type columns that the decoder gives
     * @param header whether the first record is no row
     * @param guessed whether nobody has said what the columns are
     */
    TextRows(Lines lines, RowDecoder decoder, RowType type, boolean header, boolean guessed) throws IOException {
        this.lines = lines;
        this.decoder = decoder;
        this.decoded = new DecodedRows(RowBatch.create(type, RECORDS));
        this.guessed = guessed;
        if (header) {
            lines.next(1);
        }
    }

    @Override
    public @Nullable RowBatch next() throws IOException {
        int count = lines.next(RECORDS);
        if (count == 0) {
            return null;
        }
        decoded.clear();
        decoder.decode(lines.records(), 0, count, decoded);
        if (!decoded.rejections().isEmpty()) {
            DecodedRows.Rejection first = decoded.rejections().getFirst();
            throw new MillraceException(
                    first.code(),
                    "line " + lines.line(first.record()) + ": " + first.reason(),
                    guessed
                            ? "columns were guessed from the first lines; say what they are: CREATE EXTERNAL TABLE name"
                                    + " (column type, …) FROM …"
                            : "COPY into a stream goes on without such lines, and tells of them in error_stream");
        }
        return decoded.rows();
    }

    @Override
    public String place(long rowsBefore, int row) {
        return "line " + lines.line(decoded.recordOfRow()[row]);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
