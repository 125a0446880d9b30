package io.millrace.delivery;

import io.millrace.spi.connector.ObjectStore;
import java.io.IOException;

/** One of the files that a range's entries go into. For one thread at a time. */
sealed interface RangeFile permits OpenFile, ErrorFile {

    String name();

    /** Returns how many rows are delivered in it; errors are none. */
    long rows();

    /** Returns about how long it would be if it were ended now. */
    long bytes();

    /** Returns whether nothing was written, so that there will be no file. */
    boolean isEmpty();

    boolean isSealed();

    /** Makes the file whole and durable, if it was not yet. */
    void seal() throws IOException;

    /** Drops what is staged, sealed or not. */
    void drop(ObjectStore store) throws IOException;
}
