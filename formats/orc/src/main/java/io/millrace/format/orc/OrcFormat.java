package io.millrace.format.orc;

import io.millrace.spi.Options;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;

/**
 * ORC. {@link OrcOptions} lists the options of the writer; the reader has none.
 *
 * <p>This class names none of ORC's or Hadoop's, so that finding it among the formats loads none of theirs.
 */
public final class OrcFormat implements FileFormat {

    @Override
    public String name() {
        return "orc";
    }

    @Override
    public String extension() {
        return ".orc";
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out, Options options) throws IOException {
        return new OrcRowFileWriter(type, out, OrcOptions.from(type, options));
    }

    @Override
    public RowFileReader reader(SeekableByteChannel file, Options options) throws IOException {
        options.refuseOthers();
        return OrcRowFileReader.open(file);
    }
}
