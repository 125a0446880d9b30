package io.millrace.connector.iceberg.scan;

import io.millrace.spi.format.TableFileFormat;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;

/**
 * A table as it was when a query first looked at it.
 *
 * @param name what it is called in statements
 * @param table its metadata, which stays as it is
 * @param version which of its snapshots is read
 * @param format how its files are read
 * @param files where they are; closed with this
 */
public record PinnedTable(String name, Table table, TableVersion version, TableFileFormat format, Files files)
        implements AutoCloseable {

    /** Opens files of a table, by what its metadata says of their places. */
    public interface Files extends AutoCloseable {

        /**
         * Opens a file.
         *
         * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_NAME} where there is none
         */
        SeekableByteChannel open(String location) throws IOException;

        @Override
        void close();
    }

    /** Returns Iceberg's plan of a scan of the snapshot, with the schema that its columns are named by. */
    public TableScan scan() {
        return version.of(table);
    }

    @Override
    public void close() {
        files.close();
    }
}
