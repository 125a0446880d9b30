package io.millrace.runtime.pump;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.row.RowBatch;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A sink whose content is part of the pump's checkpoints. It starts empty each time the pump is opened, and is what all rows
 * of the query add up to: so another query needs another content.
 */
public interface StatefulSink extends Sink {

    /** Returns the layout of what it stores, and of which query. */
    String stateLayout();

    /** Returns whether content that was stored in a layout is that of the same query. */
    boolean reads(String layout);

    void save(StateWriter out);

    /** Takes back what {@link #save} stored, in a layout that it {@link #reads}. */
    void load(String layout, StateReader in);

    /** Takes rows of the past, while the content of a changed query is made. */
    void refill(RowBatch rows);

    /**
     * Takes the place of the content of another query, now that all of its own is there.
     *
     * @param step number of the first step that this counts as
     * @param layout of what that other query had stored, null where it had nothing
     * @return number of the last step that this counts as
     */
    long replace(long step, @Nullable String layout, @Nullable StateReader before);

    /**
     * Tells those who follow the content the next part of what {@link #replace} changed, and was not stored as told; null
     * where all has been told. One part at a time.
     */
    @Nullable
    CompletableFuture<Void> tellReplaced();
}
