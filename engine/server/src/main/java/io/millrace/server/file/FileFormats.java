package io.millrace.server.file;

import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RecordFormat;
import java.net.URI;

/** The formats and stores that there are, by name. Safe for use by several threads. */
public interface FileFormats {

    /** Fails with {@code INVALID_ARGUMENT} where there is no format of this name, neither for records nor for files. */
    void requireAny(String name);

    /** Returns whether a format is of whole files, and not of records. */
    boolean isFileFormat(String name);

    FileFormat fileFormat(String name);

    RecordFormat recordFormat(String name);

    /** Returns who opens files at a place. */
    ObjectStoreFactory store(URI location);
}
