package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The values of each group: a table of (group, value), found once for all calls with the same argument, each of which has
 * its own counts. For one thread.
 *
 * <pre>
 *   rows of a batch   │ 0 │ 1 │ 2 │ 3 │
 *   pair of each      │ 7 │ – │ 2 │ 7 │     none for NULL
 *   counts, by pair   call 0: │ 3 │ 1 │ … │   call 1: │ 0 │ 1 │ … │
 * </pre>
 */
final class DistinctValues {

    private static final int NONE = -1;

    private final int[] arguments;
    private final boolean keepsNulls;
    private final RowBatch pairs;
    private final GroupedRows pairRows = new GroupedRows();
    private final GroupTable table;
    private final PairCounts counts;
    private final GroupedRows open = new GroupedRows();
    /** By row of the batch, where in {@link #pairs} it is, or {@link #NONE}. */
    private int[] placeOfRow = {};

    private int[] zeroes = {};
    private int zeroCount;

    /**
     * @param keepsNulls whether a row with a NULL counts
     * @param calls how many calls have counts
     * @param updating whether rows may come with a weight of −1
     */
    DistinctValues(List<Integer> arguments, RowType input, boolean keepsNulls, int calls, boolean updating) {
        this.arguments = arguments.stream().mapToInt(Integer::intValue).toArray();
        this.keepsNulls = keepsNulls;
        RowType pairType = type(arguments, input);
        this.pairs = RowBatch.create(pairType, 0);
        this.table = GroupTable.create(
                pairType, IntStream.range(0, pairType.size()).boxed().toList());
        this.counts = PairCounts.of(calls, updating);
    }

    /** Returns the type of the rows that are passed on: the group's number, then the arguments. */
    static RowType type(List<Integer> arguments, RowType input) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.required("group", DataType.INTEGER));
        arguments.forEach(argument -> fields.add(input.field(argument)));
        return new RowType(fields);
    }

    /** Finds the pair of each row. */
    void find(GroupedRows rows) {
        int size = rows.batch().size();
        if (placeOfRow.length < size) {
            placeOfRow = new int[size];
        }
        start(rows.count());
        if (keepsNulls || !mayHaveNulls(rows.batch())) {
            addAll(rows);
        } else {
            addWithValues(rows);
        }
        findPairs();
    }

    /** Finds the pair of each row for several calls, and which rows may change something for one of them. */
    void findForAll(GroupedRows rows) {
        find(rows);
        counts.open(rows, placeOfRow, pairRows.groups(), open);
    }

    /** Returns those of the rows last found for several calls that may bring a value to one, or take one from it. */
    GroupedRows open() {
        return open;
    }

    private void start(int rows) {
        pairs.clear();
        pairs.ensureCapacity(rows);
    }

    private boolean mayHaveNulls(RowBatch batch) {
        for (int argument : arguments) {
            if (batch.column(argument).nulls() != null) {
                return true;
            }
        }
        return false;
    }

    private void addAll(GroupedRows rows) {
        int count = rows.count();
        int[] numbers = rows.rows();
        for (int i = 0; i < count; i++) {
            placeOfRow[numbers[i]] = i;
        }
        System.arraycopy(rows.groups(), 0, ((IntColumn) pairs.column(0)).values(), 0, count);
        for (int i = 0; i < arguments.length; i++) {
            gather(rows.column(arguments[i]), numbers, count, pairs.column(i + 1));
        }
        pairs.size(count);
    }

    private static void gather(Column source, int[] rows, int count, Column target) {
        if (source instanceof LongColumn longs && source.nulls() == null) {
            long[] from = longs.values();
            long[] to = ((LongColumn) target).values();
            for (int i = 0; i < count; i++) {
                to[i] = from[rows[i]];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            target.copyFrom(source, rows[i], i);
        }
    }

    private void addWithValues(GroupedRows rows) {
        RowBatch batch = rows.batch();
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            placeOfRow[row] = hasValues(batch, row) ? add(rows.groups()[i], batch, row) : NONE;
        }
    }

    private boolean hasValues(RowBatch batch, int row) {
        for (int argument : arguments) {
            if (batch.column(argument).isNull(row)) {
                return false;
            }
        }
        return true;
    }

    private int add(int group, RowBatch batch, int row) {
        int at = pairs.size();
        ((IntColumn) pairs.column(0)).set(at, group);
        for (int i = 0; i < arguments.length; i++) {
            pairs.column(i + 1).copyFrom(batch.column(arguments[i]), row, at);
        }
        pairs.size(at + 1);
        return at;
    }

    private void findPairs() {
        pairRows.of(pairs, 0);
        table.find(pairRows);
        counts.grow(table.size());
    }

    /** Returns where in {@link #pairs()} a row of the batch is that was looked for last, or −1 where it has no values. */
    int placeOf(int row) {
        return placeOfRow[row];
    }

    /** Returns the pair at a place. */
    int pair(int place) {
        return pairRows.groups()[place];
    }

    /** Returns the rows that were looked for last, as they are passed on. */
    RowBatch pairs() {
        return pairs;
    }

    /** Counts a row, and returns 1 where a call has got a value by it, −1 where it has lost one. */
    int count(int call, int pair, int weight) {
        int change = counts.add(call, pair, weight);
        if (change <= 0 && counts.of(call, pair) == 0) {
            noteZero(pair);
        }
        return change;
    }

    private void noteZero(int pair) {
        if (zeroCount == zeroes.length) {
            zeroes = Arrays.copyOf(zeroes, Growth.capacity(zeroCount, zeroCount + 1));
        }
        zeroes[zeroCount++] = pair;
    }

    /** Forgets pairs that no call has any more, once all calls have counted. */
    void settle() {
        for (int i = 0; i < zeroCount; i++) {
            if (table.live(zeroes[i]) && counts.isZero(zeroes[i])) {
                table.remove(zeroes[i]);
            }
        }
        zeroCount = 0;
    }

    /**
     * Finds the pairs that a call of another state has of groups that are taken over.
     *
     * @param targets per group of the other the one here that takes it, or −1 for none
     * @param weights gets how often each is there, in the order of {@link #pairs()}
     * @return the weights, longer where there was no room
     */
    int[] take(DistinctValues other, int call, int[] targets, int[] weights) {
        int[] taken = weights.length < other.table.liveCount() ? new int[other.table.liveCount()] : weights;
        start(other.table.liveCount());
        int at = 0;
        for (int pair = 0; pair < other.table.size(); pair++) {
            long count = other.table.live(pair) ? other.counts.of(call, pair) : 0;
            if (count == 0) {
                continue;
            }
            other.table.writeKey(pair, pairs, at);
            IntColumn group = (IntColumn) pairs.column(0);
            int target = targets[group.get(at)];
            if (target >= 0) {
                group.set(at, target);
                taken[at++] = Math.toIntExact(count);
            }
        }
        pairs.size(at);
        findPairs();
        return taken;
    }

    /** Forgets the pairs of groups. */
    void forget(boolean[] gone, int count) {
        RowBatch key = RowBatch.create(pairs.type(), 1);
        for (int pair = 0; pair < table.size(); pair++) {
            if (table.live(pair)) {
                table.writeKey(pair, key, 0);
                int group = ((IntColumn) key.column(0)).get(0);
                if (group < count && gone[group]) {
                    table.remove(pair);
                    counts.clear(pair);
                }
                key.clear();
            }
        }
    }

    void save(StateWriter out) {
        table.save(out);
        counts.save(table.size(), out);
    }

    void load(StateReader in) {
        table.load(in);
        counts.load(table.size(), in);
    }
}
