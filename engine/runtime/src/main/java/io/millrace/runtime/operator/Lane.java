package io.millrace.runtime.operator;

import io.millrace.spi.row.RowBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the lanes of a {@link LanesOperator}: the operators that rows of its keys run through, and how far it is in a
 * step. For one thread at a time, which is not always the same.
 */
final class Lane {

    private final List<LaneInput> inputs;
    private final KeyedOperator first;
    private final Operator last;
    private @Nullable Step part;
    private @Nullable RowBatch out;
    private @Nullable Throwable failure;
    private boolean ended = true;

    /**
     * @param first takes in what the inputs give
     * @param last gives what the lane puts out
     */
    Lane(List<LaneInput> inputs, KeyedOperator first, Operator last) {
        this.inputs = inputs;
        this.first = first;
        this.last = last;
    }

    Operator last() {
        return last;
    }

    void begin(Step step) {
        part = step.part();
        ended = false;
        out = null;
        last.begin(part);
    }

    void give(int input, RowBatch rows) {
        inputs.get(input).give(rows);
    }

    /** Takes in what it was given. What goes wrong is kept for {@link #finish}. */
    void absorb() {
        attempt(first::takeIn);
    }

    /** Finds what it puts out next. What goes wrong is kept for {@link #finish}. */
    void advance() {
        attempt(() -> {
            out = last.next();
            ended = out == null;
        });
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Returns whether it has put out all of this step. */
    boolean ended() {
        return ended;
    }

    /** Returns whether it is certain to put out nothing more in this step. */
    boolean mayHaveMore() {
        return !ended && last.mayHaveMore();
    }

    /** Returns what {@link #advance} found; null for nothing. */
    @Nullable
    RowBatch out() {
        return out;
    }

    /** Tells the step what came of the work, and throws what it failed with. By the thread that runs the query. */
    void finish(Step step) {
        if (part != null) {
            step.gather(part);
        }
        Throwable failed = failure;
        failure = null;
        switch (failed) {
            case null -> {}
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(failed);
        }
    }
}
