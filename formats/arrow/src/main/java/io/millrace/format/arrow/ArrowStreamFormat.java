package io.millrace.format.arrow;

import io.millrace.spi.Options;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;

/**
 * Arrow IPC streams, which are read from the start, also while they are still written: each batch of rows is a message
 * as soon as it is given. {@link ArrowOptions} lists the options of the writer; the reader has none.
 *
 * <p>A stream that does not end with the end marker is refused, though others let it pass: what is cut off between two
 * messages could not be told from what is whole.
 */
public final class ArrowStreamFormat implements FileFormat {

    @Override
    public String name() {
        return "arrow-stream";
    }

    @Override
    public String extension() {
        return ".arrows";
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out, Options options) throws IOException {
        return new ArrowStreamWriter(type, out, ArrowOptions.from(options));
    }

    @Override
    public RowFileReader reader(SeekableByteChannel file, Options options) throws IOException {
        options.refuseOthers();
        return ArrowReader.ofStream(file);
    }
}
