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

    private final List<Operator> operators;
    private final String key;
    private long splittingNanos;

    /**
     * @param inputs that of its plan node
     * @param operators by lane
     * @param key what rows go to lanes by: another one is another layout of state
     */
    LanedNode(List<Operator> inputs, List<Operator> operators, String key) {
        super(operators.getFirst().id(), operators.getFirst().rowType(), inputs.toArray(Operator[]::new));
        this.operators = operators;
        this.key = key;
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
        OperatorReport own = super.report(heap);
        long rowsIn = 0;
        long rowsOut = 0;
        long batchesOut = 0;
        long nanos = splittingNanos;
        long heldBytes = own.heldBytes();
        long spilledBytes = 0;
        for (Operator operator : operators) {
            OperatorReport lane = operator.report(heap);
            rowsIn += lane.rowsIn();
            rowsOut += lane.rowsOut();
            batchesOut += lane.batchesOut();
            nanos += lane.nanos();
            heldBytes += lane.heldBytes();
            spilledBytes += lane.spilledBytes();
        }
        return new OperatorReport(
                id(), rowsIn, rowsOut, batchesOut, nanos, heldBytes, spilledBytes, own.rowtimeBound());
    }

    @Override
    public long bound(int column) {
        return operators.stream()
                .mapToLong(operator -> operator.bound(column))
                .min()
                .orElse(NO_BOUND);
    }

    @Override
    public long rowtimeBound() {
        return operators.stream().mapToLong(Operator::rowtimeBound).min().orElse(NO_BOUND);
    }

    @Override
    public String stateLayout() {
        String layout = operators.getFirst().stateLayout();
        return layout.isEmpty() ? "" : layout + " in " + operators.size() + " lanes by " + key;
    }

    @Override
    public void save(StateWriter out) {
        operators.forEach(operator -> operator.save(out));
    }

    @Override
    public void load(StateReader in) {
        operators.forEach(operator -> operator.load(in));
    }

    @Override
    void release() {
        operators.forEach(Operator::release);
    }
}
