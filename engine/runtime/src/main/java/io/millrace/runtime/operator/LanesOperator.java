package io.millrace.runtime.operator;

import io.millrace.runtime.Workers;
import io.millrace.runtime.spill.SpilledRows;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs the same operators once for each lane, so that several threads can share the work of a step. A row goes to the
 * lane of its key, and all that is known of a key is in one lane.
 *
 * <pre>
 *              ┌─ lane 0:  keyed operator ─► others ─┐
 *   input ─────┼─ lane 1:  keyed operator ─► others ─┼──► out, lane after lane
 *              └─ lane 2:  …                         ┘
 * </pre>
 *
 * <p>How many lanes there are never changes with the threads: what is put out, in which order, and what is stored is the
 * same with any number of them. Work goes by rounds. In one, the lanes take in the rows they were given of the batches
 * that are at hand; when all have come, each whose turn it is finds the next batch it puts out: windows come in the order
 * of their times. So nothing is copied, and no lane is ahead of the others by more than a batch.
 *
 * <p>Where rows are to come in the order of their time, those of all lanes are put in it by {@link LaneMerge}.
 *
 * <p>Where state takes more memory than it may, {@link LaneMemory} puts lanes aside on disk. In steps that are planned so,
 * one lane after the other puts out all it has, those that are on disk when it is their turn. In others no lane is: what is
 * on disk when such a step is repeated is taken back first, wherever there may be room for it.
 */
final class LanesOperator extends Operator {

    /** Lanes of an operator; a power of two. It is part of the layout of stored state. */
    static final int LANES = 16;

    private final List<Operator> sources;
    private final LaneTime time;
    private final List<LaneSplitter> splitters;
    private final List<Lane> lanes;
    private final @Nullable LaneMerge merge;
    private final @Nullable SpilledRows[] outAside = new SpilledRows[LANES];
    private final LaneMemory memory;
    private final Workers workers;
    private final LongConsumer splitting;
    private final List<RowBatch> round = new ArrayList<>();
    private final List<Lane> present = new ArrayList<>();
    private final List<Lane> back = new ArrayList<>();
    private boolean laneByLane;
    private int turn;
    private int given;
    private int rowsAtHand;
    private boolean much;
    private boolean manyCame;
    private boolean absorbed = true;
    private @Nullable Step step;

    /**
     * @param top stands for the lanes' last operators
     * @param time what lanes are told of it by what their rows come from
     * @param keys by input, the columns of the key
     * @param timeColumn the one that rows come in the order of, or {@link LanePlan#LANE_BY_LANE}
     * @param splitting is told when work began, just done, that no lane does: rows were parted, lanes moved
     */
    LanesOperator(
            Operator top,
            LaneTime time,
            List<int[]> keys,
            int timeColumn,
            List<Lane> lanes,
            LaneMemory memory,
            Workers workers,
            LongConsumer splitting) {
        super(top.id(), top.rowType(), top);
        this.time = time;
        this.sources = time.inputs().stream().map(InputBounds::input).toList();
        this.splitters =
                keys.stream().map(columns -> new LaneSplitter(LANES, columns)).toList();
        this.lanes = lanes;
        this.merge = timeColumn == LanePlan.LANE_BY_LANE
                ? null
                : new LaneMerge(top.rowType(), timeColumn, LANES, this::nextInOrder);
        this.memory = memory;
        this.workers = workers;
        this.splitting = splitting;
    }

    @Override
    public void begin(Step newStep) {
        sources.forEach(source -> source.begin(newStep));
        time.begin(newStep.plan().clockMicros());
        step = newStep;
        beginLanes(newStep);
        round.clear();
        given = 0;
        rowsAtHand = 0;
        much = false;
        absorbed = false;
        memory.forgetRows();
        Arrays.fill(outAside, null);
    }

    private void beginLanes(Step newStep) {
        long started = System.nanoTime();
        back.forEach(memory::done);
        back.clear();
        laneByLane = newStep.plan().laneByLane();
        turn = 0;
        if (laneByLane) {
            memory.settle();
        } else {
            lanes.stream().filter(Lane::isAside).forEach(lane -> takeBack(lane, newStep));
        }
        splitting.accept(started);
        present.clear();
        for (Lane lane : lanes) {
            if (!lane.isAside()) {
                if (lane.isBehind()) {
                    lane.catchUp(newStep, time.clockBeforeMicros());
                }
                present.add(lane);
            }
        }
        // In the order of time they are the same either way, so those in memory need not take turns.
        laneByLane &= merge == null || present.size() < lanes.size();
        // What a large step left behind is cleared away now, which takes time.
        run(present, lane -> lane.begin(newStep), manyCame);
        manyCame = false;
    }

    private void takeBack(Lane lane, Step running) {
        lane.takeBack();
        lane.catchUp(running, time.clockBeforeMicros());
        back.add(lane);
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!absorbed) {
            for (int i = 0; i < sources.size(); i++) {
                absorb(i);
            }
            time.settle();
            absorbed = true;
            if (laneByLane || merge != null) {
                run(present, Lane::advance, much);
            }
            beginMerge();
        }
        if (merge != null) {
            return merge.next();
        }
        if (laneByLane) {
            return nextByLane();
        }
        while (given == round.size()) {
            if (!nextRound()) {
                return null;
            }
        }
        return round.get(given++);
    }

    private void absorb(int index) {
        Operator source = sources.get(index);
        for (RowBatch batch = source.next(); batch != null; batch = source.next()) {
            give(index, batch);
            if (!source.keepsGiven()) {
                absorbGiven();
            }
        }
        absorbGiven();
    }

    private void give(int index, RowBatch batch) {
        long started = System.nanoTime();
        @Nullable RowBatch[] parts = splitters.get(index).split(batch);
        for (int i = 0; i < parts.length; i++) {
            RowBatch part = parts[i];
            if (part != null) {
                give(lanes.get(i), index, part);
            }
        }
        rowsAtHand += batch.selectedCount();
        memory.came(batch.selectedCount());
        splitting.accept(started);
    }

    private static void give(Lane lane, int index, RowBatch part) {
        if (lane.isAside()) {
            lane.keep(index, part);
        } else {
            lane.give(index, part);
        }
    }

    private void absorbGiven() {
        if (rowsAtHand > 0) {
            boolean worthSharing = workers.worthSharing(rowsAtHand);
            much |= worthSharing;
            manyCame |= worthSharing;
            rowsAtHand = 0;
            run(present, Lane::absorb, worthSharing);
        }
    }

    private boolean nextRound() {
        long next = present.stream().mapToLong(Lane::outTime).min().orElse(CLOSED);
        List<Lane> open = present.stream()
                .filter(lane -> !lane.ended() && lane.outTime() == next)
                .toList();
        if (open.isEmpty()) {
            return false;
        }
        run(open, Lane::advance, much);
        round.clear();
        given = 0;
        int rows = 0;
        for (Lane lane : open) {
            RowBatch out = lane.takeOut(next);
            if (out != null) {
                round.add(out);
                rows += out.selectedCount();
            }
        }
        much = workers.worthSharing(rows);
        return true;
    }

    /** Where lanes come one after the other, all that they put out has to be there before the first row is known. */
    private void beginMerge() {
        if (merge == null) {
            return;
        }
        if (laneByLane) {
            for (RowBatch out = nextByLane(); out != null; out = nextByLane()) {
                putAside(out);
            }
            Arrays.stream(outAside).filter(Objects::nonNull).forEach(SpilledRows::finish);
        }
        merge.begin();
    }

    private void putAside(RowBatch out) {
        SpilledRows file = outAside[turn];
        if (file == null) {
            file = memory.rowsAside(rowType());
            outAside[turn] = file;
        }
        for (int i = 0; i < out.selectedCount(); i++) {
            file.add(out, out.selectedRow(i));
        }
    }

    private @Nullable RowBatch nextInOrder(int lane) {
        if (laneByLane) {
            SpilledRows file = outAside[lane];
            return file == null ? null : file.next();
        }
        List<Lane> one = List.of(lanes.get(lane));
        run(one, Lane::advance, false);
        return one.getFirst().takeOut(CLOSED);
    }

    /** Returns the next that the lane puts out whose turn it is; the next lane's where there is no more. */
    private @Nullable RowBatch nextByLane() {
        while (turn < lanes.size()) {
            RowBatch out = nextOf(lanes.get(turn));
            if (out != null) {
                return out;
            }
            turn++;
        }
        return null;
    }

    private @Nullable RowBatch nextOf(Lane lane) {
        if (lane.isAside()) {
            if (!lane.hasKept() && !lane.isDue(running().plan().clockMicros())) {
                return null;
            }
            goOn(lane);
        }
        run(List.of(lane), Lane::advance, false);
        RowBatch out = lane.takeOut(CLOSED);
        if (out == null) {
            leave();
        }
        return out;
    }

    /** Takes a lane back and has it take in what it was given in this step. */
    private void goOn(Lane lane) {
        long started = System.nanoTime();
        memory.kept(lane);
        takeBack(lane, running());
        splitting.accept(started);
        lane.begin(running());
        lane.giveKept();
        run(List.of(lane), Lane::absorb, false);
        lane.forgetKept();
    }

    private void leave() {
        if (!back.isEmpty()) {
            long started = System.nanoTime();
            back.forEach(memory::done);
            back.clear();
            splitting.accept(started);
        }
    }

    private void run(List<Lane> some, Consumer<Lane> work, boolean shared) {
        if (shared) {
            workers.run(some.size(), i -> work.accept(some.get(i)));
        } else {
            some.forEach(work);
        }
        finish(some);
    }

    /** All lanes tell what came of it, whichever failed: the first failure is thrown. */
    private void finish(List<Lane> some) {
        Step running = running();
        Throwable first = null;
        for (Lane lane : some) {
            try {
                lane.finish(running);
            } catch (RuntimeException | Error e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        switch (first) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(first);
        }
    }

    private Step running() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    @Override
    public boolean needsDisk() {
        boolean below = sources.stream().map(Operator::needsDisk).reduce(false, Boolean::logicalOr);
        return memory.needsDisk() || below;
    }

    @Override
    boolean keepsGiven() {
        return merge == null && !laneByLane && given < round.size();
    }

    @Override
    public boolean mayHaveMore() {
        if (absorbed && merge != null) {
            return merge.hasMore();
        }
        return !absorbed
                || (laneByLane ? turn < lanes.size() : given < round.size())
                || present.stream().anyMatch(Lane::mayHaveMore);
    }

    @Override
    public long bound(int column) {
        return least(operator -> operator.bound(column));
    }

    @Override
    public long rowtimeBound() {
        return least(Operator::rowtimeBound);
    }

    private long least(ToLongFunction<Operator> bound) {
        time.forget();
        return lanes.stream()
                .mapToLong(lane -> bound.applyAsLong(lane.last()))
                .min()
                .orElse(NO_BOUND);
    }

    @Override
    public boolean due() {
        time.forget();
        return sources.stream().anyMatch(Operator::due)
                || lanes.stream().anyMatch(lane -> lane.last().due());
    }

    @Override
    public long nextClockMicros() {
        time.forget();
        long next = sources.stream().mapToLong(Operator::nextClockMicros).min().orElse(CLOSED);
        return Math.min(next, least(Operator::nextClockMicros));
    }

    @Override
    public boolean holding() {
        time.forget();
        return sources.stream().anyMatch(Operator::holding)
                || lanes.stream().anyMatch(lane -> lane.last().holding());
    }

    @Override
    public boolean complete() {
        return lanes.stream().allMatch(lane -> lane.last().complete());
    }
}
