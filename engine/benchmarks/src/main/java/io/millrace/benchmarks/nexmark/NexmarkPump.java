package io.millrace.benchmarks.nexmark;

import io.millrace.runtime.pump.Pump;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A query that goes on, each of its steps durable, whose state is stored now and then. For one thread. */
final class NexmarkPump implements AutoCloseable {

    private final Supplier<Pump> opener;
    private @Nullable Pump pump;
    private int checkpoints;

    /** @param opener asked once */
    NexmarkPump(Supplier<Pump> opener) {
        this.opener = opener;
    }

    /** Opens the pump, and reads what there is. */
    void readAll() {
        Pump opened = opener.get();
        pump = opened;
        readAll(opened);
    }

    private void readAll(Pump of) {
        Map<String, Map<String, Long>> stored = of.safePositions();
        while (of.step()) {
            Map<String, Map<String, Long>> now = of.safePositions();
            if (!now.equals(stored)) {
                stored = now;
                checkpoints++;
            }
        }
        if (of.status().rejectedRows() > 0) {
            throw new IllegalStateException(of.status().rejectedRows() + " rows could not be computed");
        }
    }

    /** Returns how many checkpoints became durable while it read. */
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
