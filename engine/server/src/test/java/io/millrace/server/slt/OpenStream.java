package io.millrace.server.slt;

import io.millrace.server.session.ResultCursor;
import io.millrace.spi.row.RowBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** An endless query of a script: what its rows add up to, also over crashes, after which it tells all again. */
final class OpenStream {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration WAIT = Duration.ofMillis(50);

    private final String sql;
    private ResultCursor cursor;
    private final Map<String, Integer> seen = new TreeMap<>();
    private final Map<String, Integer> told = new TreeMap<>();

    OpenStream(String sql, MortalEngine engine) {
        this.sql = sql;
        this.cursor = engine.open(sql);
    }

    void reopen(MortalEngine engine) {
        cursor = engine.open(sql);
        seen.clear();
    }

    void close() {
        cursor.close();
    }

    /** Waits for changes since the last time that are as they should be, and returns those that there are. */
    List<String> changes(Predicate<List<String>> enough) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> changes = changes();
        while (!enough.test(changes) && System.nanoTime() < deadline) {
            if (read()) {
                changes = changes();
            }
        }
        told.clear();
        told.putAll(seen);
        return changes;
    }

    /** Returns the changes once nothing has come for a second: to write down what there is. */
    List<String> settled() {
        for (int quiet = 0; quiet < 20; quiet++) {
            quiet = read() ? 0 : quiet;
        }
        return changes(changes -> true);
    }

    private boolean read() {
        RowBatch batch = cursor.poll(WAIT);
        for (int i = 0; batch != null && i < batch.selectedCount(); i++) {
            int row = batch.selectedRow(i);
            seen.merge(MortalEngine.text(batch, row), batch.weight(row), Integer::sum);
        }
        return batch != null;
    }

    private List<String> changes() {
        Map<String, Integer> sum = new TreeMap<>(seen);
        told.forEach((row, weight) -> sum.merge(row, -weight, Integer::sum));
        List<String> changes = new ArrayList<>();
        sum.forEach((row, weight) -> {
            if (weight != 0) {
                changes.add((weight > 0 ? "+" : "") + weight + " " + row);
            }
        });
        return changes;
    }
}
