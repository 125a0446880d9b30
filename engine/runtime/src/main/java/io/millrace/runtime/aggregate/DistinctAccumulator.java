package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gives each value of a group to an accumulator once: a table of (group, value) with counts. It passes a value on when
 * its count leaves zero, and takes it back when the count returns there.
 */
final class DistinctAccumulator extends Accumulator {

    private final Accumulator inner;
    private final int[] arguments;
    private final boolean keepsNulls;
    private final RowBatch pairs;
    private final GroupedRows pairRows = new GroupedRows();
    private final GroupTable table;
    private long[] counts = {};
    private int[] passedWeights = {};
    private int[] zeroes = {};
    private int zeroCount;

    /**
     * @param inner takes rows of the type {@link #pairs}
     * @param keepsNulls whether a row with a NULL counts
     */
    DistinctAccumulator(Accumulator inner, List<Integer> arguments, RowType input, boolean keepsNulls) {
        this.inner = inner;
        this.arguments = arguments.stream().mapToInt(Integer::intValue).toArray();
        this.keepsNulls = keepsNulls;
        RowType pairType = pairs(arguments, input);
        this.pairs = RowBatch.create(pairType, 1024);
        this.table = GroupTable.create(
                pairType, IntStream.range(0, pairType.size()).boxed().toList());
    }

    /** Returns the type of the rows that are passed on: the group's number, then the arguments. */
    static RowType pairs(List<Integer> arguments, RowType input) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.required("group", DataType.INTEGER));
        arguments.forEach(argument -> fields.add(input.field(argument)));
        return new RowType(fields);
    }

    @Override
    void grow(int groups) {
        inner.grow(groups);
    }

    /** Only an empty group is cleared, and the values of an empty group are gone already. */
    @Override
    void clear(int group) {
        inner.clear(group);
    }

    @Override
    void forget(boolean[] gone, int count) {
        RowBatch key = RowBatch.create(pairs.type(), 1);
        for (int pair = 0; pair < table.size(); pair++) {
            if (table.live(pair)) {
                table.writeKey(pair, key, 0);
                int group = ((IntColumn) key.column(0)).get(0);
                if (group < count && gone[group]) {
                    table.remove(pair);
                    counts[pair] = 0;
                }
                key.clear();
            }
        }
        inner.forget(gone, count);
    }

    @Override
    void add(GroupedRows rows) {
        startPairs(rows.count());
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (hasValues(rows.batch(), row)) {
                addPair(rows.groups()[i], rows.batch(), row);
            }
        }
        pass();
    }

    private void startPairs(int rows) {
        pairs.clear();
        pairs.ensureCapacity(rows);
        if (passedWeights.length < rows) {
            passedWeights = new int[rows];
        }
    }

    private boolean hasValues(RowBatch batch, int row) {
        if (keepsNulls) {
            return true;
        }
        for (int argument : arguments) {
            if (batch.column(argument).isNull(row)) {
                return false;
            }
        }
        return true;
    }

    private void addPair(int group, RowBatch batch, int row) {
        int at = pairs.size();
        ((IntColumn) pairs.column(0)).set(at, group);
        for (int i = 0; i < arguments.length; i++) {
            pairs.column(i + 1).copyFrom(batch.column(arguments[i]), row, at);
        }
        passedWeights[at] = batch.weight(row);
        pairs.size(at + 1);
    }

    /** Counts the pairs, and passes on those that are new or gone. */
    private void pass() {
        pairRows.of(pairs, 0);
        table.find(pairRows);
        counts = Growth.grown(counts, table.size());
        int kept = 0;
        int[] rows = pairRows.rows();
        int[] groups = pairRows.groups();
        for (int i = 0; i < pairRows.count(); i++) {
            int row = rows[i];
            int pair = groups[i];
            long before = counts[pair];
            counts[pair] += passedWeights[row];
            int change = Long.compare(counts[pair], 0) > 0 ? (before > 0 ? 0 : 1) : (before > 0 ? -1 : 0);
            passedWeights[row] = change;
            if (counts[pair] == 0) {
                noteZero(pair);
            }
            if (change != 0) {
                rows[kept] = row;
                groups[kept++] = ((IntColumn) pairs.column(0)).get(row);
            }
        }
        pairRows.count(kept);
        pairs.weights(passedWeights);
        inner.add(pairRows);
        pairs.weights(null);
        forgetZeroes();
    }

    private void noteZero(int pair) {
        if (zeroCount == zeroes.length) {
            zeroes = Arrays.copyOf(zeroes, Growth.capacity(zeroCount, zeroCount + 1));
        }
        zeroes[zeroCount++] = pair;
    }

    private void forgetZeroes() {
        for (int i = 0; i < zeroCount; i++) {
            if (table.live(zeroes[i]) && counts[zeroes[i]] == 0) {
                table.remove(zeroes[i]);
            }
        }
        zeroCount = 0;
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        DistinctAccumulator more = (DistinctAccumulator) other;
        startPairs(more.table.liveCount());
        int at = 0;
        for (int pair = 0; pair < more.table.size(); pair++) {
            if (more.table.live(pair)) {
                more.table.writeKey(pair, pairs, at);
                IntColumn group = (IntColumn) pairs.column(0);
                int target = groups[group.get(at)];
                if (target >= 0) {
                    group.set(at, target);
                    passedWeights[at++] = Math.toIntExact(more.counts[pair]);
                }
            }
        }
        pairs.size(at);
        pass();
    }

    @Override
    void result(int group, Column out, int row) {
        inner.result(group, out, row);
    }

    @Override
    void save(int groups, StateWriter out) {
        inner.save(groups, out);
        table.save(out);
        out.writeLongs(counts, table.size());
    }

    @Override
    void load(int groups, StateReader in) {
        inner.load(groups, in);
        table.load(in);
        counts = Arrays.copyOf(in.readLongs(table.size()), Growth.capacity(0, table.size()));
    }
}
