package io.millrace.runtime.operator;

import io.millrace.plan.JoinTime;
import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.runtime.join.KeyedRows;
import io.millrace.runtime.join.NullColumns;
import io.millrace.runtime.join.RowStore;
import io.millrace.runtime.join.TimeIndex;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One side of an endless join: its rows, how many partners each has, and when it is forgotten. */
final class JoinSide {

    private final boolean left;
    private final Operator input;
    private final RowType type;
    private final List<JoinTime> times;
    private final @Nullable JoinTime freeing;
    private final KeyedRows keyed;
    private final RowStore store;
    private final @Nullable TimeIndex byTime;
    private final @Nullable Arrivals arrivals;
    private final boolean shownWithPartner;
    private final boolean shownWithout;
    private final RowBatch unkeyed;
    private final NullColumns nulls;
    private final long[] passed;
    private int[] partners = {};
    private int[] shown = {};
    private boolean[] isDirty = {};
    private int[] dirty = {};
    private int dirtyCount;
    private int[] expired = {};
    private int expiredCount;
    /** The least time of a row that is put aside and waits for a partner. */
    private long leastAside = Operator.CLOSED;

    /**
     * @param updating whether rows of the input may be taken back
     * @param ttlMicros how long a row is kept that nothing else frees, 0 for ever
     */
    JoinSide(PlanNode.Join node, boolean left, Operator input, boolean updating, long ttlMicros) {
        JoinSides sides = new JoinSides(node);
        this.left = left;
        this.input = input;
        this.type = sides.type(left);
        this.times = node.times();
        this.freeing = times.stream()
                .filter(time -> left ? time.freesLeft() : time.freesRight())
                .findFirst()
                .orElse(null);
        this.keyed = sides.keyed(left);
        this.store = new RowStore(type, updating);
        this.byTime = freeing == null ? null : new TimeIndex(span(freeing));
        this.arrivals = freeing == null && !updating && ttlMicros > 0 ? new Arrivals(ttlMicros) : null;
        this.shownWithPartner = left && node.type() == JoinType.SEMI;
        this.shownWithout = sides.kept(left) || (left && node.type() == JoinType.ANTI);
        this.unkeyed = RowBatch.create(type, 0);
        this.nulls = new NullColumns(type);
        this.passed = new long[times.size()];
        Arrays.fill(passed, Operator.NO_BOUND);
    }

    private static long span(JoinTime time) {
        return time.freesLeft() && time.freesRight() ? Math.max(0, time.upper() - time.lower()) : 0;
    }

    Operator input() {
        return input;
    }

    RowType type() {
        return type;
    }

    RowStore store() {
        return store;
    }

    NullColumns nulls() {
        return nulls;
    }

    /** Returns the rows of this step that can have no partner, since their key or time is NULL. */
    RowBatch unkeyed() {
        return unkeyed;
    }

    /** Returns whether rows are put out for want of a partner. */
    boolean shownWithout() {
        return shownWithout;
    }

    /** Returns whether it matters how many partners a row has. */
    boolean counts() {
        return shownWithout || shownWithPartner;
    }

    /** Returns whether a row is put out for want of a partner only when none can come. */
    boolean waits() {
        return freeing != null && shownWithout;
    }

    void begin() {
        store.closeUp();
        unkeyed.clear();
        expiredCount = 0;
    }

    /** Takes the rows of a batch into the state. */
    void add(RowBatch batch, GroupTable table, Step step, String origin) {
        keyed.of(batch);
        for (int i = 0; shownWithout && i < keyed.unkeyedCount(); i++) {
            unkeyed.appendFrom(batch, keyed.unkeyed()[i]);
        }
        for (int i = 0; i < times.size(); i++) {
            admit(batch, timeColumn(times.get(i)), passed[i], step, origin);
        }
        GroupedRows rows = keyed.rows();
        table.find(rows, keyed.columns());
        int first = store.touchedCount();
        store.add(rows, table.size());
        grow();
        if (byTime != null && freeing != null) {
            index(byTime, (LongColumn) store.rows().column(timeColumn(freeing)), first);
        }
        if (arrivals != null) {
            for (int i = first; i < store.touchedCount(); i++) {
                arrivals.add(store.touched()[i], step.plan().clockMicros());
            }
        }
        if (counts()) {
            for (int i = first; i < store.touchedCount(); i++) {
                dirty(store.touched()[i]);
            }
        }
    }

    private void index(TimeIndex index, LongColumn stored, int first) {
        for (int i = first; i < store.touchedCount(); i++) {
            int row = store.touched()[i];
            index.add(row, stored.get(row));
        }
    }

    private int timeColumn(JoinTime time) {
        return left ? time.left() : time.right();
    }

    /** Leaves out rows whose time is NULL, and late ones: their partners may be forgotten. */
    private void admit(RowBatch batch, int column, long bound, Step step, String origin) {
        LongColumn values = (LongColumn) batch.column(column);
        int[] rows = keyed.rows().rows();
        int kept = 0;
        for (int i = 0; i < keyed.rows().count(); i++) {
            int row = rows[i];
            if (values.isNull(row)) {
                if (shownWithout) {
                    unkeyed.appendFrom(batch, row);
                }
            } else if (values.get(row) < bound) {
                step.rejectLate(origin, batch, row, "it came after the time of its partners in a join had passed");
            } else {
                rows[kept++] = row;
            }
        }
        keyed.rows().count(kept);
    }

    private void grow() {
        if (counts() && partners.length < store.size()) {
            int capacity = Math.max(store.size(), Math.max(256, partners.length + (partners.length >> 1)));
            partners = Arrays.copyOf(partners, capacity);
            shown = Arrays.copyOf(shown, capacity);
            isDirty = Arrays.copyOf(isDirty, capacity);
        }
    }

    private void dirty(int row) {
        if (!isDirty[row]) {
            isDirty[row] = true;
            if (dirtyCount == dirty.length) {
                dirty = Arrays.copyOf(dirty, Math.max(256, 2 * dirtyCount));
            }
            dirty[dirtyCount++] = row;
        }
    }

    /** Notes that a row has so many more partners. */
    void partnered(int row, int more) {
        partners[row] += more;
        dirty(row);
    }

    int dirtyCount() {
        return dirtyCount;
    }

    int dirtyRow(int i) {
        return dirty[i];
    }

    /** Returns by how much the row is to be put out more often than it was, by itself or beside NULL; it is now. */
    int show(int row) {
        int weight = store.weight(row);
        int wanted = 0;
        if (shownWithPartner) {
            wanted = partners[row] != 0 ? weight : 0;
        } else if (shownWithout && !waits()) {
            wanted = partners[row] == 0 ? weight : 0;
        }
        int change = wanted - shown[row];
        shown[row] = wanted;
        return change;
    }

    /** Finds the rows whose time has passed, now that both inputs are read. */
    void expire(JoinSide other, long clockMicros) {
        if (arrivals != null) {
            arrivals.takeOld(clockMicros, this::expired);
            Arrays.sort(expired, 0, expiredCount);
        }
        if (byTime != null && freeing != null) {
            long limit = limit(freeing, other);
            if (limit != Operator.NO_BOUND) {
                byTime.takeBelow(limit, this::expired);
                Arrays.sort(expired, 0, expiredCount);
            }
        }
    }

    private void expired(int row) {
        if (expiredCount == expired.length) {
            expired = Arrays.copyOf(expired, Math.max(256, 2 * expiredCount));
        }
        expired[expiredCount++] = row;
    }

    /** Returns the time below which rows find no partner any more. */
    private long limit(JoinTime time, JoinSide other) {
        long bound = other.input.bound(other.timeColumn(time));
        return left ? minus(bound, time.upper()) : minus(bound, -time.lower());
    }

    /** Returns the bound of the time column of this side's rows that are still to be put out. */
    long bound(JoinTime time, JoinSide other) {
        boolean frees = left ? time.freesLeft() : time.freesRight();
        return frees ? Math.min(input.bound(timeColumn(time)), limit(time, other)) : Operator.NO_BOUND;
    }

    private static long minus(long bound, long micros) {
        if (bound == Operator.NO_BOUND || bound == Operator.CLOSED) {
            return bound;
        }
        long result = bound - micros;
        boolean over = ((bound ^ micros) & (bound ^ result)) < 0;
        return over ? (micros > 0 ? Operator.NO_BOUND : Operator.CLOSED - 1) : result;
    }

    int expiredCount() {
        return expiredCount;
    }

    int expiredRow(int i) {
        return expired[i];
    }

    /** Returns whether a row was never put out. */
    boolean lonely(int row) {
        return partners[row] == 0;
    }

    /** Returns whether rows would be put out for want of a partner at the bounds there are now. */
    boolean due(JoinSide other) {
        return waits() && freeing != null && least() < limit(freeing, other);
    }

    boolean holding() {
        return waits() && least() != Operator.CLOSED;
    }

    private long least() {
        return byTime == null ? leastAside : Math.min(leastAside, byTime.least());
    }

    /** Says of what is due and what is held what one would whose state is put aside. */
    void standInFor(JoinSide aside) {
        leastAside = aside.least();
    }

    /** Forgets what this step has made needless. */
    void endStep(RowStore.EmptiedGroups emptied) {
        for (int i = 0; i < dirtyCount; i++) {
            isDirty[dirty[i]] = false;
        }
        dirtyCount = 0;
        for (int i = 0; counts() && i < store.touchedCount(); i++) {
            int row = store.touched()[i];
            if (store.weight(row) == 0) {
                forget(row);
            }
        }
        store.endStep(emptied);
        for (int i = 0; i < expiredCount; i++) {
            store.remove(expired[i], emptied);
            forget(expired[i]);
        }
        expiredCount = 0;
        for (int i = 0; i < passed.length; i++) {
            passed[i] = Math.max(passed[i], input.bound(timeColumn(times.get(i))));
        }
    }

    private void forget(int row) {
        if (counts()) {
            partners[row] = 0;
            shown[row] = 0;
        }
    }

    /** Returns whether rows are forgotten for their age. */
    boolean clocked() {
        return arrivals != null;
    }

    /** Returns what it adds to the layout of state: nothing where all rows stay for ever. */
    String layout() {
        return arrivals == null ? "" : " forgetting";
    }

    void save(StateWriter out) {
        out.writeLongs(passed, passed.length);
        store.save(out);
        if (arrivals != null) {
            arrivals.save(store, out);
        }
        if (counts()) {
            out.writeInts(partners, store.size());
            out.writeInts(shown, store.size());
        }
    }

    void load(StateReader in) {
        leastAside = Operator.CLOSED;
        System.arraycopy(in.readLongs(passed.length), 0, passed, 0, passed.length);
        store.load(in);
        if (arrivals != null) {
            arrivals.load(store, in);
        }
        grow();
        if (counts()) {
            System.arraycopy(in.readInts(store.size()), 0, partners, 0, store.size());
            System.arraycopy(in.readInts(store.size()), 0, shown, 0, store.size());
        }
        if (byTime != null && freeing != null) {
            LongColumn stored = (LongColumn) store.rows().column(timeColumn(freeing));
            for (int row = 0; row < store.size(); row++) {
                if (store.live(row)) {
                    byTime.add(row, stored.get(row));
                }
            }
        }
    }
}
