package io.millrace.runtime.state;

import java.util.Arrays;

/**
 * The keys of a table whose keys are bytes: slices of one array, closed up when half of it is unused, and beside them
 * their {@link KeyWords}, by which they are found.
 *
 * <pre>
 *   words   │ first middle last mark │ first middle last mark │ …    by group number
 *   starts  │ 0                      │ 7                      │ …
 * </pre>
 */
abstract class ByteKeys extends GroupTable {

    private static final int UNUSED_BYTES_MIN = 4096;
    private static final int WORDS = KeyWords.WORDS;

    private byte[] data = new byte[1024];
    private int used;
    private int unused;
    private int[] starts = new int[32];
    private long[] words = new long[32 * WORDS];
    private long[] wanted = new long[WORDS];

    final byte[] data() {
        return data;
    }

    final int start(int group) {
        return starts[group];
    }

    final int end(int group) {
        return starts[group] + length(group);
    }

    private int length(int group) {
        return KeyWords.length(words[group * WORDS + KeyWords.MARK]);
    }

    /** Returns the group of a key, making one where there is none. */
    final int find(byte[] source, int start, int end) {
        KeyWords.write(source, start, end, wanted, 0);
        return find(source, start, wanted, 0);
    }

    /**
     * Returns the group of each of these keys, making those there are none of. First come all words, then all
     * searches, so that neither waits for the other.
     *
     * @param keys how many
     * @param groups where the groups go
     */
    final void find(byte[] source, int[] keyStarts, int[] keyEnds, int keys, int[] groups) {
        long[] all = words(source, keyStarts, keyEnds, keys);
        for (int i = 0; i < keys; i++) {
            groups[i] = find(source, keyStarts[i], all, i * WORDS);
        }
    }

    /** Returns the group of each of these keys, or {@link #NO_GROUP}. */
    final void lookup(byte[] source, int[] keyStarts, int[] keyEnds, int keys, int[] groups) {
        long[] all = words(source, keyStarts, keyEnds, keys);
        for (int i = 0; i < keys; i++) {
            groups[i] = slots[slot(source, keyStarts[i], all, i * WORDS)] - 1;
        }
    }

    /** Returns the group of a key, or {@link #NO_GROUP}. */
    final int lookup(byte[] source, int start, int end) {
        KeyWords.write(source, start, end, wanted, 0);
        return slots[slot(source, start, wanted, 0)] - 1;
    }

    private long[] words(byte[] source, int[] keyStarts, int[] keyEnds, int keys) {
        if (wanted.length < keys * WORDS) {
            wanted = new long[keys * WORDS];
        }
        long[] all = wanted;
        for (int i = 0; i < keys; i++) {
            KeyWords.write(source, keyStarts[i], keyEnds[i], all, i * WORDS);
        }
        return all;
    }

    private int find(byte[] source, int start, long[] of, int at) {
        int slot = slot(source, start, of, at);
        int entry = slots[slot];
        if (entry != 0) {
            return entry - 1;
        }
        int group = newGroup();
        store(group, source, start, of, at);
        occupy(slot, group);
        return group;
    }

    /** Returns the slot of a key, or the empty one where its search ends. */
    private int slot(byte[] source, int start, long[] of, int at) {
        int mask = slots.length - 1;
        long mark = of[at + KeyWords.MARK];
        int slot = home(KeyWords.hash(mark));
        for (int entry = slots[slot]; entry != 0; entry = slots[slot]) {
            int place = (entry - 1) * WORDS;
            if (words[place + KeyWords.MARK] == mark
                    && words[place + KeyWords.FIRST] == of[at + KeyWords.FIRST]
                    && words[place + KeyWords.LAST] == of[at + KeyWords.LAST]
                    && words[place + KeyWords.MIDDLE] == of[at + KeyWords.MIDDLE]
                    && (KeyWords.length(mark) <= KeyWords.WHOLE || same(entry - 1, source, start))) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean same(int group, byte[] source, int start) {
        return Arrays.equals(data, start(group), end(group), source, start, start + length(group));
    }

    private void store(int group, byte[] source, int start, long[] of, int at) {
        int length = KeyWords.length(of[at + KeyWords.MARK]);
        ensureBytes(length);
        System.arraycopy(source, start, data, used, length);
        System.arraycopy(of, at, words, group * WORDS, WORDS);
        starts[group] = used;
        used += length;
    }

    private void ensureBytes(int length) {
        if ((long) used + length > data.length) {
            long needed = Math.max((long) used + length, 2L * data.length);
            if ((long) used + length > Integer.MAX_VALUE - 8) {
                throw new OutOfMemoryError("the keys of one table hold at most 2 GiB");
            }
            data = Arrays.copyOf(data, (int) Math.min(needed, Integer.MAX_VALUE - 8));
        }
    }

    @Override
    final void growKeys(int groups) {
        if (groups > starts.length) {
            int capacity = Math.max(groups, 2 * starts.length);
            starts = Arrays.copyOf(starts, capacity);
            words = Arrays.copyOf(words, Math.multiplyExact(capacity, WORDS));
        }
    }

    @Override
    final int hash(int group) {
        return KeyWords.hash(words[group * WORDS + KeyWords.MARK]);
    }

    @Override
    void forgetKey(int group) {
        unused += length(group);
        words[group * WORDS + KeyWords.MARK] = 0;
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
            System.arraycopy(old, starts[group], data, used, length(group));
            starts[group] = used;
            used += length(group);
        }
    }

    @Override
    void saveKey(int group, StateWriter out) {
        out.writeBytes(data, start(group), end(group));
    }

    @Override
    void loadKey(int group, StateReader in) {
        byte[] key = in.readBytes();
        KeyWords.write(key, 0, key.length, wanted, 0);
        store(group, key, 0, wanted, 0);
    }
}
