package io.millrace.runtime.over;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that costs a look at all rows of the frame, written again where the frame has not moved: with the third row that
 * sees the same rows, since most frames move with every row.
 */
final class RememberedValue extends OverValue {

    private final OverValue value;
    private final DataType type;
    private @Nullable Memory[] memories = {};

    /** What a partition's value was. */
    private static final class Memory {
        private boolean moved = true;
        private @Nullable Column written;
    }

    RememberedValue(OverValue value, DataType type) {
        this.value = value;
        this.type = type;
    }

    @Override
    List<Edges> edges() {
        return value.edges();
    }

    @Override
    void move(Edges moved, Partition partition, RowBatch batch, long start, long end) {
        int index = moved.index();
        if (partition.starts[index] != start || partition.ends[index] != end) {
            memory(partition.number()).moved = true;
        }
        value.move(moved, partition, batch, start, end);
    }

    private Memory memory(int partition) {
        if (partition >= memories.length) {
            memories = Arrays.copyOf(memories, Math.max(partition + 1, 2 * memories.length));
        }
        Memory memory = memories[partition];
        if (memory == null) {
            memory = new Memory();
            memories[partition] = memory;
        }
        return memory;
    }

    @Override
    void write(Partition partition, RowBatch batch, Column out, int row) {
        Memory memory = memory(partition.number());
        if (memory.moved) {
            memory.moved = false;
            memory.written = null;
            value.write(partition, batch, out, row);
            return;
        }
        Column written = memory.written;
        if (written == null) {
            written = Column.create(type, 1);
            value.write(partition, batch, written, 0);
            memory.written = written;
        }
        out.copyFrom(written, 0, row);
    }

    @Override
    long needs(Partition partition, RowBatch batch) {
        return value.needs(partition, batch);
    }

    @Override
    void clear(int partition) {
        if (partition < memories.length) {
            memories[partition] = null;
        }
        value.clear(partition);
    }

    @Override
    void save(int partitions, StateWriter out) {
        value.save(partitions, out);
    }

    @Override
    void load(int partitions, StateReader in) {
        value.load(partitions, in);
    }

    @Override
    void restore(Partition partition, RowBatch batch) {
        value.restore(partition, batch);
    }
}
