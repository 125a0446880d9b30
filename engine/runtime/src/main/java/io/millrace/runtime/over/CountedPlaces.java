package io.millrace.runtime.over;

import io.millrace.spi.row.RowBatch;
import java.util.Arrays;

/**
 * Where the so-manieth row with a value is, counted from one row after the other of each partition. It is remembered, as
 * it only moves forward: a row is looked at a few times, however many without a value lie between. For one thread at a
 * time.
 */
final class CountedPlaces {

    static final long NONE = -1;

    private static final long UNKNOWN = -2;

    private final long count;
    private final boolean backward;
    private final Values values;

    /** Per partition the row counted from last, what was found from there, and the end where nothing was. */
    private long[] froms = {};

    private long[] places = {};
    private long[] ends = {};

    /** Per partition how many values are before that row, where they are too few. */
    private long[] known = {};

    /** Says of rows whether they have a value. */
    @FunctionalInterface
    interface Values {
        boolean at(Partition partition, RowBatch batch, long position);
    }

    /**
     * @param distance in rows with a value, negative for before, not zero
     */
    CountedPlaces(long distance, Values values) {
        this.count = Math.abs(distance);
        this.backward = distance < 0;
        this.values = values;
    }

    /** Returns the position counted from a row, or {@link #NONE}. */
    long from(Partition partition, RowBatch batch, long from) {
        int number = partition.number();
        grow(number);
        long before = froms[number];
        long place = places[number];
        boolean stands = place != NONE || backward || ends[number] == partition.end();
        if (from != before || !stands) {
            boolean follows = before != UNKNOWN && from == before + 1 && stands;
            place = follows ? moved(partition, batch, from, place) : counted(partition, batch, from);
            froms[number] = from;
            places[number] = place;
            ends[number] = partition.end();
        }
        return place;
    }

    /** Returns the place counted from a row, by that from the row before it. */
    private long moved(Partition partition, RowBatch batch, long from, long place) {
        long passed = backward ? from - 1 : from;
        if (!backward && place == NONE) {
            return NONE;
        }
        if (!values.at(partition, batch, passed)) {
            return place;
        }
        if (place == NONE) {
            return known[partition.number()] + 1 < count ? another(partition) : counted(partition, batch, from);
        }
        for (long at = place + 1; at < partition.end(); at++) {
            if (values.at(partition, batch, at)) {
                return at;
            }
        }
        return NONE;
    }

    private long another(Partition partition) {
        known[partition.number()]++;
        return NONE;
    }

    private long counted(Partition partition, RowBatch batch, long from) {
        int direction = backward ? -1 : 1;
        long found = 0;
        for (long at = from + direction; at >= partition.first() && at < partition.end(); at += direction) {
            if (values.at(partition, batch, at) && ++found == count) {
                return at;
            }
        }
        known[partition.number()] = found;
        return NONE;
    }

    private void grow(int number) {
        int size = froms.length;
        if (number >= size) {
            int grown = Math.max(number + 1, 2 * size);
            froms = Arrays.copyOf(froms, grown);
            places = Arrays.copyOf(places, grown);
            ends = Arrays.copyOf(ends, grown);
            known = Arrays.copyOf(known, grown);
            Arrays.fill(froms, size, grown, UNKNOWN);
        }
    }

    /** Forgets a partition. */
    void clear(int partition) {
        if (partition < froms.length) {
            froms[partition] = UNKNOWN;
        }
    }
}
