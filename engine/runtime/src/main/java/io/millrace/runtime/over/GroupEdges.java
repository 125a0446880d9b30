package io.millrace.runtime.over;

import io.millrace.runtime.state.RowOrder;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.RowBatch;
import java.util.List;

/**
 * Where the edges of a partition's frames of GROUPS stand. Groups of rows with the same order keys are counted from 1; an
 * edge knows the number of the one that the row before it is of.
 */
final class GroupEdges {

    /** For partitions without frames of GROUPS. */
    static final GroupEdges NONE = new GroupEdges(RowOrder.by(List.of()), 0);

    private final RowOrder order;

    /** Per frame the position of its start and of its end. */
    private final long[] positions;

    /** Per frame the numbers of the groups before these. */
    private final long[] numbers;

    GroupEdges(RowOrder order, int frames) {
        this.order = order;
        this.positions = new long[2 * frames];
        this.numbers = new long[2 * frames];
    }

    /** Returns the position behind the group of a number, moved on from where it was. */
    long end(int frame, Partition partition, RowBatch batch, long number) {
        return behind(2 * frame + 1, partition, batch, number);
    }

    /** Returns the position of the first row behind the group of a number, moved on likewise. */
    long start(int frame, Partition partition, RowBatch batch, long number) {
        return behind(2 * frame, partition, batch, number);
    }

    private long behind(int edge, Partition partition, RowBatch batch, long number) {
        long position = positions[edge];
        while (position < partition.end()) {
            boolean first =
                    position == 0 || order.compare(batch, partition.row(position - 1), partition.row(position)) != 0;
            long group = numbers[edge] + (first ? 1 : 0);
            if (group > number) {
                break;
            }
            numbers[edge] = group;
            position++;
        }
        positions[edge] = position;
        return position;
    }

    /** Returns the first position whose row is compared with the one behind it, as the start or the end moves on. */
    long needs(int frame, boolean starts, boolean ends) {
        long start = starts ? positions[2 * frame] : Long.MAX_VALUE;
        long end = ends ? positions[2 * frame + 1] : Long.MAX_VALUE;
        return Math.max(0, Math.min(start, end) - 1);
    }

    void save(StateWriter out) {
        out.writeLongs(positions, positions.length);
        out.writeLongs(numbers, numbers.length);
    }

    void load(StateReader in) {
        System.arraycopy(in.readLongs(positions.length), 0, positions, 0, positions.length);
        System.arraycopy(in.readLongs(numbers.length), 0, numbers, 0, numbers.length);
    }
}
