package io.millrace.runtime.aggregate;

import io.millrace.plan.SortKey;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueCodec;
import io.millrace.runtime.state.ValueOrder;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some columns of the rows of each group, in order. The rows of all groups lie in shared columns; a group is a list of
 * places in them:
 *
 * <pre>
 *   places    7  2  9 │ 4  5      sorted │ as they came
 *   counts    1  3  1 │ 1 -1
 * </pre>
 *
 * <p>A group is put in order when it is looked at: what came since is sorted and merged in. Rows that are equal in all
 * columns become one with a count, and are gone where the count is zero. Where rows are kept in the order in which they
 * came, each stays by itself, and one that goes takes itself with it where it says when it came, and otherwise the oldest
 * that is equal.
 */
final class OrderedEntries {

    private static final int UNUSED_MIN = 1024;

    private final List<DataType> types;
    private final List<SortKey> order;
    private final boolean byArrival;
    private Column[] columns;
    private long[] ordinals = {};
    private int nextPlace;
    private int inUse;
    private @Nullable Entries[] groups = {};

    /** The rows of one group. */
    static final class Entries {
        int[] places = new int[4];
        int[] counts = new int[4];
        int size;
        private int sorted;

        private void append(int place, int count) {
            if (size == places.length) {
                places = Arrays.copyOf(places, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            places[size] = place;
            counts[size++] = count;
        }

        /** Returns how many rows there are. */
        long total() {
            long total = 0;
            for (int i = 0; i < size; i++) {
                total += Math.max(0, counts[i]);
            }
            return total;
        }
    }

    /**
     * @param order by which of the columns the rows are ordered; after these by all columns. None for the order in
     *     which they came
     */
    OrderedEntries(List<DataType> types, List<SortKey> order) {
        this.types = types;
        this.order = order;
        this.byArrival = order.isEmpty();
        this.columns = create(0);
    }

    private Column[] create(int capacity) {
        return types.stream().map(type -> Column.create(type, capacity)).toArray(Column[]::new);
    }

    void grow(int count) {
        if (count > groups.length) {
            groups = Arrays.copyOf(groups, Growth.capacity(groups.length, count));
        }
    }

    Column column(int index) {
        return columns[index];
    }

    /** Returns a group's rows in order, or null where there are none. Those with a count below one are not there yet. */
    @Nullable
    Entries entries(int group) {
        Entries entries = groups[group];
        if (entries != null) {
            settle(entries);
        }
        return entries;
    }

    void clear(int group) {
        Entries entries = groups[group];
        if (entries != null) {
            inUse -= entries.size;
            groups[group] = null;
        }
    }

    void add(int group, RowBatch batch, int[] sources, int row, long ordinal, int count) {
        int place = takePlace(ordinal);
        for (int i = 0; i < columns.length; i++) {
            columns[i].copyFrom(batch.column(sources[i]), row, place);
        }
        group(group).append(place, count);
    }

    /** Adds what a group of others, which may be these, holds. */
    void addAll(OrderedEntries other, int from, int to) {
        Entries entries = other.groups[from];
        for (int i = 0; entries != null && i < entries.size; i++) {
            int source = entries.places[i];
            int place = takePlace(other.byArrival ? other.ordinals[source] : 0);
            int now = entries.places[i]; // it may have moved
            for (int c = 0; c < columns.length; c++) {
                columns[c].copyFrom(other.columns[c], now, place);
            }
            group(to).append(place, entries.counts[i]);
        }
    }

    private Entries group(int group) {
        Entries entries = groups[group];
        if (entries == null) {
            entries = new Entries();
            groups[group] = entries;
        }
        return entries;
    }

    private int takePlace(long ordinal) {
        if (nextPlace - inUse > UNUSED_MIN && nextPlace > 2 * inUse) {
            rewrite();
        }
        int place = nextPlace++;
        inUse++;
        for (Column column : columns) {
            column.ensureCapacity(nextPlace);
        }
        if (byArrival) {
            ordinals = Growth.grown(ordinals, nextPlace);
            ordinals[place] = ordinal;
        }
        return place;
    }

    /** Leaves out the places that no group has. */
    private void rewrite() {
        Column[] old = columns;
        long[] oldOrdinals = ordinals;
        columns = create(inUse + UNUSED_MIN);
        ordinals = byArrival ? new long[inUse + UNUSED_MIN] : ordinals;
        nextPlace = 0;
        for (Entries entries : groups) {
            for (int i = 0; entries != null && i < entries.size; i++) {
                int place = entries.places[i];
                for (int c = 0; c < columns.length; c++) {
                    columns[c].copyFrom(old[c], place, nextPlace);
                }
                if (byArrival) {
                    ordinals[nextPlace] = oldOrdinals[place];
                }
                entries.places[i] = nextPlace++;
            }
        }
    }

    private void settle(Entries entries) {
        if (entries.sorted == entries.size) {
            return;
        }
        int before = entries.size;
        int[] tail = tail(entries);
        int[] places = new int[before];
        int[] counts = new int[before];
        int size = 0;
        int left = 0;
        int right = 0;
        while (left < entries.sorted || right < tail.length) {
            boolean fromLeft = right == tail.length
                    || (left < entries.sorted && compare(entries.places[left], entries.places[tail[right]]) <= 0);
            int next = fromLeft ? left++ : tail[right++];
            boolean same = size > 0 && isSame(places[size - 1], entries.places[next]);
            if (same) {
                counts[size - 1] += entries.counts[next];
                size -= counts[size - 1] == 0 ? 1 : 0;
            } else {
                places[size] = entries.places[next];
                counts[size++] = entries.counts[next];
            }
        }
        entries.places = places;
        entries.counts = counts;
        entries.size = byArrival ? withoutGone(places, counts, size) : size;
        entries.sorted = entries.size;
        inUse -= before - entries.size;
    }

    private boolean isSame(int before, int next) {
        return compare(before, next) == 0 && (!byArrival || compareColumns(before, next) == 0);
    }

    private int[] tail(Entries entries) {
        Integer[] tail = new Integer[entries.size - entries.sorted];
        Arrays.setAll(tail, i -> entries.sorted + i);
        Arrays.sort(tail, (a, b) -> compare(entries.places[a], entries.places[b]));
        return Arrays.stream(tail).mapToInt(Integer::intValue).toArray();
    }

    /** Lets each row that goes take the oldest equal one with it, and returns how many rows are left. */
    private int withoutGone(int[] places, int[] counts, int size) {
        for (int gone = 0; gone < size; gone++) {
            for (int i = 0; i < size && counts[gone] < 0; i++) {
                if (counts[i] > 0 && compareColumns(places[i], places[gone]) == 0) {
                    int taken = Math.min(counts[i], -counts[gone]);
                    counts[i] -= taken;
                    counts[gone] += taken;
                }
            }
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (counts[i] != 0) {
                places[kept] = places[i];
                counts[kept++] = counts[i];
            }
        }
        return kept;
    }

    private int compare(int left, int right) {
        if (byArrival) {
            return Long.compare(ordinals[left], ordinals[right]);
        }
        for (SortKey key : order) {
            int compared = compare(key, columns[key.column()], left, right);
            if (compared != 0) {
                return compared;
            }
        }
        return compareColumns(left, right);
    }

    private static int compare(SortKey key, Column column, int left, int right) {
        boolean leftNull = column.isNull(left);
        boolean rightNull = column.isNull(right);
        if (leftNull || rightNull) {
            return key.nullsFirst() ? Boolean.compare(rightNull, leftNull) : Boolean.compare(leftNull, rightNull);
        }
        int compared = ValueOrder.compare(column, left, column, right);
        return key.descending() ? -compared : compared;
    }

    private int compareColumns(int left, int right) {
        for (Column column : columns) {
            int compared = ValueOrder.compareNullsFirst(column, left, column, right);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    void save(int count, StateWriter out) {
        for (int group = 0; group < count; group++) {
            Entries entries = entries(group);
            out.writeInt(entries == null ? 0 : entries.size);
            for (int i = 0; entries != null && i < entries.size; i++) {
                int place = entries.places[i];
                out.writeInt(entries.counts[i]);
                out.writeLong(byArrival ? ordinals[place] : 0);
                for (Column column : columns) {
                    ValueCodec.write(column, place, out);
                }
            }
        }
    }

    void load(int count, StateReader in) {
        for (int group = 0; group < count; group++) {
            int size = in.readCount(12 + columns.length);
            for (int i = 0; i < size; i++) {
                int weight = in.readInt();
                int place = takePlace(in.readLong());
                for (Column column : columns) {
                    ValueCodec.read(in, column, place);
                }
                Entries entries = group(group);
                entries.append(place, weight);
                entries.sorted = entries.size;
            }
        }
    }
}
