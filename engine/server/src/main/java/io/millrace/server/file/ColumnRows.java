package io.millrace.server.file;

import io.millrace.spi.format.ReadParts;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows of a file of columns. */
record ColumnRows(RowFileReader reader) implements FileRows {

    @Override
    public @Nullable RowBatch next() throws IOException {
        return reader.next();
    }

    @Override
    public @Nullable ReadParts parts() {
        return reader.parts();
    }

    @Override
    public String place(long rowsBefore, int row) {
        return "row " + (rowsBefore + row + 1);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
