package io.millrace.runtime.operator;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operator of a running query. For one thread at a time.
 *
 * <p>Bounds are times in microseconds since 1970, {@link #NO_BOUND} where nothing is known and {@link #CLOSED} where
 * nothing follows. They hold between steps, and never fall.
 */
public abstract class Operator {

    /** The bound that says nothing. */
    public static final long NO_BOUND = Long.MIN_VALUE;

    /** The bound behind the last row. */
    public static final long CLOSED = Long.MAX_VALUE;

    /** Most rows of a batch that an operator makes itself. */
    static final int BATCH_ROWS_MAX = 4096;

    private final String id;
    private final RowType rowType;
    private final List<Operator> inputs;
    private long nanos;
    private long rowsOut;
    private long batchesOut;

    Operator(String id, RowType rowType, Operator... inputs) {
        this.id = id;
        this.rowType = rowType;
        this.inputs = List.of(inputs);
    }

    /** Returns the id of its plan node, under which its state is stored. */
    public final String id() {
        return id;
    }

    public final RowType rowType() {
        return rowType;
    }

    public final List<Operator> inputs() {
        return inputs;
    }

    final Operator input() {
        return inputs.getFirst();
    }

    /** Starts a step, in the inputs first. */
    public void begin(Step step) {
        for (Operator input : inputs) {
            input.begin(step);
        }
    }

    /**
     * Returns the next rows of the step, at least one, or null where the step has no more. A batch is valid until
     * the next call or, where {@link #mayHaveMore} says that no other follows, until the next step begins.
     */
    public final @Nullable RowBatch next() {
        long started = System.nanoTime();
        RowBatch rows = produce();
        nanos += System.nanoTime() - started;
        if (rows != null) {
            rowsOut += rows.selectedCount();
            batchesOut++;
        }
        return rows;
    }

    /** Has a question to another system that is under way fail at once. For any thread, at any time. */
    public void cancel() {}

    /** Goes on counting where another left off, in whose place it is. */
    final void countOn(Operator before) {
        nanos += before.nanos;
        rowsOut += before.rowsOut;
        batchesOut += before.batchesOut;
    }

    /** Does what {@link #next} says. */
    protected abstract @Nullable RowBatch produce();

    /** Counts work towards the time it took, which was not done by {@link #next}. */
    final void worked(long sinceNanos) {
        nanos += System.nanoTime() - sinceNanos;
    }

    /** Returns what it has done since it was created, and what it holds. By the thread that runs the query. */
    OperatorReport report(HeapSize heap) {
        long ofInputs = 0;
        long rowsIn = 0;
        for (Operator input : inputs) {
            ofInputs += input.nanos;
            rowsIn += input.rowsOut;
        }
        return new OperatorReport(
                id,
                rowsIn,
                rowsOut,
                batchesOut,
                Math.max(0, nanos - ofInputs),
                heap.of(this),
                spilledBytes(),
                rowtimeBound(),
                null);
    }

    /**
     * Returns false where {@link #next} is certain to return null, and to leave the last batch as it is. A hint that
     * saves copies: true is always a right answer.
     */
    public boolean mayHaveMore() {
        return true;
    }

    /**
     * Returns whether the next call of {@link #next} leaves the batches as they are that it has given since this was last
     * false. A hint that saves calls: false is always a right answer.
     */
    boolean keepsGiven() {
        return false;
    }

    /**
     * Returns whether state lies on disk, or has to go there: then a step costs much beside what its rows do, and few long
     * ones are better than many short ones. Between steps.
     */
    public boolean needsDisk() {
        return inputs.stream().anyMatch(Operator::needsDisk);
    }

    /** Returns how many bytes of its state lie on disk. */
    long asideBytes() {
        return 0;
    }

    /** Returns how many bytes a row takes that waits for state which lies on disk, 0 where none has. */
    long waitingRowBytes() {
        return 0;
    }

    /**
     * Returns the time that the rows of the next batch belong to, once all input has come: what lies side by side is put
     * out in the order of these. {@link #NO_BOUND} where they belong to none, {@link #CLOSED} where no rows follow.
     */
    long outTime() {
        return NO_BOUND;
    }

    /** Returns the time that the rows given last belong to; see {@link #outTime}. */
    long givenTime() {
        return NO_BOUND;
    }

    /** Returns the time below which no value of this column follows. */
    public abstract long bound(int column);

    /** Returns the time below which no ROWTIME of the rows it is made of follows. */
    public long rowtimeBound() {
        return input().rowtimeBound();
    }

    /** Returns whether a step without rows would put rows out, now that the scans' bounds are what they are. */
    public boolean due() {
        for (Operator input : inputs) {
            if (input.due()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the time of the clock at which a step would put something out that waits for just that, {@link #CLOSED}
     * where nothing does.
     */
    public long nextClockMicros() {
        long next = CLOSED;
        for (Operator input : inputs) {
            next = Math.min(next, input.nextClockMicros());
        }
        return next;
    }

    /** Returns whether something is held back until its time has come. */
    public boolean holding() {
        for (Operator input : inputs) {
            if (input.holding()) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether no further step will put out anything. */
    public boolean complete() {
        return false;
    }

    /** Returns the layout of its state: what is stored is only read back where this is the same. */
    public String stateLayout() {
        return "";
    }

    /** Stores its own state, at the end of a step. */
    public void save(StateWriter out) {}

    /** Takes back what {@link #save} stored, before the first step. */
    public void load(StateReader in) {}

    /** Returns the name of the table of another system whose rows it gives, or null. */
    public @Nullable String asked() {
        return null;
    }

    /** Returns how many bytes of rows it has put aside on disk since it was created. */
    long spilledBytes() {
        return 0;
    }

    /** Gives back what it holds outside of its memory, when its query ends. It is not used after that. */
    void release() {}
}
