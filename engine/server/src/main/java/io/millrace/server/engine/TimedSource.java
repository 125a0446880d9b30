package io.millrace.server.engine;

import io.millrace.plan.Rowtime;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A stream's rows with what is known of their time, for whoever is no query and does not watch it itself: rows know their
 * ROWTIME without reading anything again, and batches of a stream with {@code WATERMARK FOR} carry its bound, which a query
 * would make of the times that it sees.
 */
final class TimedSource implements Source {

    private final Source stream;
    private final Rowtime rowtime;
    private final RowType columns;
    private final InstantSource clock;
    private final int timeColumn;

    /** Of each split of a stream with event time: the newest time seen, and when rows came last. */
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private final long openedMicros;

    private record Seen(long newestMicros, long atMicros) {}

    /**
     * @param stream has the columns {@link #withTime}; closed with this
     * @param columns without what was added
     */
    TimedSource(Source stream, Rowtime rowtime, RowType columns, InstantSource clock) {
        this.stream = stream;
        this.rowtime = rowtime;
        this.columns = columns;
        this.clock = clock;
        this.timeColumn = withTime(columns).indexOf(SystemColumns.ROWTIME.name());
        this.openedMicros = now();
    }

    /** Returns the columns with ROWTIME behind them, unless they have it. */
    static RowType withTime(RowType columns) {
        if (columns.indexOf(SystemColumns.ROWTIME.name()) >= 0) {
            return columns;
        }
        List<Field> fields = new ArrayList<>(columns.fields());
        fields.add(SystemColumns.ROWTIME);
        return new RowType(fields);
    }

    private long now() {
        return JavaValues.micros(clock.instant());
    }

    @Override
    public List<String> splits() {
        return stream.splits();
    }

    @Override
    public long firstPosition(String split) {
        return stream.firstPosition(split);
    }

    @Override
    public long endPosition(String split) {
        return stream.endPosition(split);
    }

    @Override
    public SplitReader open(String split, long position) {
        return new Reader(split, stream.open(split, position));
    }

    /** A split that is idle says what the others do. */
    @Override
    public long idleBound(String split, long position) {
        if (!(rowtime instanceof Rowtime.EventTime time)) {
            return stream.idleBound(split, position);
        }
        Seen own = seen.getOrDefault(split, new Seen(Long.MIN_VALUE, openedMicros));
        boolean idle = time.idleMicros() > 0
                && now() - own.atMicros() >= time.idleMicros()
                && stream.endPosition(split) == position;
        return idle
                ? seen.values().stream()
                        .mapToLong(Seen::newestMicros)
                        .filter(newest -> newest != Long.MIN_VALUE)
                        .map(newest -> newest - time.delayMicros())
                        .max()
                        .orElse(Long.MIN_VALUE)
                : Long.MIN_VALUE;
    }

    @Override
    public OptionalLong arrivedMicros(String split, long position) {
        return stream.arrivedMicros(split, position);
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        return stream.onAvailable(listener);
    }

    @Override
    public void close() {
        stream.close();
    }

    private final class Reader implements SplitReader {

        private final String split;
        private final SplitReader rows;

        /** The newest time of what this reader has read: rows that it was opened before may be read again. */
        private long newestMicros = Long.MIN_VALUE;

        Reader(String split, SplitReader rows) {
            this.split = split;
            this.rows = rows;
        }

        @Override
        public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
            SourceBatch batch = rows.poll(endPosition, entriesMax);
            if (batch == null) {
                return null;
            }
            LongColumn times = (LongColumn) batch.rows().column(timeColumn);
            return new SourceBatch(without(batch.rows(), times), batch.rejected(), bound(batch, times));
        }

        private RowBatch without(RowBatch all, LongColumn times) {
            Column[] data = new Column[columns.size()];
            Arrays.setAll(data, all::column);
            RowBatch some = new RowBatch(columns, data);
            some.size(all.size());
            some.origins(new Times(Objects.requireNonNull(all.origins()), times));
            return some;
        }

        /** Returns what the source promises, or what the newest time says that was read here. */
        private long bound(SourceBatch batch, LongColumn times) {
            if (!(rowtime instanceof Rowtime.EventTime time)) {
                return batch.rowtimeBound();
            }
            for (int row = 0; row < batch.rows().size(); row++) {
                if (!times.isNull(row)) {
                    newestMicros = Math.max(newestMicros, times.get(row));
                }
            }
            seen.merge(
                    split,
                    new Seen(newestMicros, now()),
                    (a, b) -> new Seen(Math.max(a.newestMicros(), b.newestMicros()), b.atMicros()));
            return newestMicros == Long.MIN_VALUE ? Long.MIN_VALUE : newestMicros - time.delayMicros();
        }

        @Override
        public long position() {
            return rows.position();
        }

        @Override
        public @Nullable Instant dueAt() {
            return rows.dueAt();
        }

        @Override
        public void close() {
            rows.close();
        }
    }

    /** The origins of rows, of which the time is at hand. */
    private record Times(RowOrigins of, LongColumn micros) implements RowOrigins {

        @Override
        public String position(int row) {
            return of.position(row);
        }

        @Override
        public long rowtimeMicros(int row) {
            return micros.isNull(row) ? of.arrivalMicros(row) : micros.get(row);
        }

        @Override
        public long arrivalMicros(int row) {
            return of.arrivalMicros(row);
        }
    }
}
