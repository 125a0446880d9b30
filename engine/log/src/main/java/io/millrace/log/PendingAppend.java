package io.millrace.log;

import io.millrace.log.frame.Frame;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.ProducerStep;
import io.millrace.spi.type.DataType.RowType;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An append that waits to be written. What is not final belongs to the writer's thread. */
final class PendingAppend implements Work {

    private final ShardTail shard;
    private final Frame frame;
    private final @Nullable RowType type;
    private final @Nullable ProducerStep step;
    private final CompletableFuture<Appended> future = new CompletableFuture<>();
    private @Nullable Appended result;
    private int bytePosition;

    /**
     * @param type the row type of typed rows, null for raw records
     */
    PendingAppend(ShardTail shard, Frame frame, @Nullable RowType type, @Nullable ProducerStep step) {
        this.shard = shard;
        this.frame = frame;
        this.type = type;
        this.step = step;
    }

    ShardTail shard() {
        return shard;
    }

    Frame frame() {
        return frame;
    }

    @Nullable
    RowType type() {
        return type;
    }

    @Nullable
    ProducerStep step() {
        return step;
    }

    CompletableFuture<Appended> future() {
        return future;
    }

    int bytePosition() {
        return bytePosition;
    }

    /** Notes where it was staged and what to answer once that is durable. */
    void staged(int position, Appended answer) {
        bytePosition = position;
        result = answer;
    }

    /** Returns the answer of an append that was staged. */
    Appended result() {
        if (result == null) {
            throw new IllegalStateException("not staged");
        }
        return result;
    }

    @Override
    public void fail(Throwable failure) {
        future.completeExceptionally(failure);
    }
}
