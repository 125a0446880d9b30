package io.millrace.server.relation;

import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.format.TableFileFormat;
import java.net.URI;
import java.util.stream.Stream;

/** What tables of other systems need that are made of files. Safe for use by several threads. */
public interface RelationFiles {

    /** Returns who opens files at a place. */
    ObjectStoreFactory store(URI location);

    /** Returns the names of the options that any kind of store has. */
    Stream<String> storeOptions();

    /** Returns the format that tables are made of. */
    TableFileFormat tableFormat();
}
