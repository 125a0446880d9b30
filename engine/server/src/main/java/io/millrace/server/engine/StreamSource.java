package io.millrace.server.engine;

import io.millrace.plan.Rowtime;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.connector.RowPreparation;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.StreamDefinition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * A stream's log as rows: one split per shard, a position is an index.
 *
 * <p>Records are decoded by the stream's format, typed rows come as they are stored; either way only the
 * wanted columns are touched, and the wanted system columns are added.
 */
final class StreamSource implements Source {

    private final StreamLog log;
    private final StreamDefinition definition;
    private final RowType wanted;
    private final RecordFormat format;
    private final ClassCompiler compiler;
    private final InstantSource clock;
    private final BooleanSupplier fedByPump;
    private final WorkThreads threads;
    private final List<Subscription> subscriptions = new ArrayList<>();

    /**
     * Creates a source.
     *
     * @param wanted the columns wanted, declared and system ones
     * @param fedByPump whether a pump writes the stream, so that its rows may be older than the clock
     * @param threads decode what a reader will ask for
     */
    StreamSource(
            StreamLog log,
            StreamDefinition definition,
            RowType wanted,
            RecordFormat format,
            ClassCompiler compiler,
            InstantSource clock,
            BooleanSupplier fedByPump,
            WorkThreads threads) {
        this.log = log;
        this.definition = definition;
        this.wanted = wanted;
        this.format = format;
        this.compiler = compiler;
        this.clock = clock;
        this.fedByPump = fedByPump;
        this.threads = threads;
    }

    @Override
    public List<String> splits() {
        return log.shards().stream().map(shard -> shard.description().id()).toList();
    }

    @Override
    public long firstPosition(String split) {
        return shard(split).firstIndex();
    }

    @Override
    public long endPosition(String split) {
        return shard(split).endIndex();
    }

    @Override
    public SplitReader open(String split, long position) {
        return threads.reader(position, readers(split), null);
    }

    @Override
    public SplitReader open(String split, long position, Supplier<RowPreparation> preparations) {
        return threads.reader(position, readers(split), preparations);
    }

    private LongFunction<StreamSplitReader> readers(String split) {
        ShardLog shard = shard(split);
        return at -> new StreamSplitReader(shard, at, definition, wanted, format, compiler, fedByPump);
    }

    @Override
    public long idleBound(String split, long position) {
        if (!(definition.rowtime() instanceof Rowtime.Arrival) || fedByPump.getAsBoolean()) {
            return Long.MIN_VALUE;
        }
        ShardLog shard = shard(split);
        // The end is read last: what arrives in between is not older than the clock, nor what is on its way to the
        // disk.
        long now = JavaValues.micros(clock.instant());
        long arriving = shard.arrivingSinceMicros();
        return shard.endIndex() == position ? Math.min(now, arriving) : Long.MIN_VALUE;
    }

    @Override
    public OptionalLong arrivedMicros(String split, long position) {
        ShardLog shard = shard(split);
        // What is spooled elsewhere may be trimmed here; it had come before what is left.
        long first = Math.max(position, shard.firstIndex());
        if (first >= shard.endIndex()) {
            return OptionalLong.empty();
        }
        try (LogReader reader = shard.reader(first, new ReadOptions(RowType.of(), false))) {
            LogBatch entry = reader.poll(1);
            return entry == null || entry.size() == 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(entry.arrivals().get(0));
        }
    }

    @Override
    public synchronized Subscription onAvailable(Runnable listener) {
        List<Subscription> all = new ArrayList<>();
        for (ShardLog shard : log.shards()) {
            all.add(shard.onAppend(listener));
        }
        subscriptions.addAll(all);
        return () -> all.forEach(Subscription::close);
    }

    @Override
    public synchronized void close() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
    }

    /** Returns the shard that a split names. */
    ShardLog shard(String split) {
        for (ShardLog shard : log.shards()) {
            if (Objects.equals(shard.description().id(), split)) {
                return shard;
            }
        }
        throw new io.millrace.spi.error.MillraceException(
                io.millrace.spi.error.ErrorCode.UNDEFINED_NAME,
                "stream '" + definition.name() + "' has no shard " + split);
    }
}
