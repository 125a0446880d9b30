package io.millrace.runtime.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The keys of a table whose keys are bytes: slices of one array, closed up when half of it is unused. */
abstract class ByteKeys extends GroupTable {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final int UNUSED_BYTES_MIN = 4096;

    private byte[] data = new byte[1024];
    private int used;
    private int unused;
    private int[] starts = new int[32];
    private int[] lengths = new int[32];
    private int[] hashes = new int[32];

    final byte[] data() {
        return data;
    }

    final int start(int group) {
        return starts[group];
    }

    final int end(int group) {
        return starts[group] + lengths[group];
    }

    /** Returns the group of a key, making one where there is none. */
    final int find(byte[] source, int start, int end) {
        int hash = hash(source, start, end);
        int slot = slot(source, start, end, hash);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        int group = newGroup();
        store(group, source, start, end, hash);
        occupy(slot, group);
        return group;
    }

    /** Returns the group of a key, or {@link #NO_GROUP}. */
    final int lookup(byte[] source, int start, int end) {
        return slots[slot(source, start, end, hash(source, start, end))] - 1;
    }

    /** Returns the slot of a key, or the empty one where its search ends. */
    private int slot(byte[] source, int start, int end, int hash) {
        int mask = slots.length - 1;
        int slot = home(hash);
        for (int entry = slots[slot]; entry != 0; entry = slots[slot]) {
            int group = entry - 1;
            if (hashes[group] == hash
                    && Arrays.equals(data, starts[group], starts[group] + lengths[group], source, start, end)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void store(int group, byte[] source, int start, int end, int hash) {
        int length = end - start;
        if ((long) used + length > data.length) {
            long wanted = Math.max((long) used + length, 2L * data.length);
            if ((long) used + length > Integer.MAX_VALUE - 8) {
                throw new OutOfMemoryError("the keys of one table hold at most 2 GiB");
            }
            data = Arrays.copyOf(data, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
        }
        System.arraycopy(source, start, data, used, length);
        starts[group] = used;
        lengths[group] = length;
        hashes[group] = hash;
        used += length;
    }

    @Override
    final void growKeys(int groups) {
        if (groups > starts.length) {
            int capacity = Math.max(groups, 2 * starts.length);
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            hashes = Arrays.copyOf(hashes, capacity);
        }
    }

    @Override
    final int hash(int group) {
        return hashes[group];
    }

    @Override
    void forgetKey(int group) {
        unused += lengths[group];
        lengths[group] = 0;
        if (unused > UNUSED_BYTES_MIN && unused > used / 2) {
            closeUp();
        }
    }

    private void closeUp() {
        byte[] old = data;
        data = new byte[Math.max(1024, 2 * (used - unused))];
        used = 0;
        unused = 0;
        for (int group = 0; group < size(); group++) {
            System.arraycopy(old, starts[group], data, used, lengths[group]);
            starts[group] = used;
            used += lengths[group];
        }
    }

    @Override
    void saveKey(int group, StateWriter out) {
        out.writeBytes(data, start(group), end(group));
    }

    @Override
    void loadKey(int group, StateReader in) {
        byte[] key = in.readBytes();
        store(group, key, 0, key.length, hash(key, 0, key.length));
    }

    static int hash(byte[] source, int start, int end) {
        long hash = (end - start) * FACTOR;
        int at = start;
        for (; at + 8 <= end; at += 8) {
            hash = (hash ^ (long) LONG.get(source, at)) * FACTOR;
            hash ^= hash >>> 29;
        }
        for (; at < end; at++) {
            hash = (hash ^ source[at]) * FACTOR;
        }
        hash ^= hash >>> 32;
        return (int) ((hash * FACTOR) >>> 32);
    }
}
