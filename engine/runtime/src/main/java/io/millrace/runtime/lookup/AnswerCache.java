package io.millrace.runtime.lookup;

import io.millrace.runtime.join.KeyedRows;
import io.millrace.runtime.join.RowStore;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.RowLookup.Keeping;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a lookup knows of another system's table: by key the rows that it answered, none included, when it was asked, and
 * in which step the key was last of use.
 *
 * <p>Keys that have not been of use for longest are forgotten where there is too much, and a key that was asked for too
 * long ago counts as unknown. For one thread at a time.
 */
public final class AnswerCache {

    private static final long NEVER = Long.MIN_VALUE;

    /** Where there is too much, so much of what may be kept stays. */
    private static final double SHARE_LEFT = 0.75;

    private final GroupTable keys;
    private final RowStore rows;
    private final KeyedRows answered;
    private long[] askedMicros = {};
    private long[] askedStep = {};
    private long[] usedStep = {};
    private boolean[] asking = {};
    private boolean[] awaited = {};
    private int[] asked = {};
    private int askedCount;
    private int awaitedFrom;
    private int awaitedTo;
    private Keeping keeping;

    /**
     * @param coming the type of the rows whose keys are looked up
     * @param comingKeys the keys' columns there
     * @param rowType the type of the rows that are kept
     * @param keyColumns the keys' columns there
     */
    public AnswerCache(RowType coming, int[] comingKeys, RowType rowType, int[] keyColumns, Keeping keeping) {
        this.keys = GroupTable.create(coming, IntStream.of(comingKeys).boxed().toList());
        this.rows = new RowStore(rowType, false);
        this.answered = new KeyedRows(keyColumns, new boolean[keyColumns.length]);
        this.keeping = keeping;
    }

    public Keeping keeping() {
        return keeping;
    }

    /** Says what is kept from now on. */
    public void keeping(Keeping now) {
        keeping = now;
    }

    /** Returns the rows that are kept, by number. */
    public RowStore rows() {
        return rows;
    }

    /** Returns how many keys are known. */
    public int keyCount() {
        return keys.liveCount();
    }

    /** Sets the group of each of some rows that come, and finds those whose keys have to be asked for. */
    public void find(GroupedRows coming, long step, long clockMicros) {
        keys.find(coming);
        grow(keys.size());
        askedCount = 0;
        for (int i = 0; i < coming.count(); i++) {
            int group = coming.groups()[i];
            usedStep[group] = step;
            if (!asking[group] && !known(group, step, clockMicros)) {
                asking[group] = true;
                if (askedCount == asked.length) {
                    asked = Arrays.copyOf(asked, Math.max(64, 2 * askedCount));
                }
                asked[askedCount++] = group;
            }
        }
    }

    /** What was asked for in a step stays as it is to the end of the step. */
    private boolean known(int group, long step, long clockMicros) {
        return askedMicros[group] != NEVER
                && (askedStep[group] == step || clockMicros - askedMicros[group] < keeping.ttlMicros());
    }

    private void grow(int groups) {
        if (askedMicros.length < groups) {
            int before = askedMicros.length;
            int capacity = Math.max(groups, Math.max(64, before + (before >> 1)));
            askedMicros = Arrays.copyOf(askedMicros, capacity);
            Arrays.fill(askedMicros, before, capacity, NEVER);
            askedStep = Arrays.copyOf(askedStep, capacity);
            usedStep = Arrays.copyOf(usedStep, capacity);
            asking = Arrays.copyOf(asking, capacity);
            awaited = Arrays.copyOf(awaited, capacity);
        }
    }

    /** Returns how many keys have to be asked for. */
    public int askedCount() {
        return askedCount;
    }

    /** Writes some of the keys that have to be asked for into an empty batch of their columns. */
    public void keys(int from, int to, RowBatch out) {
        out.ensureCapacity(to - from);
        for (int i = from; i < to; i++) {
            keys.writeKey(asked[i], out, i - from);
        }
        out.size(to - from);
    }

    /** Forgets the rows of some of the keys that have to be asked for, before their answers are added. */
    public void begin(int from, int to, long step, long clockMicros) {
        awaitNothing();
        awaitedFrom = from;
        awaitedTo = to;
        for (int i = from; i < to; i++) {
            int group = asked[i];
            removeRows(group);
            askedMicros[group] = clockMicros;
            askedStep[group] = step;
            awaited[group] = true;
        }
    }

    private void awaitNothing() {
        for (int i = awaitedFrom; i < awaitedTo; i++) {
            awaited[asked[i]] = false;
        }
        awaitedTo = awaitedFrom;
    }

    /**
     * Adds answered rows of these keys. Others are passed over: they are known, or were not asked for, or belong to another
     * of the questions of this step, whose answer has them as well.
     */
    public void add(RowBatch answer) {
        answered.of(answer);
        GroupedRows added = answered.rows();
        keys.lookup(added, answered.columns());
        int kept = 0;
        for (int i = 0; i < added.count(); i++) {
            int group = added.groups()[i];
            if (group != GroupTable.NO_GROUP && awaited[group]) {
                added.rows()[kept] = added.rows()[i];
                added.groups()[kept++] = group;
            }
        }
        added.count(kept);
        rows.add(added, keys.size());
        rows.endStep(group -> {});
    }

    /** Says that all answers are there. */
    public void end() {
        awaitNothing();
        for (int i = 0; i < askedCount; i++) {
            asking[asked[i]] = false;
        }
        askedCount = 0;
    }

    /** Forgets what is too much, before a step; what the step needs is kept to its end, however much it is. */
    public void trim() {
        long held = (long) keys.liveCount() + rows.liveCount();
        if (keeping.rowsMax() == 0 || held > keeping.rowsMax()) {
            forget((long) (SHARE_LEFT * keeping.rowsMax()));
        }
        // Answers that replace others leave bytes of no use as well.
        rows.closeUp();
    }

    private void forget(long left) {
        List<Integer> oldest = IntStream.range(0, keys.size())
                .filter(keys::live)
                .boxed()
                .sorted((a, b) -> Long.compare(usedStep[a], usedStep[b]))
                .toList();
        for (int group : oldest) {
            if ((long) keys.liveCount() + rows.liveCount() <= left) {
                return;
            }
            removeRows(group);
            keys.remove(group);
            askedMicros[group] = NEVER;
        }
    }

    private void removeRows(int group) {
        for (int row = rows.first(group); row >= 0; row = rows.first(group)) {
            rows.remove(row, emptied -> {});
        }
    }

    /** Stores it, at the end of a step. */
    public void save(StateWriter out) {
        out.writeInt(keeping.rowsMax());
        out.writeLong(keeping.ttlMicros());
        keys.save(out);
        rows.save(out);
        int count = keys.size();
        out.writeLongs(askedMicros, count);
        out.writeLongs(askedStep, count);
        out.writeLongs(usedStep, count);
    }

    /** Takes back what {@link #save} stored, with what was kept then; it is empty before. */
    public void load(StateReader in) {
        keeping = new Keeping(in.readInt(), in.readLong());
        keys.load(in);
        rows.load(in);
        int count = keys.size();
        grow(count);
        System.arraycopy(in.readLongs(count), 0, askedMicros, 0, count);
        System.arraycopy(in.readLongs(count), 0, askedStep, 0, count);
        System.arraycopy(in.readLongs(count), 0, usedStep, 0, count);
    }
}
