package io.millrace.runtime.aggregate;

import io.millrace.runtime.expression.BoundAggregate;
import io.millrace.runtime.expression.FailedAggregate;
import io.millrace.runtime.expression.UserAggregation;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A user's aggregate function: an object of its own per group, none where no row was added.
 *
 * <pre>
 *   stored per group   0 │ 1, accumulator │ 2, code, reason
 * </pre>
 */
final class UserAccumulator extends Accumulator implements GroupMerging {

    private static final int NONE = 0;
    private static final int ACCUMULATOR = 1;
    private static final int FAILED = 2;

    private final UserAggregation aggregation;
    private final BoundAggregate function;
    private final DataType type;
    private @Nullable Object[] accumulators = {};

    UserAccumulator(UserAggregation aggregation, DataType type) {
        this.aggregation = aggregation;
        this.function = aggregation.function();
        this.type = type;
    }

    @Override
    void grow(int groups) {
        if (groups > accumulators.length) {
            accumulators = Arrays.copyOf(accumulators, groups);
        }
    }

    @Override
    void clear(int group) {
        accumulators[group] = null;
    }

    @Override
    void add(GroupedRows rows) {
        aggregation.add(rows.batch(), rows.rows(), rows.groups(), rows.count(), accumulators);
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            if (groups[i] >= 0) {
                mergeGroup(other, i, groups[i]);
            }
        }
    }

    @Override
    public void mergeGroup(Accumulator other, int from, int to) {
        Object more = ((UserAccumulator) other).accumulators[from];
        if (more != null) {
            accumulators[to] = function.merged(accumulators[to], more);
        }
    }

    @Override
    void result(int group, Column out, int row) {
        function.write(accumulators[group], type, out, row);
    }

    @Override
    void save(int groups, StateWriter out) {
        for (int group = 0; group < groups; group++) {
            switch (accumulators[group]) {
                case null -> out.writeByte(NONE);
                case FailedAggregate failed -> {
                    out.writeByte(FAILED);
                    out.writeText(failed.code().name());
                    out.writeText(failed.reason());
                }
                case Object accumulator -> {
                    out.writeByte(ACCUMULATOR);
                    out.writeBytes(function.save(accumulator));
                }
            }
        }
    }

    @Override
    void load(int groups, StateReader in) {
        for (int group = 0; group < groups; group++) {
            accumulators[group] = switch (in.readByte()) {
                case ACCUMULATOR -> function.load(in.readBytes());
                case FAILED -> new FailedAggregate(ErrorCode.valueOf(in.readText()), in.readText());
                default -> null;
            };
        }
    }
}
