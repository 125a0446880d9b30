package io.millrace.testing.connector;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A sink that remembers, as a disk would: what it has taken outlives {@link #close}, and each step is taken once. For
 * one thread at a time.
 */
public final class MemorySink implements Sink {

    private final boolean acceptsUpdates;
    private final TreeMap<Long, Written> steps = new TreeMap<>();
    private final TreeMap<Long, TreeMap<Integer, List<WeightedRow>>> parts = new TreeMap<>();
    private int repeats;

    /**
     * @param acceptsUpdates whether it takes rows with a weight of −1
     */
    public MemorySink(boolean acceptsUpdates) {
        this.acceptsUpdates = acceptsUpdates;
    }

    /**
     * What one step wrote.
     *
     * @param rows each row's values with its weight
     */
    public record Written(List<WeightedRow> rows, long rowtimeBound) {}

    /** A row and how often it came (or, below zero, went). */
    public record WeightedRow(List<@Nullable Object> values, int weight) {}

    @Override
    public boolean acceptsUpdates() {
        return acceptsUpdates;
    }

    @Override
    public CompletableFuture<Void> write(long step, RowBatch rows, long rowtimeBound) {
        if (!steps.isEmpty() && step <= steps.lastKey()) {
            repeats++;
        } else {
            List<WeightedRow> all = new ArrayList<>();
            parts.getOrDefault(step, new TreeMap<>()).values().forEach(all::addAll);
            all.addAll(rowsOf(rows));
            steps.put(step, new Written(all, rowtimeBound));
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean takesParts() {
        return !acceptsUpdates;
    }

    @Override
    public CompletableFuture<Void> writePart(long step, int part, RowBatch rows) {
        TreeMap<Integer, List<WeightedRow>> ofStep = parts.computeIfAbsent(step, s -> new TreeMap<>());
        if (!ofStep.isEmpty() && part <= ofStep.lastKey()) {
            repeats++;
            if (!rowsOf(rows).equals(ofStep.get(part))) {
                throw new AssertionError("part " + part + " of step " + step + " is another than it was");
            }
        } else {
            ofStep.put(part, rowsOf(rows));
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Returns how many parts of steps it was given before the rest of them. */
    public int parts() {
        return parts.values().stream().mapToInt(TreeMap::size).sum();
    }

    /** Returns the rows that count in a batch, with their weights. */
    public static List<WeightedRow> rowsOf(RowBatch batch) {
        List<WeightedRow> rows = new ArrayList<>();
        for (int i = 0; i < batch.selectedCount(); i++) {
            int row = batch.selectedRow(i);
            rows.add(new WeightedRow(JavaValues.row(batch, row), batch.weight(row)));
        }
        return rows;
    }

    @Override
    public OptionalLong lastStep() {
        return steps.isEmpty() ? OptionalLong.empty() : OptionalLong.of(steps.lastKey());
    }

    /** Returns what each step wrote, by its number. */
    public Map<Long, Written> steps() {
        return steps;
    }

    /** Returns all rows in the order in which they were written. */
    public List<WeightedRow> rows() {
        return steps.values().stream().flatMap(step -> step.rows().stream()).toList();
    }

    /** Returns how many steps it was given a second time. */
    public int repeats() {
        return repeats;
    }

    @Override
    public void close() {}
}
