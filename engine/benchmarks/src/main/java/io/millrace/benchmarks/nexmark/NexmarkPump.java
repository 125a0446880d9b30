package io.millrace.benchmarks.nexmark;

import io.millrace.runtime.pump.Pump;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A query that goes on, each of its steps durable, whose state is stored now and then. For one thread. */
final class NexmarkPump implements AutoCloseable {

    private static final long WAIT_NANOS = 20_000;

    private final Supplier<Pump> opener;
    private final ToLongFunction<String> ends;
    private @Nullable Pump pump;
    private Map<String, Map<String, Long>> stored = Map.of();
    private int checkpoints;

    /**
     * @param opener asked once
     * @param ends says where the only shard of a stream ends
     */
    NexmarkPump(Supplier<Pump> opener, ToLongFunction<String> ends) {
        this.opener = opener;
        this.ends = ends;
    }

    /** Opens the pump, and reads all there is; what it has written last may not be durable before it is closed. */
    void readAll() {
        Pump opened = opener.get();
        pump = opened;
        stored = opened.safePositions();
        while (step() || !atEnd(opened)) {
            // The step before is still being written, where none is taken.
        }
        check(opened);
    }

    /** Has the pump, once it is open, do what there is to do; returns whether that was a step. */
    boolean step() {
        Pump opened = Objects.requireNonNull(pump, "not open");
        boolean stepped = opened.step();
        Map<String, Map<String, Long>> now = opened.safePositions();
        if (!now.equals(stored)) {
            stored = now;
            checkpoints++;
        }
        if (!stepped) {
            LockSupport.parkNanos(WAIT_NANOS);
        }
        return stepped;
    }

    private static void check(Pump of) {
        if (of.status().rejectedRows() > 0) {
            throw new IllegalStateException(of.status().rejectedRows() + " rows could not be computed");
        }
        if (of.status().lateRows() > 0) {
            throw new IllegalStateException(of.status().lateRows() + " rows came late, and are not in the answer");
        }
    }

    private boolean atEnd(Pump of) {
        return of.positions().entrySet().stream()
                .allMatch(stream ->
                        stream.getValue().values().stream().allMatch(at -> at >= ends.applyAsLong(stream.getKey())));
    }

    /** Returns how many checkpoints became durable before it was closed. */
    int checkpoints() {
        return checkpoints;
    }

    @Override
    public void close() {
        if (pump != null) {
            pump.close();
        }
    }
}
