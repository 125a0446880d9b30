package io.millrace.spi.format;

import io.millrace.spi.Options;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/**
 * A file format that tables are made of: its columns carry the numbers by which a table knows them, and a file says
 * how many values it has, and from which to which.
 */
public interface TableFileFormat extends FileFormat {

    /**
     * Starts a file; see {@link FileFormat#writer}.
     *
     * @param ids the numbers of the type's fields, in their order
     */
    TableFileWriter writer(RowType type, List<FieldIds> ids, OutputStream out, Options options) throws IOException;

    /**
     * Reads what a file says of itself, and leaves it open.
     *
     * @throws io.millrace.spi.error.MillraceException {@code DATA_CORRUPTED} where it is no file of this format
     */
    FileSummary summary(SeekableByteChannel file) throws IOException;
}
