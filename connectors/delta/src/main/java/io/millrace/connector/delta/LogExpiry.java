package io.millrace.connector.delta;

import io.millrace.connector.delta.LogNames.Checkpoint;
import io.millrace.spi.connector.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Deletes what of a log nobody needs any more. */
final class LogExpiry {

    /** How many files are deleted at a time; the rest waits for the next. */
    private static final int FILES_MAX = 1000;

    private LogExpiry() {}

    /**
     * Deletes what stands before the newest checkpoint that was there at a time. That checkpoint stays, so that the table
     * can be seen as it was at any time since, and so do the entries behind it.
     *
     * @param last the newest checkpoint, from which readers begin
     * @return whether something was deleted
     */
    static boolean delete(ObjectStore store, Instant time, long last) throws IOException {
        List<String> old = store.listBefore(LogNames.FOLDER, time);
        Checkpoint kept = LogNames.newest(old);
        if (kept == null || kept.version() > last) {
            return false;
        }
        List<String> spent = old.stream()
                .filter(name -> LogNames.version(name) >= 0 && LogNames.version(name) < kept.version())
                .limit(FILES_MAX)
                .toList();
        for (String name : spent) {
            store.delete(name);
        }
        return !spent.isEmpty();
    }
}
