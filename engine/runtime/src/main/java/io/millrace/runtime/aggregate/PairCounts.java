package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.Arrays;

/** How often each of some calls has each pair of a group and a value. */
sealed interface PairCounts {

    /** Most calls that may share a table: where rows only come, each has a bit of a byte. */
    int CALLS_MAX = Byte.SIZE;

    static PairCounts of(int calls, boolean updating) {
        return updating ? new Numbers(calls) : new Marks(calls);
    }

    void grow(int pairs);

    /**
     * Takes those rows that may change a count of some call.
     *
     * @param places by row of the batch, where in {@code pairs} its pair is, or less than 0 where it has none
     */
    void open(GroupedRows rows, int[] places, int[] pairs, GroupedRows into);

    /** Adds to a count; returns 1 where it is above zero now and was not before, −1 the other way round, else 0. */
    int add(int call, int pair, int weight);

    /** Returns a count, or 1 where it is only known that it is above zero. */
    long of(int call, int pair);

    /** Returns whether no call has the pair. */
    boolean isZero(int pair);

    void clear(int pair);

    void save(int pairs, StateWriter out);

    void load(int pairs, StateReader in);

    /** Rows only come, so it is enough to know that one has. */
    final class Marks implements PairCounts {

        /** The marks of a pair that all calls have. */
        private final byte all;

        private byte[] marks = {};

        Marks(int calls) {
            this.all = (byte) ((1 << calls) - 1);
        }

        @Override
        public void open(GroupedRows rows, int[] places, int[] pairs, GroupedRows into) {
            into.start(rows.batch(), rows.count(), rows.ordinal(0));
            into.only(rows.only());
            int open = 0;
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows()[i];
                into.rows()[open] = row;
                into.groups()[open] = rows.groups()[i];
                // Added and not branched on: whether a pair is new to some call cannot be guessed.
                open += places[row] >= 0 && marks[pairs[places[row]]] != all ? 1 : 0;
            }
            into.count(open);
        }

        @Override
        public void grow(int pairs) {
            if (pairs > marks.length) {
                marks = Arrays.copyOf(marks, Growth.capacity(marks.length, pairs));
            }
        }

        @Override
        public int add(int call, int pair, int weight) {
            int known = marks[pair];
            int mark = 1 << call;
            if ((known & mark) != 0) {
                return 0;
            }
            marks[pair] = (byte) (known | mark);
            return 1;
        }

        @Override
        public long of(int call, int pair) {
            return marks[pair] >> call & 1;
        }

        @Override
        public boolean isZero(int pair) {
            return marks[pair] == 0;
        }

        @Override
        public void clear(int pair) {
            marks[pair] = 0;
        }

        @Override
        public void save(int pairs, StateWriter out) {
            out.writeBytes(marks, 0, pairs);
        }

        @Override
        public void load(int pairs, StateReader in) {
            marks = Arrays.copyOf(in.readBytes(), Growth.capacity(0, pairs));
        }
    }

    /** Counts of rows that come and go. */
    final class Numbers implements PairCounts {

        private final long[][] counts;

        Numbers(int calls) {
            this.counts = new long[calls][0];
        }

        @Override
        public void open(GroupedRows rows, int[] places, int[] pairs, GroupedRows into) {
            into.ofSame(rows);
        }

        @Override
        public void grow(int pairs) {
            for (int call = 0; call < counts.length; call++) {
                counts[call] = Growth.grown(counts[call], pairs);
            }
        }

        @Override
        public int add(int call, int pair, int weight) {
            long before = counts[call][pair];
            long now = before + weight;
            counts[call][pair] = now;
            if (now > 0) {
                return before > 0 ? 0 : 1;
            }
            return before > 0 ? -1 : 0;
        }

        @Override
        public long of(int call, int pair) {
            return counts[call][pair];
        }

        @Override
        public boolean isZero(int pair) {
            for (long[] ofCall : counts) {
                if (ofCall[pair] != 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void clear(int pair) {
            for (long[] ofCall : counts) {
                ofCall[pair] = 0;
            }
        }

        @Override
        public void save(int pairs, StateWriter out) {
            for (long[] ofCall : counts) {
                out.writeLongs(ofCall, pairs);
            }
        }

        @Override
        public void load(int pairs, StateReader in) {
            for (int call = 0; call < counts.length; call++) {
                counts[call] = Arrays.copyOf(in.readLongs(pairs), Growth.capacity(0, pairs));
            }
        }
    }
}
