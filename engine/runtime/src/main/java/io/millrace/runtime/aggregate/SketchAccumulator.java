package io.millrace.runtime.aggregate;

import io.millrace.runtime.sketch.Sketch;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A sketch per group, of one column, where rows only come. NULL is passed over.
 *
 * @param <S> the kind of sketch
 */
final class SketchAccumulator<S extends Sketch> extends Accumulator {

    private final int argument;
    private final Supplier<S> create;
    private final Adding<S> adding;
    private final Writing<S> writing;
    private final List<@Nullable S> sketches = new ArrayList<>();

    /**
     * Adds a value to a sketch.
     *
     * @param <S> the kind of sketch
     */
    interface Adding<S> {
        void add(S sketch, Column column, int row);
    }

    /**
     * Writes what a sketch answers.
     *
     * @param <S> the kind of sketch
     */
    interface Writing<S> {
        /** Called with null where no value was added. */
        void write(@Nullable S sketch, Column out, int row);
    }

    SketchAccumulator(int argument, Supplier<S> create, Adding<S> adding, Writing<S> writing) {
        this.argument = argument;
        this.create = create;
        this.adding = adding;
        this.writing = writing;
    }

    @Override
    void grow(int groups) {
        while (sketches.size() < groups) {
            sketches.add(null);
        }
    }

    @Override
    void clear(int group) {
        sketches.set(group, null);
    }

    @Override
    void add(GroupedRows rows) {
        Column column = rows.column(argument);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (!column.isNull(row)) {
                S sketch = sketch(rows.groups()[i]);
                for (int weight = rows.batch().weight(row); weight > 0; weight--) {
                    adding.add(sketch, column, row);
                }
            }
        }
    }

    private S sketch(int group) {
        S sketch = sketches.get(group);
        if (sketch == null) {
            sketch = create.get();
            sketches.set(group, sketch);
        }
        return sketch;
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            if (groups[i] >= 0) {
                mergeGroup(other, i, groups[i]);
            }
        }
    }

    void mergeGroup(Accumulator other, int from, int to) {
        Sketch more = ((SketchAccumulator<?>) other).sketches.get(from);
        if (more != null) {
            sketch(to).merge(more);
        }
    }

    @Override
    void result(int group, Column out, int row) {
        writing.write(sketches.get(group), out, row);
    }

    @Override
    void save(int groups, StateWriter out) {
        for (int group = 0; group < groups; group++) {
            S sketch = sketches.get(group);
            out.writeBoolean(sketch != null);
            if (sketch != null) {
                sketch.save(out);
            }
        }
    }

    @Override
    void load(int groups, StateReader in) {
        for (int group = 0; group < groups; group++) {
            if (in.readBoolean()) {
                sketch(group).load(in);
            }
        }
    }
}
