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
     * Returns whether it takes the rows of a step in several parts: who reads what it writes may see some of a step and not
     * yet the others, and rows come with no weights.
     */
    default boolean takesParts() {
        return false;
    }

    /**
     * Takes rows of a step that {@link #write} gives the last of. The future completes when they are durable. A part that
     * the sink has already is taken no second time.
     *
     * @param part number of the part in its step, from 1, growing
     * @param rows may be reused when this returns
     * @throws UnsupportedOperationException where it does not {@linkplain #takesParts take parts}
     */
    default CompletableFuture<Void> writePart(long step, int part, RowBatch rows) {
        throw new UnsupportedOperationException("parts of a step");
    }

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
