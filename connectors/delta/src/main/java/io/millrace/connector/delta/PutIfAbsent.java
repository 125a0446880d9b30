package io.millrace.connector.delta;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.util.UUID;

/** Whether a store makes a file only where there is none, by which writers of a log are told apart. */
final class PutIfAbsent {

    /** What begins with an underscore is no data of a table's. */
    static final String PROBE = "_millrace-probe-";

    private PutIfAbsent() {}

    /**
     * Tries it with a file of a name of its own, which is deleted.
     *
     * @throws MillraceException {@code UNSUPPORTED} where the store makes the file twice: it passes over the condition, as
     *     some servers do that are like S3
     */
    static void check(ObjectStore store, String table) throws IOException {
        String name = PROBE + UUID.randomUUID();
        store.create(name, new byte[] {'1'});
        boolean twice = store.create(name, new byte[] {'2'});
        delete(store, name);
        if (twice) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "the bucket of table '" + table
                            + "' passes over If-None-Match: it made an object that was there, and"
                            + " writers of the table's log would overwrite each other's entries",
                    "use a server that knows If-None-Match with a plain PUT, as Amazon's does");
        }
    }

    private static void delete(ObjectStore store, String name) throws IOException {
        try {
            store.delete(name);
        } catch (MillraceException e) {
            // Who may write and not delete may deliver all the same; the probe lies there then.
        }
    }
}
