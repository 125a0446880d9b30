package io.millrace.runtime;

import io.millrace.spi.connector.RejectedEntry;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Takes the rows that a query could not use: malformed, failed or late. For one thread at a time. */
@FunctionalInterface
public interface RejectedRows {

    /**
     * Takes what one step rejected. After a crash the last steps may be given again; a step that was taken
     * already is not to be taken twice.
     *
     * @param step number of the step, growing
     * @param entries at least one
     * @return completes when they are kept
     */
    CompletableFuture<Void> write(long step, List<RejectedEntry> entries);
}
