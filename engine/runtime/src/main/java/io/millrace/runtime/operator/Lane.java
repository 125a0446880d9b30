package io.millrace.runtime.operator;

import io.millrace.runtime.spill.SpilledState;
import io.millrace.runtime.spill.WorkspaceShare;
import io.millrace.runtime.state.RowCopy;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One of the lanes of a {@link LanesOperator}: the operators that rows of its keys run through, and how far it is in a
 * step. For one thread at a time, which is not always the same.
 *
 * <p>A lane may be put aside: its state then lies on disk, its operators are as new, and rows it is given are kept until
 * it is taken back.
 */
final class Lane {

    private final Supplier<Operators> anew;
    private final List<RowBatch> kept = new ArrayList<>();
    private final @Nullable SpilledState[] aside;
    private Operators operators;
    private @Nullable Step part;
    private @Nullable RowBatch out;
    private boolean waiting;
    private @Nullable Throwable failure;
    private boolean ended = true;
    private boolean behind;

    /**
     * The operators of a lane.
     *
     * @param inputs what they get of the inputs
     * @param inOrder those of the plan nodes; the first takes in what the inputs give, the last gives what the lane puts out
     */
    record Operators(List<LaneInput> inputs, List<Operator> inOrder) {

        KeyedOperator first() {
            return (KeyedOperator) inOrder.getFirst();
        }

        Operator last() {
            return inOrder.getLast();
        }
    }

    /** @param anew makes the operators, without state */
    Lane(Supplier<Operators> anew) {
        this.anew = anew;
        this.operators = anew.get();
        this.aside = new SpilledState[operators.inOrder().size()];
        operators.inputs().forEach(input -> kept.add(RowBatch.create(input.rowType(), 0)));
    }

    Operator last() {
        return operators.last();
    }

    /** Returns the operator of the plan node at this place. */
    Operator operator(int node) {
        return operators.inOrder().get(node);
    }

    /** Begins a step. What goes wrong is kept for {@link #finish}. */
    void begin(Step step) {
        Step ofLane = step.part();
        part = ofLane;
        ended = false;
        out = null;
        waiting = false;
        attempt(() -> last().begin(ofLane));
    }

    void give(int input, RowBatch rows) {
        operators.inputs().get(input).give(rows);
    }

    /** Takes in what it was given. What goes wrong is kept for {@link #finish}. */
    void absorb() {
        attempt(operators.first()::takeIn);
    }

    /** Finds what it puts out next, unless that waits already. What goes wrong is kept for {@link #finish}. */
    void advance() {
        if (waiting || ended) {
            return;
        }
        attempt(() -> {
            out = last().next();
            waiting = out != null;
            ended = out == null;
        });
    }

    private void attempt(Runnable work) {
        if (failure != null) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Returns whether it has put out all of this step. */
    boolean ended() {
        return ended;
    }

    /** Returns whether it may still put out something in this step. */
    boolean mayHaveMore() {
        return waiting || (!ended && last().mayHaveMore());
    }

    /** Returns the time of what it puts out next. */
    long outTime() {
        if (ended) {
            return Operator.CLOSED;
        }
        return waiting ? last().givenTime() : last().outTime();
    }

    /** Returns what {@link #advance} found, where that is of a time up to this; null for nothing. What is later waits. */
    @Nullable
    RowBatch takeOut(long time) {
        if (!waiting || last().givenTime() > time) {
            return null;
        }
        waiting = false;
        return out;
    }

    /** Tells the step what came of the work, and throws what it failed with. By the thread that runs the query. */
    void finish(Step step) {
        if (part != null) {
            step.gather(part);
        }
        Throwable failed = failure;
        failure = null;
        switch (failed) {
            case null -> {}
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(failed);
        }
    }

    /** Returns how many bytes of memory it holds, counted by what has counted nothing else. */
    long heldBytes(HeapSize heap) {
        return operators.inOrder().stream().mapToLong(heap::of).sum();
    }

    /** Returns whether its state, or that of some of its operators, is on disk. */
    boolean isAside() {
        for (SpilledState state : aside) {
            if (state != null) {
                return true;
            }
        }
        return false;
    }

    /** Returns how many bytes of the state of the plan node at this place are on disk. */
    long asideBytes(int node) {
        SpilledState state = aside[node];
        return state == null ? 0 : state.length();
    }

    /** Puts its state aside. Between steps, or when it has put out all of one. */
    void putAside(WorkspaceShare share) {
        for (int node = 0; node < aside.length; node++) {
            if (aside[node] == null && !operator(node).stateLayout().isEmpty()) {
                aside[node] = SpilledState.write(share, operator(node)::save);
            }
        }
        Operators before = operators;
        operators = anew.get();
        for (int node = 0; node < aside.length; node++) {
            Operator old = before.inOrder().get(node);
            operator(node).countOn(old);
            if (operator(node) instanceof KeyedOperator standIn) {
                standIn.standInFor((KeyedOperator) old);
            }
        }
        for (int input = 0; input < kept.size(); input++) {
            operators.inputs().get(input).countOn(before.inputs().get(input));
        }
        ended = true;
    }

    /** Returns whether it would put something out without rows, in a step of this time. */
    boolean isDue(long clockMicros) {
        return last().due()
                || operators.inOrder().stream()
                        .anyMatch(operator ->
                                operator instanceof KeyedOperator keyed && keyed.dueMicros() <= clockMicros);
    }

    /** Returns whether it was read back from a checkpoint, which may have copied it from disk as it was long before. */
    boolean isBehind() {
        return behind;
    }

    /**
     * Makes its state what it would be if it had been in memory in the steps before this one: they gave it no rows, but
     * time has passed.
     *
     * @param clockMicros the clock of the last of them
     */
    void catchUp(Step step, long clockMicros) {
        behind = false;
        operators.inputs().forEach(input -> input.before(true));
        begin(step.at(clockMicros));
        attempt(() -> {
            if (last().next() != null) {
                throw new IllegalStateException("state put aside should have been put out before");
            }
        });
        operators.inputs().forEach(input -> input.before(false));
        finish(step);
    }

    /** Takes its state back. */
    void takeBack() {
        for (int node = 0; node < aside.length; node++) {
            SpilledState state = aside[node];
            if (state != null) {
                state.read(operator(node)::load);
                state.close();
                aside[node] = null;
            }
        }
    }

    /** Keeps rows until it is taken back. */
    void keep(int input, RowBatch rows) {
        KeptOrigins.note(rows, kept.get(input));
        RowCopy.append(kept.get(input), rows);
    }

    /** Returns whether it has kept rows. */
    boolean hasKept() {
        return keptRows() > 0;
    }

    /** Returns how many rows it has kept. */
    int keptRows() {
        return kept.stream().mapToInt(RowBatch::size).sum();
    }

    /** Returns how many bytes of memory the rows take that it has kept. */
    long keptBytes() {
        return HeapSize.ofState(kept).bytes();
    }

    /** Gives itself what it has kept, to be taken in before {@link #forgetKept}. */
    void giveKept() {
        for (int input = 0; input < kept.size(); input++) {
            if (kept.get(input).size() > 0) {
                give(input, kept.get(input));
            }
        }
    }

    /** Lets go of what it has kept, and of the memory for it. */
    void forgetKept() {
        kept.replaceAll(rows -> rows.size() > 0 ? RowBatch.create(rows.type(), 0) : rows);
    }

    /** Stores the state of the plan node at this place. */
    void save(int node, StateWriter target) {
        SpilledState state = aside[node];
        if (state == null) {
            operator(node).save(target);
        } else {
            state.copyTo(target);
        }
    }

    /** Takes back what {@link #save} stored, before the first step. */
    void load(int node, StateReader in) {
        SpilledState asNew = aside[node];
        if (asNew != null) {
            // Put aside with another node's, before this one's came.
            asNew.close();
            aside[node] = null;
        }
        operator(node).load(in);
        behind = true;
    }

    void release() {
        operators.inOrder().forEach(Operator::release);
        for (SpilledState state : aside) {
            if (state != null) {
                state.close();
            }
        }
    }
}
