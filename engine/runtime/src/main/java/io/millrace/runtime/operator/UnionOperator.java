package io.millrace.runtime.operator;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** All rows of all inputs, one input after the other in each step. */
final class UnionOperator extends Operator {

    private int reading;

    UnionOperator(String id, RowType rowType, List<Operator> inputs) {
        super(id, rowType, inputs.toArray(Operator[]::new));
    }

    @Override
    public void begin(Step step) {
        super.begin(step);
        reading = 0;
    }

    @Override
    protected @Nullable RowBatch produce() {
        while (reading < inputs().size()) {
            RowBatch batch = inputs().get(reading).next();
            if (batch != null) {
                return batch;
            }
            reading++;
        }
        return null;
    }

    @Override
    public boolean mayHaveMore() {
        return inputs().stream().skip(reading).anyMatch(Operator::mayHaveMore);
    }

    @Override
    public long bound(int column) {
        return least(input -> input.bound(column));
    }

    @Override
    public long rowtimeBound() {
        return least(Operator::rowtimeBound);
    }

    private long least(ToLongFunction<Operator> bound) {
        return inputs().stream().mapToLong(bound).min().orElse(CLOSED);
    }

    @Override
    public boolean complete() {
        return inputs().stream().allMatch(Operator::complete);
    }
}
