package io.millrace.runtime.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.UserAggregate;
import io.millrace.plan.expression.UserFunction;
import io.millrace.runtime.UserTotal;
import io.millrace.runtime.code.JaninoClassCompiler;
import io.millrace.runtime.expression.CompiledExpressions;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.expression.InterpretedExpressions;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.function.AggregateFunction;
import io.millrace.spi.function.Digits;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Users' aggregate functions give the same compiled and interpreted: values, NULLs, weights and errors. */
class UserAccumulatorTest {

    private static final DataType MONEY = new DataType.DecimalType(12, 2);
    private static final RowType INPUT = RowType.of(
            Field.nullable("key", DataType.INTEGER),
            Field.nullable("text", DataType.VARCHAR),
            Field.nullable("amount", DataType.BIGINT),
            Field.nullable("real", DataType.DOUBLE),
            Field.nullable("exact", MONEY),
            Field.nullable("truth", DataType.BOOLEAN));

    /** Of primitives, into an array. */
    public static final class Mean implements AggregateFunction<double[]> {
        @Override
        public double[] create() {
            return new double[2];
        }

        public void add(double[] sums, double real, boolean truth) {
            if (real > 90) {
                throw new IllegalArgumentException("too much: " + (int) real);
            }
            sums[0] += truth ? Math.floor(real) : 0;
            sums[1]++;
        }

        public void retract(double[] sums, double real, boolean truth) {
            sums[0] -= truth ? Math.floor(real) : 0;
            sums[1]--;
        }

        public double result(double[] sums) {
            return sums[1] == 0 ? -1 : sums[0] / sums[1];
        }

        @Override
        public void merge(double[] sums, double[] other) {
            sums[0] += other[0];
            sums[1] += other[1];
        }

        @Override
        public void save(double[] sums, DataOutput out) throws IOException {
            out.writeDouble(sums[0]);
            out.writeDouble(sums[1]);
        }

        @Override
        public double[] load(DataInput in) throws IOException {
            return new double[] {in.readDouble(), in.readDouble()};
        }
    }

    /** Of objects and what may be NULL; what it saves is more than it loads where it has seen 13. */
    public static final class Widest implements AggregateFunction<Widest.Range> {
        public static final class Range {
            @Nullable
            BigDecimal least;

            @Nullable
            BigDecimal greatest;

            boolean thirteen;
        }

        @Override
        public Range create() {
            return new Range();
        }

        public void add(
                Range range, @Nullable @Digits(precision = 12, scale = 2) BigDecimal exact, @Nullable Long amount) {
            BigDecimal value = exact == null ? BigDecimal.ZERO : exact;
            range.thirteen |= amount != null && amount == 13;
            range.least = range.least == null ? value : value.min(range.least);
            range.greatest = range.greatest == null ? value : value.max(range.greatest);
        }

        public @Nullable @Digits(precision = 14, scale = 1) BigDecimal result(Range range) {
            BigDecimal least = range.least;
            return range.greatest == null || least == null ? null : range.greatest.subtract(least);
        }

        @Override
        public void merge(Range range, Range other) {
            if (other.least != null && other.greatest != null) {
                add(range, other.least, null);
                add(range, other.greatest, other.thirteen ? 13L : 0L);
            }
        }

        @Override
        public void save(Range range, DataOutput out) throws IOException {
            out.writeUTF(String.valueOf(range.least));
            out.writeUTF(String.valueOf(range.greatest));
            if (range.thirteen) {
                out.writeByte(13);
            }
        }

        @Override
        public Range load(DataInput in) throws IOException {
            Range range = new Range();
            range.least = new BigDecimal(in.readUTF());
            range.greatest = new BigDecimal(in.readUTF());
            return range;
        }
    }

    /** Has no accumulators. */
    @SuppressWarnings("NullAway") // as users may write it
    public static final class Nothing implements AggregateFunction<long[]> {
        @Override
        public long[] create() {
            return null;
        }

        public void add(long[] accumulator, long amount) {
            throw new AssertionError("there is nothing to add to");
        }

        public long result(long[] accumulator) {
            return 7;
        }

        @Override
        public void merge(long[] accumulator, long[] other) {}

        @Override
        public void save(long[] accumulator, DataOutput out) {}

        @Override
        public long[] load(DataInput in) {
            return null;
        }
    }

    private static AggregateCall call(Class<?> function, boolean retracts, DataType type, Integer... arguments) {
        UserFunction named = new UserFunction(function.getSimpleName(), function.getName(), "", true);
        return new AggregateCall(
                new UserAggregate(named, retracts), List.of(arguments), false, AggregateCall.NO_FILTER, type, true);
    }

    private static final List<AggregateCall> RETRACTING = List.of(
            UserTotal.call(1, 2, false, AggregateCall.NO_FILTER),
            UserTotal.call(1, 2, true, 5),
            call(Mean.class, true, DataType.DOUBLE, 3, 5));
    private static final AggregateCall WIDEST = call(Widest.class, false, new DataType.DecimalType(14, 1), 4, 2);

    private static ExpressionEngine compiled() {
        return new CompiledExpressions(new JaninoClassCompiler(), UserTotal.CLASSES);
    }

    private static ExpressionEngine interpreted() {
        return new InterpretedExpressions(UserTotal.CLASSES);
    }

    private static List<@Nullable Object> row(Random random, int nullPercent, int realMax) {
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                random.nextInt(4),
                "abc".substring(random.nextInt(3)),
                (long) random.nextInt(12),
                (double) random.nextInt(realMax),
                BigDecimal.valueOf(random.nextInt(1000), 2),
                random.nextBoolean()));
        row.replaceAll(value -> random.nextInt(100) < nullPercent ? null : value);
        return row;
    }

    private static RowBatch batch(List<List<@Nullable Object>> rows) {
        RowBatch batch = RowBatch.create(INPUT, rows.size());
        rows.forEach(row -> JavaValues.append(batch, row));
        return batch;
    }

    private static void add(GroupState state, RowBatch batch) {
        GroupedRows grouped = new GroupedRows();
        grouped.of(batch, 0);
        state.find(grouped);
        state.add(grouped);
    }

    private static List<String> results(GroupState state, List<AggregateCall> calls) {
        List<String> results = new ArrayList<>();
        RowType type = new RowType(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(INPUT.field(0)),
                        calls.stream().map(call -> Field.nullable("r", call.type())))
                .toList());
        for (int group = 0; group < state.table().size(); group++) {
            RowBatch out = RowBatch.create(type, 1);
            try {
                state.write(group, out, 0, 1);
                out.size(1);
                results.add(JavaValues.row(out, 0).toString());
            } catch (MillraceException e) {
                results.add(group + ": " + e.describe());
            }
        }
        return results;
    }

    @Test
    void compiledAndInterpretedLoopsAgreeAndStateComesBackAsItWas() {
        int failed = 0;
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            GroupState one = new GroupState(INPUT, List.of(0), RETRACTING, true, compiled());
            GroupState other = new GroupState(INPUT, List.of(0), RETRACTING, true, interpreted());
            for (int round = 0; round < 5; round++) {
                List<List<@Nullable Object>> rows = new ArrayList<>();
                for (int i = random.nextInt(40); i > 0; i--) {
                    rows.add(row(random, seed % 3 * 10, seed % 5 == 0 ? 95 : 50));
                }
                RowBatch batch = batch(rows);
                if (seed % 2 == 0) {
                    int[] weights =
                            rows.stream().mapToInt(row -> random.nextInt(5) - 1).toArray();
                    batch.weights(weights);
                }
                add(one, batch);
                add(other, batch);
                StateWriter saved = new StateWriter();
                one.save(saved);
                one = new GroupState(INPUT, List.of(0), RETRACTING, true, compiled());
                one.load(new StateReader(saved.toByteArray()));
                List<String> expected = results(other, RETRACTING);
                assertThat(results(one, RETRACTING)).as("seed " + seed).isEqualTo(expected);
                failed += expected.stream().anyMatch(line -> line.contains("too much")) ? 1 : 0;
            }
        }
        assertThat(failed).as("runs with a group whose function failed").isPositive();
    }

    @Test
    void rowsThatGoLeaveNoTrace() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                rows.add(row(random, 10, 50));
            }
            GroupState all = new GroupState(INPUT, List.of(0), RETRACTING, true, compiled());
            GroupState some = new GroupState(INPUT, List.of(0), RETRACTING, true, compiled());
            add(some, batch(rows.subList(0, 30)));
            add(all, batch(rows.subList(0, 30)));
            RowBatch later = batch(rows.subList(30, 60));
            add(all, later);
            int[] gone = new int[30];
            Arrays.fill(gone, -1);
            later.weights(gone);
            add(all, later);
            assertThat(results(all, RETRACTING).subList(0, some.table().size())).isEqualTo(results(some, RETRACTING));
        }
    }

    @Test
    void partsOfAGroupAddUpAndStayAsTheyAre() {
        List<AggregateCall> calls = List.of(RETRACTING.get(0), RETRACTING.get(1), WIDEST);
        Random random = new Random(7);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(row(random, 10, 50));
        }
        GroupState whole = new GroupState(INPUT, List.of(0), calls, false, compiled());
        add(whole, batch(rows));
        GroupState part = new GroupState(INPUT, List.of(0), calls, false, compiled());
        GroupState rest = new GroupState(INPUT, List.of(0), calls, false, compiled());
        add(part, batch(rows.subList(0, 50)));
        add(rest, batch(rows.subList(50, 100)));
        List<String> before = results(rest, calls);
        for (int i = 0; i < 2; i++) {
            GroupState merged = new GroupState(INPUT, List.of(0), calls, false, compiled());
            merged.merge(part);
            merged.merge(rest);
            assertThat(results(merged, calls)).containsExactlyInAnyOrderElementsOf(results(whole, calls));
            add(merged, batch(rows));
        }
        assertThat(results(rest, calls)).isEqualTo(before);
    }

    @Test
    void aFunctionWithoutAccumulatorsFailsAndLosesNoRowsInSilence() {
        AggregateCall nothing = call(Nothing.class, false, DataType.BIGINT, 2);
        for (ExpressionEngine engine : List.of(compiled(), interpreted())) {
            GroupState state = new GroupState(INPUT, List.of(0), List.of(nothing), false, engine);
            add(state, batch(List.of(Arrays.asList(1, "a", 13L, 1.0, BigDecimal.ONE, true))));
            assertThat(results(state, List.of(nothing)))
                    .singleElement()
                    .asString()
                    .contains("function 'Nothing' failed", "its method create returned null");
        }
    }

    @Test
    void aFunctionThatLoadsOtherThanItSavedIsFoundOut() {
        GroupState state = new GroupState(INPUT, List.of(0), List.of(WIDEST), false, compiled());
        add(state, batch(List.of(Arrays.asList(1, "a", 13L, 1.0, BigDecimal.ONE, true))));
        StateWriter saved = new StateWriter();
        state.save(saved);
        GroupState copy = new GroupState(INPUT, List.of(0), List.of(WIDEST), false, compiled());
        assertThatThrownBy(() -> copy.load(new StateReader(saved.toByteArray())))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("function 'Widest' saved an accumulator as")
                .hasMessageContaining("bytes and loads");
    }
}
