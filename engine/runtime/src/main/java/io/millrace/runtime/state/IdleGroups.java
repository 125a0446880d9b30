package io.millrace.runtime.state;

import java.util.Arrays;

/**
 * Since when each group has had no rows, to forget those that have had none for long. Looked at now and then, so that
 * groups stay for up to an eighth longer than they must. Time is that of steps, so a step that is taken again forgets
 * the same. For one thread at a time.
 */
public final class IdleGroups {

    private static final int LOOKS = 8;

    private final long ttlMicros;
    private long[] last = {};
    private long lookedMicros = Long.MIN_VALUE;

    /** @param ttlMicros how long groups without rows are kept, microseconds; 0 for ever */
    public IdleGroups(long ttlMicros) {
        this.ttlMicros = ttlMicros;
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

    /** Returns whether it is time to look for groups without rows; if so the next time is later. */
    public boolean due(long clockMicros) {
        if (!forgets() || (lookedMicros != Long.MIN_VALUE && clockMicros - lookedMicros < ttlMicros / LOOKS)) {
            return false;
        }
        lookedMicros = clockMicros;
        return true;
    }

    /** Returns the time of the next look, {@link Long#MAX_VALUE} where groups are not forgotten. */
    public long nextMicros() {
        return forgets() && lookedMicros != Long.MIN_VALUE ? lookedMicros + ttlMicros / LOOKS : Long.MAX_VALUE;
    }

    /** Returns whether a group has had no rows for so long that it may be forgotten. */
    public boolean idle(int group, long clockMicros) {
        return group < last.length && clockMicros - last[group] >= ttlMicros;
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
