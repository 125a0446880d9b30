package io.millrace.runtime.view;

import io.millrace.runtime.Scenario;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.testing.connector.MemorySink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Changes of a view by step, as they came first. */
final class RememberedChanges implements ChangeLog {

    private final Map<Long, List<String>> steps = new TreeMap<>();
    private int untilFailure = Integer.MAX_VALUE;

    /** Fails once as if the process had ended, after so many writes. */
    void failAfter(int writes) {
        untilFailure = writes;
    }

    @Override
    public CompletableFuture<Void> write(long step, RowBatch changes, long rowtimeBound) {
        if (untilFailure-- == 0) {
            return CompletableFuture.failedFuture(new MillraceException(ErrorCode.INTERNAL, "crash"));
        }
        List<String> rows = new ArrayList<>(Scenario.texts(MemorySink.rowsOf(changes)));
        Collections.sort(rows);
        List<String> before = steps.putIfAbsent(step, rows);
        if (before != null && !before.equals(rows)) {
            throw new AssertionError("step " + step + " was " + before + " and is now " + rows);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void reached(long rowtimeBound) {}

    @Override
    public CompletableFuture<Long> end() {
        return CompletableFuture.completedFuture((long) steps.size());
    }

    List<List<String>> steps() {
        return List.copyOf(steps.values());
    }
}
