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
 * Arrow IPC files, which can be read from any record batch on. {@link ArrowOptions} lists the options of the writer;
 * the reader has none.
 */
public final class ArrowFormat implements FileFormat {

    @Override
    public String name() {
        return "arrow";
    }

    @Override
    public String extension() {
        return ".arrow";
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out, Options options) throws IOException {
        return new ArrowFileWriter(type, out, ArrowOptions.from(options));
    }

    @Override
    public RowFileReader reader(SeekableByteChannel file, Options options) throws IOException {
        options.refuseOthers();
        return ArrowReader.ofFile(file);
    }
}
