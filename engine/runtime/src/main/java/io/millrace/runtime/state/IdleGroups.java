package io.millrace.runtime.state;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Since when each group has had no rows, to forget those that have had none for long. Looked at now and then, so that
 * groups stay for up to an eighth longer than they must. For one thread at a time.
 *
 * <p>Time is that of steps, so a step that is taken again forgets the same. It is cut into pieces of an eighth of what groups
 * are kept for, a look comes with the first step of a piece, and goes by where that begins: so what is forgotten by a step
 * hangs on its time, and not on which steps came before, of which some may not have been taken where state was put aside.
 */
public final class IdleGroups {

    private static final int LOOKS = 8;
    private static final long NEVER = Long.MIN_VALUE;

    private final long ttlMicros;
    private final long pieceMicros;
    private long[] last = {};
    private long lookedMicros = NEVER;

    /** @param ttlMicros how long groups without rows are kept, microseconds; 0 for ever */
    public IdleGroups(long ttlMicros) {
        this.ttlMicros = ttlMicros;
        this.pieceMicros = Math.max(1, ttlMicros / LOOKS);
    }

    /** Returns whether groups are forgotten at all. */
    public boolean forgets() {
        return ttlMicros > 0;
    }

    /** Notes that a group has rows in a step of this time. */
    public void touch(int group, long clockMicros) {
        if (group >= last.length) {
            last = Arrays.copyOf(last, Math.max(group + 1, Math.max(64, 2 * last.length)));
        }
        last[group] = clockMicros;
    }

    /** Has a group stay, at the look that is taken now, though it has had no rows. */
    public void spare(int group) {
        touch(group, Math.max(lookedMicros, group < last.length ? last[group] : NEVER));
    }

    /** Returns whether it is time to look for groups without rows; if so the next time is later. */
    public boolean due(long clockMicros) {
        if (!forgets() || pieceStart(clockMicros) <= lookedMicros) {
            return false;
        }
        lookedMicros = pieceStart(clockMicros);
        return true;
    }

    /** Returns the time of the next look, {@link Long#MAX_VALUE} where groups are not forgotten. */
    public long nextMicros() {
        return forgets() && lookedMicros != NEVER ? pieceStart(lookedMicros) + pieceMicros : Long.MAX_VALUE;
    }

    private long pieceStart(long clockMicros) {
        return Math.floorDiv(clockMicros, pieceMicros) * pieceMicros;
    }

    /** Returns whether a group has had no rows for so long, at the look that is taken now, that it may be forgotten. */
    public boolean idle(int group) {
        return group < last.length && lookedMicros - last[group] >= ttlMicros;
    }

    /** Returns the time of the first step in which a group may be forgotten, {@link Long#MAX_VALUE} where none ever is. */
    public long firstIdleMicros(int groups, IntPredicate live) {
        long least = Long.MAX_VALUE;
        for (int group = 0; forgets() && group < Math.min(groups, last.length); group++) {
            if (live.test(group)) {
                least = Math.min(least, last[group]);
            }
        }
        return least == Long.MAX_VALUE ? least : -Math.floorDiv(-(least + ttlMicros), pieceMicros) * pieceMicros;
    }

    /** Stores what is known of the groups below a number. */
    public void save(int groups, StateWriter out) {
        if (forgets()) {
            out.writeLong(lookedMicros);
            out.writeLongs(Arrays.copyOf(last, Math.max(groups, last.length)), groups);
        }
    }

    /** Takes back what {@link #save} stored. */
    public void load(int groups, StateReader in) {
        if (forgets()) {
            lookedMicros = in.readLong();
            last = in.readLongs(groups);
        }
    }

    /** Returns what it adds to the layout of state: nothing where nothing is forgotten. */
    public String layout() {
        return forgets() ? " forgetting" : "";
    }
}
