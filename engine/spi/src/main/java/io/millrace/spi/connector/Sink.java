package io.millrace.spi.connector;

import io.millrace.spi.row.RowBatch;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Takes what a running query puts out, step by step. For one thread at a time. */
public interface Sink extends AutoCloseable {

    /** Returns whether rows may come with a weight of −1. */
    boolean acceptsUpdates();

    /**
     * Takes the output of one step. The future completes when it is durable. A step that the sink has
     * already is taken no second time, so after a crash the last steps may be given again.
     *
     * @param step number of the step, growing
     * @param rows all rows of the step; may be reused when this returns
     * @param rowtimeBound no row of a later step has a ROWTIME below this, in microseconds since 1970;
     *     {@link Long#MIN_VALUE} where nothing is promised
     */
    CompletableFuture<Void> write(long step, RowBatch rows, long rowtimeBound);

    /**
     * Returns the last step that it has, empty where it has none or does not know. A pump whose own state ends
     * before this step has lost its state and must not go on.
     */
    default OptionalLong lastStep() {
        return OptionalLong.empty();
    }

    @Override
    void close();
}
