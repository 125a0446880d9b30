package io.millrace.runtime.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.runtime.expression.InterpretedExpressions;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sums of far numbers without keys, through batches of every kind, are those of numbers without bounds. */
class ExactSumTest {

    private static final DataType SUM = new DataType.DecimalType(38, 0);
    private static final RowType INPUT =
            RowType.of(Field.nullable("amount", DataType.BIGINT), Field.nullable("wanted", DataType.BOOLEAN));
    private static final List<AggregateCall> CALLS = List.of(
            call(AggregateFunction.SUM, AggregateCall.NO_FILTER),
            call(AggregateFunction.SUM, 1),
            call(AggregateFunction.COUNT, AggregateCall.NO_FILTER),
            call(AggregateFunction.COUNT, 1));
    private static final long[] FAR = {
        Long.MIN_VALUE, Long.MAX_VALUE, -1, 0, 1, 1L << 32, -(1L << 32), (1L << 32) - 1, Long.MIN_VALUE + 1
    };

    private static AggregateCall call(AggregateFunction function, int filter) {
        DataType type = function == AggregateFunction.SUM ? SUM : DataType.BIGINT;
        return new AggregateCall(function, List.of(0), false, filter, type, true);
    }

    /** What the calls are to answer, computed one row after the other. */
    private static final class Model {
        private final BigInteger[] sums = {BigInteger.ZERO, BigInteger.ZERO};
        private final long[] counts = new long[2];

        void add(List<@Nullable Object> row, int weight) {
            if (row.getFirst() instanceof Long amount) {
                add(0, amount, weight);
                if (Boolean.TRUE.equals(row.get(1))) {
                    add(1, amount, weight);
                }
            }
        }

        private void add(int call, long amount, int weight) {
            sums[call] = sums[call].add(BigInteger.valueOf(amount).multiply(BigInteger.valueOf(weight)));
            counts[call] += weight;
        }

        List<@Nullable Object> answer() {
            List<@Nullable Object> answer = new ArrayList<>();
            for (int call = 0; call < 2; call++) {
                answer.add(counts[call] == 0 ? null : new BigDecimal(sums[call]));
            }
            answer.add(counts[0]);
            answer.add(counts[1]);
            return answer;
        }
    }

    @Test
    void sumsAreThoseOfNumbersWithoutBounds() {
        for (long seed = 1; seed <= 200; seed++) {
            run(new Random(seed), seed);
        }
    }

    private static void run(Random random, long seed) {
        boolean updating = seed % 3 == 0;
        GroupState state = state(updating);
        Model model = new Model();
        int nulls = seed % 2 == 0 ? 0 : 3;
        List<List<@Nullable Object>> there = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            boolean goes = updating && round % 4 == 3;
            List<List<@Nullable Object>> rows = goes ? List.copyOf(there) : rows(random, nulls);
            RowBatch batch = RowBatch.create(INPUT, rows.size());
            rows.forEach(row -> JavaValues.append(batch, row));
            if (goes) {
                // All that came goes, and comes again: sums over nothing in between.
                int[] weights = new int[rows.size()];
                Arrays.fill(weights, -1);
                batch.weights(weights);
                there.clear();
            }
            int[] chosen = IntStream.range(0, rows.size())
                    .filter(row -> goes || seed % 5 != 0 || random.nextBoolean())
                    .toArray();
            if (chosen.length < rows.size()) {
                batch.select(chosen, chosen.length);
            }
            for (int row : chosen) {
                model.add(rows.get(row), goes ? -1 : 1);
                if (!goes) {
                    there.add(rows.get(row));
                }
            }
            add(state, batch);
            if (random.nextInt(4) == 0) {
                state = restarted(state, updating);
            }
            assertThat(answer(state)).as("seed %s, round %s", seed, round).isEqualTo(model.answer());
        }
    }

    private static GroupState state(boolean updating) {
        return new GroupState(INPUT, List.of(), CALLS, updating, new InterpretedExpressions());
    }

    private static List<List<@Nullable Object>> rows(Random random, int nulls) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(40); i >= 0; i--) {
            Long amount = random.nextBoolean() ? (Long) FAR[random.nextInt(FAR.length)] : (Long) random.nextLong();
            rows.add(Arrays.asList(
                    random.nextInt(10) < nulls ? null : amount,
                    random.nextInt(10) < nulls ? null : (Boolean) random.nextBoolean()));
        }
        return rows;
    }

    /** Does what an aggregate without keys does. */
    private static void add(GroupState state, RowBatch batch) {
        state.ensureSingleGroup();
        GroupedRows rows = new GroupedRows();
        rows.of(batch, 0);
        state.find(rows);
        rows.only(0);
        state.add(rows);
    }

    private static GroupState restarted(GroupState state, boolean updating) {
        StateWriter out = new StateWriter();
        state.save(out);
        GroupState copy = state(updating);
        copy.load(new StateReader(out.toByteArray()));
        return copy;
    }

    private static List<@Nullable Object> answer(GroupState state) {
        RowBatch out = RowBatch.create(
                new RowType(CALLS.stream()
                        .map(call -> Field.nullable("r", call.type()))
                        .toList()),
                1);
        state.write(0, out, 0, 0);
        out.size(1);
        return JavaValues.row(out, 0);
    }
}
