package io.millrace.spi.format;

import io.millrace.spi.Options;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;

/** Reads and writes files of rows. Implementations hold no state and are safe for several threads. */
public interface FileFormat {

    /** Returns the name that {@code WITH (format = '…')} uses, in lower case. */
    String name();

    /** Returns what file names end with, such as {@code .parquet}. */
    String extension();

    /**
     * Starts a file.
     *
     * @param out where the bytes go; the writer does not close it
     * @throws io.millrace.spi.error.MillraceException {@code UNSUPPORTED} for a type the format has no
     *     form for, {@code INVALID_ARGUMENT} for a bad option
     */
    RowFileWriter writer(RowType type, OutputStream out, Options options) throws IOException;

    /** Opens a file, which the reader closes with itself. */
    RowFileReader reader(SeekableByteChannel file, Options options) throws IOException;
}
