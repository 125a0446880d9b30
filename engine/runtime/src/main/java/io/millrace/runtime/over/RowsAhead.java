package io.millrace.runtime.over;

import io.millrace.plan.OverCall;
import io.millrace.plan.OverCall.Shifted;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.RowBatch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that wait for others to come behind them in their partition, as LEAD and frames of ROWS … FOLLOWING have it. A
 * row is settled once it has as many behind it as its values need. For one thread at a time.
 *
 * <pre>
 *   partition   next … settled │ settled … end
 *               to be computed │ too few rows behind
 * </pre>
 */
final class RowsAhead {

    private static final int COMPACTED_MIN = 64;

    private final long rows;

    /** The LEADs that count only rows with a value. */
    private final List<Shifted> counted;

    /** All rows that are not computed, in the order of time, and some that are. */
    private PartitionQueue entered = new PartitionQueue();

    private long uncomputed;

    private RowsAhead(long rows, List<Shifted> counted) {
        this.rows = rows;
        this.counted = counted;
    }

    /** Returns what calls wait for, or null where they need no row behind theirs, or all. */
    static @Nullable RowsAhead of(List<OverCall> calls) {
        long rows = calls.stream().mapToLong(OverCall::rowsBehind).max().orElse(0);
        List<Shifted> counted = calls.stream()
                .filter(Shifted.class::isInstance)
                .map(Shifted.class::cast)
                .filter(call -> call.ignoreNulls() && call.distance() > 0)
                .toList();
        return rows > 0 ? new RowsAhead(rows, counted) : null;
    }

    /** Returns in how many calls a partition counts values. */
    int counts() {
        return counted.size();
    }

    /** Takes note of the last row of a partition, and adds the rows that it settles to those to be computed. */
    void entered(Partition partition, RowBatch batch, PartitionQueue computable) {
        long position = partition.end() - 1;
        entered.add(partition.number(), position);
        uncomputed++;
        count(partition, batch, position);
        while (settlesNext(partition)) {
            computable.add(partition.number(), partition.settled);
            advance(partition, batch);
        }
    }

    private void count(Partition partition, RowBatch batch, long position) {
        for (int i = 0; position > partition.settled && i < counted.size(); i++) {
            if (hasValue(i, partition, batch, position)) {
                partition.valuesAhead[i]++;
            }
        }
    }

    private boolean settlesNext(Partition partition) {
        if (partition.end() - partition.settled <= rows) {
            return false;
        }
        for (int i = 0; i < counted.size(); i++) {
            if (partition.valuesAhead[i] < counted.get(i).distance()) {
                return false;
            }
        }
        return true;
    }

    private void advance(Partition partition, RowBatch batch) {
        long position = ++partition.settled;
        for (int i = 0; position < partition.end() && i < counted.size(); i++) {
            if (hasValue(i, partition, batch, position)) {
                partition.valuesAhead[i]--;
            }
        }
    }

    private boolean hasValue(int call, Partition partition, RowBatch batch, long position) {
        return !batch.column(counted.get(call).argument()).isNull(partition.row(position));
    }

    /** Settles the rows of a partition that waits no longer. */
    void settle(Partition partition, PartitionQueue computable) {
        while (partition.settled < partition.end()) {
            computable.add(partition.number(), partition.settled++);
        }
        Arrays.fill(partition.valuesAhead, 0);
    }

    /** Settles all rows, in the order of time: none follow. */
    void settleAll(@Nullable Partition[] partitions, PartitionQueue computable) {
        for (int i = 0; i < entered.size(); i++) {
            Partition partition = partitions[entered.partition(i)];
            if (partition != null && entered.position(i) == partition.settled) {
                computable.add(partition.number(), partition.settled++);
                Arrays.fill(partition.valuesAhead, 0);
            }
        }
    }

    /** Takes note that a row has been computed. */
    void computed(@Nullable Partition[] partitions) {
        uncomputed--;
        if (entered.size() > COMPACTED_MIN && entered.size() > 2 * uncomputed) {
            compact(partitions);
        }
    }

    boolean hasUncomputed() {
        return uncomputed > 0;
    }

    /** Returns the row that is the first in the order of time of those that are not computed; there is one. */
    int first(@Nullable Partition[] partitions) {
        while (true) {
            Partition partition = partitions[entered.partition(0)];
            if (partition != null && entered.position(0) >= partition.next()) {
                return partition.row(entered.position(0));
            }
            entered.removeFirst(1);
        }
    }

    /** Leaves out what is computed, before the number of a partition that is gone is given to another. */
    void compact(@Nullable Partition[] partitions) {
        PartitionQueue kept = new PartitionQueue();
        for (int i = 0; i < entered.size(); i++) {
            Partition partition = partitions[entered.partition(i)];
            if (partition != null && entered.position(i) >= partition.next()) {
                kept.add(entered.partition(i), entered.position(i));
            }
        }
        entered = kept;
    }

    /** Stores what is not in the partitions. */
    void save(@Nullable Partition[] partitions, StateWriter out) {
        compact(partitions);
        out.writeLong(uncomputed);
        entered.save(out);
    }

    void load(StateReader in) {
        uncomputed = in.readLong();
        entered.load(in);
    }

    /** Counts the values anew in a partition whose rows have been read back. */
    void restore(Partition partition, RowBatch batch) {
        for (long position = partition.settled + 1; position < partition.end(); position++) {
            count(partition, batch, position);
        }
    }
}
