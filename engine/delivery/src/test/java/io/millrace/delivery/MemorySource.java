package io.millrace.delivery;

import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Splits of texts in memory. An entry {@value #UNREADABLE} gives no row. Survives the crash of whoever reads it,
 * and forgets what it is told to, as a log does.
 */
final class MemorySource implements Source {

    static final String UNREADABLE = "unreadable";
    static final RowType TYPE =
            RowType.of(Field.required("id", DataType.BIGINT), Field.required("text", DataType.VARCHAR));

    private final Map<String, List<String>> splits = new TreeMap<>();
    private final Map<String, Long> firsts = new TreeMap<>();

    MemorySource(String... splits) {
        for (String split : splits) {
            add(split);
        }
    }

    void add(String split) {
        splits.put(split, new ArrayList<>());
        firsts.put(split, 0L);
    }

    synchronized void append(String split, String text) {
        splits.get(split).add(text);
    }

    List<String> texts(String split) {
        return splits.get(split);
    }

    void trim(String split, long before) {
        firsts.merge(split, before, Math::max);
    }

    @Override
    public List<String> splits() {
        return List.copyOf(splits.keySet());
    }

    @Override
    public long firstPosition(String split) {
        return firsts.get(split);
    }

    @Override
    public synchronized long endPosition(String split) {
        return splits.get(split).size();
    }

    @Override
    public long idleBound(String split, long position) {
        return Long.MIN_VALUE;
    }

    @Override
    public SplitReader open(String split, long position) {
        return new Reader(split, position);
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        return () -> {};
    }

    @Override
    public void close() {}

    private final class Reader implements SplitReader {

        private final String split;
        private final RowBatch rows = RowBatch.create(TYPE, 16);
        private long position;

        Reader(String split, long position) {
            this.split = split;
            this.position = position;
        }

        @Override
        public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
            if (position < firstPosition(split)) {
                throw new MillraceException(ErrorCode.POSITION_OUT_OF_RANGE, "entry " + position + " is trimmed");
            }
            if (position >= endPosition) {
                return null;
            }
            rows.clear();
            List<RejectedEntry> rejected = new ArrayList<>();
            for (int i = 0; i < entriesMax && position < endPosition; i++, position++) {
                String text = texts(split).get((int) position);
                if (text.equals(UNREADABLE)) {
                    rejected.add(new RejectedEntry(
                            "stream", split + " " + position, ErrorCode.INVALID_VALUE, "unreadable", new byte[0], 0));
                } else {
                    JavaValues.append(rows, List.of(position, text));
                }
            }
            return new SourceBatch(rows, rejected, Long.MIN_VALUE);
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void close() {}
    }
}
