package io.millrace.runtime.operator;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.RowBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan node that is in lanes: what its operators have done and hold, taken together. Rows run through the operators of
 * the lanes and not through this.
 */
final class LanedNode extends Operator {

    private final List<Lane> lanes;
    private final int place;
    private final LanePlan plan;
    private final LaneMemory memory;
    private final LaneTime time;
    private long splittingNanos;

    /**
     * @param inputs those of its plan node
     * @param place which of the operators of each lane are this node's
     * @param plan what rows go to lanes by: another key is another layout of state
     * @param time what the lanes are told of it
     */
    LanedNode(List<Operator> inputs, List<Lane> lanes, int place, LanePlan plan, LaneMemory memory, LaneTime time) {
        super(
                lanes.getFirst().operator(place).id(),
                lanes.getFirst().operator(place).rowType(),
                inputs.toArray(Operator[]::new));
        this.lanes = lanes;
        this.place = place;
        this.plan = plan;
        this.memory = memory;
        this.time = time;
    }

    @Override
    protected @Nullable RowBatch produce() {
        throw new IllegalStateException(id() + " is in lanes");
    }

    /** Counts the time it took to part rows. */
    void split(long sinceNanos) {
        splittingNanos += System.nanoTime() - sinceNanos;
    }

    @Override
    OperatorReport report(HeapSize heap) {
        long rowsIn = 0;
        long rowsOut = 0;
        long batchesOut = 0;
        long nanos = splittingNanos;
        long heldBytes = 0;
        for (Lane lane : lanes) {
            OperatorReport ofLane = lane.operator(place).report(heap);
            rowsIn += ofLane.rowsIn();
            rowsOut += ofLane.rowsOut();
            batchesOut += ofLane.batchesOut();
            nanos += ofLane.nanos();
            heldBytes += ofLane.heldBytes();
        }
        return new OperatorReport(
                id(), rowsIn, rowsOut, batchesOut, nanos, heldBytes, spilledBytes(), rowtimeBound(), lanes());
    }

    LaneReport lanes() {
        return new LaneReport(
                plan.nodes().getFirst().id(),
                plan.keyNames(),
                lanes.size(),
                (int) lanes.stream().filter(Lane::isAside).count(),
                asideBytes());
    }

    @Override
    long asideBytes() {
        return lanes.stream().mapToLong(lane -> lane.asideBytes(place)).sum();
    }

    @Override
    long waitingRowBytes() {
        return place == 0 ? memory.waitingRowBytes() : 0;
    }

    @Override
    long spilledBytes() {
        return place == 0 ? memory.spilledBytes() : 0;
    }

    @Override
    public long bound(int column) {
        return lanes.stream()
                .mapToLong(lane -> lane.operator(place).bound(column))
                .min()
                .orElse(NO_BOUND);
    }

    @Override
    public long rowtimeBound() {
        return lanes.stream()
                .mapToLong(lane -> lane.operator(place).rowtimeBound())
                .min()
                .orElse(NO_BOUND);
    }

    @Override
    public String stateLayout() {
        String layout = lanes.getFirst().operator(place).stateLayout();
        if (layout.isEmpty()) {
            return "";
        }
        return layout + " in " + lanes.size() + " lanes by " + plan.keys() + (place == 0 ? time.layout() : "");
    }

    @Override
    public void save(StateWriter out) {
        if (place == 0) {
            time.save(out);
        }
        lanes.forEach(lane -> lane.save(place, out));
    }

    @Override
    public void load(StateReader in) {
        if (place == 0) {
            time.load(in);
        }
        for (Lane lane : lanes) {
            lane.load(place, in);
            memory.loaded(lane);
        }
    }

    @Override
    void release() {
        if (place == 0) {
            try {
                lanes.forEach(Lane::release);
            } finally {
                memory.close();
            }
        }
    }
}
