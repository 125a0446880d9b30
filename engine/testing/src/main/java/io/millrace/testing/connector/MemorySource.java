package io.millrace.testing.connector;

import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType.RowType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A source whose rows a test puts in. Positions are places in the split's list. What it promises of a split's time is
 * what the test says with {@link #promise}. Safe for use by several threads.
 */
public final class MemorySource implements Source {

    private final RowType columns;
    private final Map<String, Split> splits = new LinkedHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile IntSupplier batchRows = () -> Integer.MAX_VALUE;

    public MemorySource(RowType columns, String... splits) {
        this.columns = columns;
        for (String split : splits) {
            this.splits.put(split, new Split());
        }
    }

    public RowType columns() {
        return columns;
    }

    /** Adds an empty split. */
    public synchronized void addSplit(String split) {
        splits.put(split, new Split());
    }

    /** Appends a row, one value per column in the form of {@link JavaValues}. */
    public MemorySource add(String split, @Nullable Object... values) {
        return put(split, new Entry(new ArrayList<>(Arrays.asList(values)), null, RowOrigins.NO_ROWTIME));
    }

    /** Appends a row that knows when it arrived, microseconds since 1970. */
    public MemorySource addAt(String split, long arrivalMicros, @Nullable Object... values) {
        return put(split, new Entry(new ArrayList<>(Arrays.asList(values)), null, arrivalMicros));
    }

    /** Appends an entry that is no row. */
    public MemorySource addMalformed(String split, String reason) {
        return put(split, new Entry(List.of(), reason, RowOrigins.NO_ROWTIME));
    }

    private MemorySource put(String split, Entry entry) {
        synchronized (this) {
            split(split).entries.add(entry);
        }
        listeners.forEach(Runnable::run);
        return this;
    }

    /** Promises that no later row of the split has a ROWTIME below this. */
    public MemorySource promise(String split, long bound) {
        synchronized (this) {
            split(split).promise = bound;
        }
        listeners.forEach(Runnable::run);
        return this;
    }

    /** Writes a bound behind the rows there are now, as a pump does: no later row has a ROWTIME below it. */
    public MemorySource addBound(String split, long bound) {
        synchronized (this) {
            Split target = split(split);
            target.bounds.put((long) target.entries.size(), bound);
            target.promise = Math.max(target.promise, bound);
        }
        listeners.forEach(Runnable::run);
        return this;
    }

    /** Has each batch have so many entries at most, asked anew each time: what is read again may be cut elsewhere. */
    public void batchRows(IntSupplier most) {
        batchRows = most;
    }

    /** Drops what lies before the position. */
    public synchronized void trim(String split, long position) {
        split(split).first = position;
    }

    /** Returns the rows of a split from one position to another. */
    public synchronized List<List<@Nullable Object>> rows(String split, long from, long to) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Entry entry : split(split).entries.subList((int) from, (int) to)) {
            if (entry.malformed == null) {
                rows.add(entry.values);
            }
        }
        return rows;
    }

    @Override
    public synchronized List<String> splits() {
        return List.copyOf(splits.keySet());
    }

    @Override
    public synchronized long firstPosition(String split) {
        return split(split).first;
    }

    @Override
    public synchronized long endPosition(String split) {
        return split(split).entries.size();
    }

    @Override
    public synchronized long idleBound(String split, long position) {
        return position == endPosition(split) ? split(split).promise : Long.MIN_VALUE;
    }

    @Override
    public SplitReader open(String split, long position) {
        return new Reader(split, position);
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {}

    private Split split(String name) {
        Split split = splits.get(name);
        if (split == null) {
            throw new IllegalArgumentException("no split " + name);
        }
        return split;
    }

    /** Returns where a batch that starts here ends: before the next bound's row at the latest. */
    private synchronized long batchEnd(String name, long from, long to) {
        Long next = split(name).bounds.higherKey(from);
        return next == null ? to : Math.min(next, to);
    }

    private synchronized @Nullable Long boundAt(String name, long position) {
        return split(name).bounds.get(position);
    }

    private synchronized @Nullable SourceBatch read(String name, long from, long to, RowBatch rows) {
        Split split = split(name);
        if (from < split.first || from >= to) {
            return null;
        }
        List<RejectedEntry> rejected = new ArrayList<>();
        List<Long> arrivals = new ArrayList<>();
        List<String> positions = new ArrayList<>();
        rows.clear();
        for (long at = from; at < to; at++) {
            Entry entry = split.entries.get((int) at);
            if (entry.malformed == null) {
                JavaValues.append(rows, entry.values);
                arrivals.add(entry.arrivalMicros);
                positions.add(name + ":" + at);
            } else {
                byte[] data = entry.malformed.getBytes(StandardCharsets.UTF_8);
                rejected.add(new RejectedEntry(
                        "memory", name + ":" + at, ErrorCode.INVALID_VALUE, entry.malformed, data, 0));
            }
        }
        if (arrivals.stream().anyMatch(arrival -> arrival != RowOrigins.NO_ROWTIME)) {
            rows.origins(new Arrivals(positions, arrivals));
        }
        return new SourceBatch(rows, rejected, split.bounds.getOrDefault(to, Long.MIN_VALUE));
    }

    /** Where rows are, and when they arrived. */
    private record Arrivals(List<String> positions, List<Long> micros) implements RowOrigins {

        @Override
        public String position(int row) {
            return positions.get(row);
        }

        @Override
        public long rowtimeMicros(int row) {
            return micros.get(row);
        }

        @Override
        public long arrivalMicros(int row) {
            return micros.get(row);
        }
    }

    private static final class Split {
        private final List<Entry> entries = new ArrayList<>();
        private final TreeMap<Long, Long> bounds = new TreeMap<>();
        private long first;
        private long promise = Long.MIN_VALUE;
    }

    private record Entry(
            List<@Nullable Object> values, @Nullable String malformed, long arrivalMicros) {}

    private final class Reader implements SplitReader {

        private final String split;
        private final RowBatch rows = RowBatch.create(columns, 16);
        private long position;
        private long boundGivenAt = -1;

        Reader(String split, long position) {
            this.split = split;
            this.position = position;
        }

        @Override
        public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
            Long bound = boundAt(split, position);
            if (bound != null && boundGivenAt != position) {
                boundGivenAt = position;
                rows.clear();
                return new SourceBatch(rows, List.of(), bound);
            }
            long end = Math.min(
                    Math.min(endPosition, endPosition(split)), position + Math.min(entriesMax, batchRows.getAsInt()));
            long to = batchEnd(split, position, end);
            SourceBatch batch = read(split, position, to, rows);
            if (batch != null) {
                position = to;
            }
            return batch;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void close() {}
    }
}
