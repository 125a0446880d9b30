package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueCodec;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.Storage;
import java.util.Arrays;

/**
 * One replaceable value of any type per group, in a column.
 *
 * <p>A value of fixed width lies at its group's place. A column of variable width is written front to back only, so
 * there a new value goes to a new place, and the column is written anew when most of its places are out of use.
 */
final class ValueStore {

    private static final int UNUSED_MIN = 1024;

    private final DataType type;
    private final boolean fixed;
    private Column column;
    private int[] places = {};
    private int nextPlace;
    private int inUse;

    private ValueStore(DataType type, boolean fixed) {
        this.type = type;
        this.fixed = fixed;
        this.column = Column.create(type, 0);
    }

    static ValueStore create(DataType type) {
        Storage storage = type.storage();
        return new ValueStore(type, storage != Storage.BYTES && storage != Storage.ARRAY && storage != Storage.ROW);
    }

    void grow(int groups) {
        if (fixed) {
            column.ensureCapacity(groups);
        } else if (groups > places.length) {
            int before = places.length;
            places = Arrays.copyOf(places, Growth.capacity(before, groups));
            Arrays.fill(places, before, places.length, -1);
        }
    }

    /** Returns the column that holds the values, each at its {@link #place}. */
    Column column() {
        return column;
    }

    int place(int group) {
        return fixed ? group : places[group];
    }

    void set(int group, Column source, int row) {
        int place = takePlace(group);
        column.copyFrom(source, row, place);
    }

    void save(int group, StateWriter out) {
        ValueCodec.write(column, place(group), out);
    }

    void load(int group, StateReader in) {
        ValueCodec.read(in, column, takePlace(group));
    }

    private int takePlace(int group) {
        if (fixed) {
            return group;
        }
        if (places[group] < 0) {
            inUse++;
        }
        if (nextPlace - inUse > UNUSED_MIN && nextPlace > 2 * inUse) {
            rewrite();
        }
        int place = nextPlace++;
        column.ensureCapacity(nextPlace);
        places[group] = place;
        return place;
    }

    private void rewrite() {
        Column old = column;
        column = Column.create(type, inUse + UNUSED_MIN);
        nextPlace = 0;
        for (int group = 0; group < places.length; group++) {
            if (places[group] >= 0) {
                column.copyFrom(old, places[group], nextPlace);
                places[group] = nextPlace++;
            }
        }
    }
}
