package io.millrace.runtime.view;

import io.millrace.runtime.Scenario;
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

    @Override
    public CompletableFuture<Void> write(long step, RowBatch changes) {
        List<String> rows = new ArrayList<>(Scenario.texts(MemorySink.rowsOf(changes)));
        Collections.sort(rows);
        List<String> before = steps.putIfAbsent(step, rows);
        if (before != null && !before.equals(rows)) {
            throw new AssertionError("step " + step + " was " + before + " and is now " + rows);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Long> end() {
        return CompletableFuture.completedFuture((long) steps.size());
    }

    List<List<String>> steps() {
        return List.copyOf(steps.values());
    }
}
