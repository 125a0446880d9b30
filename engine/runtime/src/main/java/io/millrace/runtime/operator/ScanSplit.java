package io.millrace.runtime.operator;

import io.millrace.runtime.operator.StepPlan.SplitRange;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import org.jspecify.annotations.Nullable;

/** One split of a scan: how far it is read, and what is known of its time. */
final class ScanSplit {

    private static final int ENTRIES_MAX = 16_384;

    private final ScanInput input;
    private final Source source;
    private final @Nullable SharedScan shared;
    private final String name;
    private long position;
    private long promised = Operator.NO_BOUND;
    private long newestMicros = Operator.NO_BOUND;
    private long lastRowsMicros;
    private boolean begun;
    private @Nullable SplitReader reader;
    private @Nullable SourceBatch ahead;
    private long aheadTo;
    /** Where a long step would read on to behind that, and when what is there had arrived. */
    private long longTo;

    private long longArrivedMicros;
    private long heard = Operator.NO_BOUND;

    ScanSplit(ScanInput input, String name, long position) {
        this.input = input;
        this.source = input.source();
        this.shared = input.shared();
        this.name = name;
        this.position = position;
    }

    static ScanSplit load(ScanInput input, String name, StateReader in) {
        StoredScan.Split stored = StoredScan.Split.read(in);
        ScanSplit split = new ScanSplit(input, name, stored.position());
        split.begun = true;
        split.learn(stored);
        return split;
    }

    /** Takes over what another reader of the same split knew of its time. */
    void learn(StoredScan.Split other) {
        promised = Math.max(promised, other.promised());
        newestMicros = Math.max(newestMicros, other.newestMicros());
        lastRowsMicros = other.lastRowsMicros();
    }

    /** Written as {@link StoredScan.Split#read} reads it. */
    void save(StateWriter out) {
        out.writeLong(position);
        out.writeLong(promised);
        out.writeLong(newestMicros);
        out.writeLong(lastRowsMicros);
    }

    String name() {
        return name;
    }

    /** Returns whether a step has named it: before that it is not part of the state. */
    boolean begun() {
        return begun;
    }

    long position() {
        return position;
    }

    long promised() {
        return promised;
    }

    long lastRowsMicros() {
        return lastRowsMicros;
    }

    long eventTimeBound(long delayMicros) {
        return newestMicros == Operator.NO_BOUND ? Operator.NO_BOUND : newestMicros - delayMicros;
    }

    /** Says that rows came, or are as good as there, since the stream has begun to move. */
    void rowsCame(long clockMicros) {
        lastRowsMicros = clockMicros;
    }

    void timeSeen(long micros) {
        newestMicros = Math.max(newestMicros, micros);
    }

    /**
     * Reads what comes next, before it is certain that a step will take it, and tells what a step would read. What
     * was read ahead before is kept. Behind the last entry there may be a bound that came without rows.
     */
    SplitRange readAhead(int entriesMax) {
        SplitRange range = readAheadUntil(source.endPosition(name), Math.min(entriesMax, ENTRIES_MAX));
        long end = source.endPosition(name);
        if (end > range.to()) {
            // What is read together with others is read piece by piece.
            boolean readsOn = shared == null && range.to() > range.from() && entriesMax > ENTRIES_MAX;
            return readsOn ? longer(range, end, entriesMax) : range;
        }
        hearBehindEntries(entriesMax);
        long bound = Math.max(heard, source.idleBound(name, range.to()));
        return new SplitRange(name, range.from(), range.to(), bound, true);
    }

    /** A long step reads on behind what was read ahead. */
    private static SplitRange longer(SplitRange range, long end, int entriesMax) {
        long to = Math.max(range.to(), Math.min(end, range.from() + entriesMax));
        return new SplitRange(range.split(), range.from(), to, range.bound(), false);
    }

    private void hearBehindEntries(int entriesMax) {
        boolean more = ahead == null;
        while (more) {
            more = pollAhead(position, entriesMax) && ahead == null;
        }
    }

    /**
     * As {@link #readAhead}, but no further than a position, and with nothing said of the time behind what was read.
     *
     * @param end at most the split's end
     */
    SplitRange readAheadUntil(long end, int entriesMax) {
        while (ahead == null && position < end) {
            if (!pollAhead(end, entriesMax)) {
                break;
            }
        }
        return new SplitRange(name, position, ahead == null ? position : aheadTo, heard, false);
    }

    /**
     * As {@link #readAheadUntil}, but a step may read on behind what was read ahead, where that is known to have arrived at
     * some time.
     *
     * @param entries how many entries a long step takes
     */
    SplitRange longAheadUntil(long end, int entries) {
        SplitRange range = readAheadUntil(end, Math.min(entries, ENTRIES_MAX));
        long to = Math.min(end, range.from() + entries);
        longTo = 0;
        // What is read together with others is read piece by piece.
        if (shared != null || range.to() == range.from() || to <= range.to()) {
            return range;
        }
        longArrivedMicros = arrivedMicros(to - 1);
        if (longArrivedMicros == RowOrigins.NO_ROWTIME) {
            return range;
        }
        longTo = to;
        return new SplitRange(name, range.from(), to, range.bound(), false);
    }

    /** Returns when an entry had arrived, {@link RowOrigins#NO_ROWTIME} where that is not known. */
    private long arrivedMicros(long entry) {
        try (SplitReader one = source.open(name, entry)) {
            SourceBatch batch = one.poll(entry + 1, 1);
            RowOrigins origins = batch == null || batch.rows().size() == 0
                    ? null
                    : batch.rows().origins();
            return origins == null ? RowOrigins.NO_ROWTIME : origins.arrivalMicros(0);
        }
    }

    /**
     * Returns the range of all there is.
     *
     * @param timed whether what is promised of the rows behind it is asked for
     */
    SplitRange whole(boolean timed) {
        long end = Math.max(position, source.endPosition(name));
        return new SplitRange(name, position, end, timed ? source.idleBound(name, end) : Operator.NO_BOUND, true);
    }

    /** Polls once; what is only a bound is heard and not kept. Returns whether there may be more. */
    private boolean pollAhead(long end, int entriesMax) {
        SharedScan.Taken taken = poll(end, entriesMax);
        SourceBatch batch = taken.batch();
        heard = Math.max(heard, taken.bound());
        if (batch == null) {
            return false;
        }
        if (taken.to() > position) {
            ahead = batch;
            aheadTo = taken.to();
        }
        return true;
    }

    private SharedScan.Taken poll(long end, int entriesMax) {
        SharedScan.Taken taken = shared == null ? null : shared.poll(this, source, position, end, entriesMax);
        if (taken == null) {
            SourceBatch batch = reader().poll(end, entriesMax);
            long bound = batch == null ? Operator.NO_BOUND : batch.rowtimeBound();
            return new SharedScan.Taken(batch, reader().position(), bound);
        }
        closeReader();
        return taken;
    }

    /** Starts a step that reads this range. */
    void begin(SplitRange range, long clockMicros) {
        if (range.from() != position) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "a step reads split " + name + " from " + range.from() + ", but the state is at " + position);
        }
        promised = Math.max(promised, range.bound());
        if (!begun) {
            begun = true;
            lastRowsMicros = clockMicros;
        }
    }

    /**
     * Returns when the last of the rows arrived that a step would read, {@code unknown} where they do not know; {@link
     * Operator#NO_BOUND} where entries without rows were, and {@link Operator#CLOSED} where nothing was.
     */
    long aheadArrivedMicros(long unknown) {
        if (ahead == null) {
            return Operator.CLOSED;
        }
        if (longTo > aheadTo) {
            return longArrivedMicros;
        }
        RowBatch rows = ahead.rows();
        if (rows.size() == 0) {
            return Operator.NO_BOUND;
        }
        RowOrigins origins = rows.origins();
        long arrived = origins == null ? RowOrigins.NO_ROWTIME : origins.arrivalMicros(rows.size() - 1);
        return arrived == RowOrigins.NO_ROWTIME ? unknown : arrived;
    }

    boolean mayHaveMore(long to) {
        return position < to;
    }

    /** Returns the next rows of the step, or null where it has read its range. */
    @Nullable
    SourceBatch next(long to) {
        if (ahead != null && position < to) {
            SourceBatch batch = ahead;
            ahead = null;
            position = aheadTo;
            return batch;
        }
        if (position >= to) {
            return null;
        }
        SourceBatch batch = reader().poll(to, ENTRIES_MAX);
        if (batch == null && reader().position() < to) {
            throw unreadable(to);
        }
        if (batch != null) {
            // A promise is given once. The next step tells of it, so that this one, taken again, knows no more than it
            // did.
            heard = Math.max(heard, batch.rowtimeBound());
        }
        position = reader().position();
        return batch;
    }

    MillraceException unreadable(long to) {
        return new MillraceException(
                ErrorCode.POSITION_OUT_OF_RANGE,
                "split " + name + " can no longer be read from " + position + " to " + to,
                "keep the source's entries for as long as a query may need them again");
    }

    private SplitReader reader() {
        if (reader == null) {
            reader = input.open(name, position);
        }
        return reader;
    }

    void close() {
        closeReader();
        if (shared != null) {
            shared.forget(name);
        }
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
