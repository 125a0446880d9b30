package io.millrace.runtime.state;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of keys: stretches of time in which rows of a key follow one another by less than a gap.
 *
 * <pre>
 *   newest by key │ 4 │ – │ 2 │           a session of the key, or none
 *   older         │ – │ – │ 0 │ – │ 3 │   by session: the one before it, of the same key; newer likewise
 * </pre>
 *
 * <p>Sessions are numbered; the number of one that is gone is used again after {@link #reuseGone}. For one thread at a
 * time.
 */
public final class Sessions {

    /** In place of a session: none. */
    public static final int NONE = -1;

    private final long gap;
    private final IntConsumer changing;
    private long[] starts = new long[16];
    private long[] lasts = new long[16];
    private int[] keys = new int[16];
    private int[] older = new int[16];
    private int[] newer = new int[16];
    private int[] takenBy = new int[16];
    private boolean[] open = new boolean[16];
    private int[] newest = {};
    private int size;
    private int openCount;
    private int[] free = new int[16];
    private int freeCount;
    private int[] gone = new int[16];
    private int goneCount;
    private int mergeCount;
    private final TimeHeap ends = new TimeHeap();
    private final @Nullable TimeHeap begins;

    /**
     * @param gap the least distance of two sessions' rows
     * @param changing told of a session before its bounds or its rows change
     * @param tracksStarts whether {@link #firstStart} will be asked
     */
    public Sessions(long gap, IntConsumer changing, boolean tracksStarts) {
        this.gap = gap;
        this.changing = changing;
        this.begins = tracksStarts ? new TimeHeap() : null;
    }

    /** Returns a number above all sessions. */
    public int size() {
        return size;
    }

    public int openCount() {
        return openCount;
    }

    public boolean isOpen(int session) {
        return open[session];
    }

    public int key(int session) {
        return keys[session];
    }

    public long start(int session) {
        return starts[session];
    }

    /** Returns the first time at which a row is not in the session. */
    public long end(int session) {
        return lasts[session] + gap;
    }

    /** Returns whether a key has a session. */
    public boolean hasSessions(int key) {
        return key < newest.length && newest[key] != NONE;
    }

    /**
     * Returns the session that a row of this time belongs to, which begins or grows thereby and may take in others.
     *
     * @param passed a new session that would have ended by then is late
     * @return {@link #NONE} for a row that is late
     */
    public int add(int key, long time, long passed) {
        growKeys(key);
        int after = NONE;
        int session = newest[key];
        while (session != NONE && starts[session] - time >= gap) {
            after = session;
            session = older[session];
        }
        if (session == NONE || time - lasts[session] >= gap) {
            return time + gap <= passed ? NONE : begin(key, time, after, session);
        }
        changing.accept(session);
        if (time < starts[session]) {
            startAt(session, time);
            if (older[session] != NONE && time - lasts[older[session]] < gap) {
                take(session, session, older[session]);
            }
        } else if (time > lasts[session]) {
            lasts[session] = time;
            if (after != NONE && starts[after] - time < gap) {
                take(session, after, session);
            }
        }
        return takenBy[session] == NONE ? session : takenBy[session];
    }

    private int begin(int key, long time, int after, int before) {
        int session = freeCount > 0 ? free[--freeCount] : size++;
        growSessions(session);
        startAt(session, time);
        lasts[session] = time;
        keys[session] = key;
        takenBy[session] = NONE;
        open[session] = true;
        openCount++;
        link(key, after, session);
        link(key, session, before);
        ends.add(time + gap, session);
        changing.accept(session);
        return session;
    }

    /** Makes one session of a key follow another; {@link #NONE} stands for the ends of the list. */
    private void link(int key, int after, int before) {
        if (after == NONE) {
            newest[key] = before;
        } else {
            older[after] = before;
        }
        if (before != NONE) {
            newer[before] = after;
        }
    }

    /** Puts two neighbours into one, the newer one of them. */
    private void take(int grown, int into, int from) {
        changing.accept(grown == into ? from : into);
        startAt(into, starts[from]);
        link(keys[into], into, older[from]);
        takenBy[from] = into;
        mergeCount++;
        leave(from);
    }

    private void startAt(int session, long time) {
        starts[session] = time;
        if (begins != null) {
            begins.add(time, session);
        }
    }

    private void leave(int session) {
        open[session] = false;
        openCount--;
        if (goneCount == gone.length) {
            gone = Arrays.copyOf(gone, 2 * goneCount);
        }
        gone[goneCount++] = session;
    }

    /** Returns whether sessions were put together since {@link #takeMerges}. */
    public boolean merged() {
        return mergeCount > 0;
    }

    /** Returns, once, by which session each was taken in that was taken in, and −1 for the others. */
    public int[] takeMerges() {
        int[] targets = new int[size];
        Arrays.fill(targets, NONE);
        for (int i = goneCount - 1; i >= 0; i--) {
            int session = gone[i];
            if (takenBy[session] != NONE) {
                targets[session] = root(session);
            }
        }
        for (int i = 0; i < goneCount; i++) {
            takenBy[gone[i]] = NONE;
        }
        mergeCount = 0;
        return targets;
    }

    private int root(int session) {
        int root = session;
        while (takenBy[root] != NONE) {
            root = takenBy[root];
        }
        return root;
    }

    /** Returns the least end of an open session; there is one. */
    public long firstEnd() {
        while (true) {
            int session = ends.firstNumber();
            if (!open[session]) {
                ends.removeFirst();
            } else if (ends.firstTime() < end(session)) {
                ends.removeFirst();
                ends.add(end(session), session);
            } else {
                return ends.firstTime();
            }
        }
    }

    /** Returns the least start of an open session, {@link Long#MAX_VALUE} where none is open. */
    public long firstStart() {
        TimeHeap heap = Objects.requireNonNull(begins, "starts are not tracked");
        while (!heap.isEmpty()) {
            int session = heap.firstNumber();
            if (open[session] && starts[session] == heap.firstTime()) {
                return heap.firstTime();
            }
            heap.removeFirst();
        }
        return Long.MAX_VALUE;
    }

    /** Returns the session that {@link #firstEnd} found. */
    public int first() {
        return ends.firstNumber();
    }

    /** Ends the session that {@link #firstEnd} found. What it is can be asked until {@link #reuseGone}. */
    public void closeFirst() {
        int session = ends.firstNumber();
        ends.removeFirst();
        link(keys[session], newer[session], older[session]);
        leave(session);
    }

    /** Returns whether enough are gone that it pays to forget them. */
    public boolean worthForgetting() {
        return goneCount > 1024 && goneCount > openCount;
    }

    /** Returns which numbers are gone, up to {@link #size}. */
    public boolean[] gone() {
        boolean[] marks = new boolean[size];
        for (int i = 0; i < goneCount; i++) {
            marks[gone[i]] = true;
        }
        return marks;
    }

    /** Lets the numbers of those that are gone be used again: nothing of them is stored any more. */
    public void reuseGone() {
        order();
        if (free.length < freeCount + goneCount) {
            free = Arrays.copyOf(free, freeCount + goneCount);
        }
        for (int i = goneCount - 1; i >= 0; i--) {
            free[freeCount++] = gone[i];
        }
        goneCount = 0;
    }

    /** Orders the open sessions anew, and none else: a number that is used again must not be found as it was before. */
    private void order() {
        ends.clear();
        if (begins != null) {
            begins.clear();
        }
        for (int session = 0; session < size; session++) {
            if (open[session]) {
                ends.add(end(session), session);
                startAt(session, starts[session]);
            }
        }
    }

    private void growKeys(int key) {
        if (key >= newest.length) {
            int before = newest.length;
            newest = Arrays.copyOf(newest, Math.max(key + 1, Math.max(16, 2 * before)));
            Arrays.fill(newest, before, newest.length, NONE);
        }
    }

    private void growSessions(int session) {
        if (session >= starts.length) {
            int capacity = Math.max(session + 1, 2 * starts.length);
            starts = Arrays.copyOf(starts, capacity);
            lasts = Arrays.copyOf(lasts, capacity);
            keys = Arrays.copyOf(keys, capacity);
            older = Arrays.copyOf(older, capacity);
            newer = Arrays.copyOf(newer, capacity);
            takenBy = Arrays.copyOf(takenBy, capacity);
            open = Arrays.copyOf(open, capacity);
        }
    }

    /** Stores the sessions. */
    public void save(StateWriter out) {
        out.writeInt(size);
        out.writeInt(freeCount);
        out.writeInts(free, freeCount);
        out.writeInt(goneCount);
        out.writeInts(gone, goneCount);
        for (int session = 0; session < size; session++) {
            out.writeBoolean(open[session]);
            if (open[session]) {
                out.writeInt(keys[session]);
                out.writeLong(starts[session]);
                out.writeLong(lasts[session]);
                out.writeInt(older[session]);
            }
        }
    }

    /** Takes back what {@link #save} stored; there are none before. */
    public void load(StateReader in) {
        size = in.readInt();
        freeCount = in.readCount(4);
        free = in.readInts(freeCount);
        goneCount = in.readCount(4);
        gone = Arrays.copyOf(in.readInts(goneCount), Math.max(16, goneCount));
        if (size > 0) {
            growSessions(size - 1);
        }
        Arrays.fill(takenBy, NONE);
        Arrays.fill(newer, NONE);
        for (int session = 0; session < size; session++) {
            open[session] = in.readBoolean();
            if (open[session]) {
                keys[session] = in.readInt();
                starts[session] = in.readLong();
                lasts[session] = in.readLong();
                older[session] = in.readInt();
                openCount++;
                if (older[session] != NONE) {
                    newer[older[session]] = session;
                }
            }
        }
        for (int session = 0; session < size; session++) {
            if (open[session] && newer[session] == NONE) {
                growKeys(keys[session]);
                newest[keys[session]] = session;
            }
        }
        order();
    }
}
