package io.millrace.delivery.transform;

import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.log.ShardLog.Subscription;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Rows made of transformed records. Positions are those of the records.
 *
 * <p>Safe for use by several threads, its readers each for one.
 */
public final class TransformedSource implements Source {

    private final Source records;
    private final String stream;
    private final Transformation transformation;
    private final RecordDecoder decoder;
    private final @Nullable TableGrowth growth;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * Makes a source.
     *
     * @param records a source of rows with one column, the bytes of a record, that know where they come from; closed
     *     with this
     * @param stream name of their stream, for reports
     * @param decoder reads what comes out
     * @param growth how the table comes by other columns than the decoder's, or null where it has those and no others
     * @param clock for how long records wait for others
     */
    public TransformedSource(
            Source records,
            String stream,
            Transformation transformation,
            RecordDecoder decoder,
            @Nullable TableGrowth growth,
            InstantSource clock) {
        this.records = records;
        this.stream = stream;
        this.transformation = transformation;
        this.decoder = decoder;
        this.growth = growth;
        this.clock = clock;
    }

    @Override
    public List<String> splits() {
        return records.splits();
    }

    @Override
    public long firstPosition(String split) {
        return records.firstPosition(split);
    }

    @Override
    public long endPosition(String split) {
        return records.endPosition(split);
    }

    @Override
    public SplitReader open(String split, long position) {
        return new TransformedReader(
                new Gathering(
                        records.open(split, position),
                        new ProcessorChain(transformation.stepsBefore()),
                        transformation.limits()),
                transformation.calls(this::wake),
                new ProcessorChain(transformation.stepsAfter()),
                growth == null ? null : new NewColumns(decoder.columns(), growth),
                new TransformedRows(stream, transformation, decoder),
                transformation,
                position,
                clock);
    }

    /** A function has answered: there may be rows though no record came. */
    private void wake() {
        listeners.forEach(Runnable::run);
    }

    /** Nothing: a function may take as long as it likes. */
    @Override
    public long idleBound(String split, long position) {
        return Long.MIN_VALUE;
    }

    @Override
    public OptionalLong arrivedMicros(String split, long position) {
        return records.arrivedMicros(split, position);
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        listeners.add(listener);
        Subscription onRecords = records.onAvailable(listener);
        return () -> {
            onRecords.close();
            listeners.remove(listener);
        };
    }

    @Override
    public void close() {
        records.close();
    }
}
