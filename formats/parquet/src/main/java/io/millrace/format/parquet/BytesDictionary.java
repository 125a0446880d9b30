package io.millrace.format.parquet;

import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/** A dictionary of values of bytes. An open hash table of places in the list of values, which lie as they are written. */
final class BytesDictionary implements ValueDictionary {

    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private byte[] data = new byte[4096];
    private int used;
    private int[] starts = new int[512];
    private int[] lengths = new int[512];
    private int[] hashes = new int[512];
    private int size;
    private int[] table = new int[1024];

    /** Returns the place of a value, which gets one if it has none. */
    int place(byte[] bytes, int start, int length) {
        int hash = hash(bytes, start, length);
        int at = hash & table.length - 1;
        for (int known = table[at]; known != 0; known = table[at]) {
            int place = known - 1;
            if (hashes[place] == hash && isValue(place, bytes, start, length)) {
                return place;
            }
            at = at + 1 & table.length - 1;
        }
        table[at] = size + 1;
        add(hash, bytes, start, length);
        return size - 1;
    }

    private boolean isValue(int place, byte[] bytes, int start, int length) {
        int own = starts[place];
        return lengths[place] == length && Arrays.equals(data, own, own + length, bytes, start, start + length);
    }

    private static int hash(byte[] bytes, int start, int length) {
        long hash = length;
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            hash = (hash ^ PlainValues.longAt(bytes, start + at)) * SPREAD;
            hash ^= hash >>> 32;
        }
        for (; at < length; at++) {
            hash = (hash ^ bytes[start + at]) * SPREAD;
        }
        return (int) (hash ^ hash >>> 32);
    }

    private void add(int hash, byte[] bytes, int start, int length) {
        int needed = Math.addExact(used, Integer.BYTES + length);
        if (needed > data.length) {
            data = Arrays.copyOf(data, Math.max(needed, 2 * data.length));
        }
        PlainValues.putInt(data, used, length);
        System.arraycopy(bytes, start, data, used + Integer.BYTES, length);
        starts[size] = used + Integer.BYTES;
        lengths[size] = length;
        hashes[size++] = hash;
        used = needed;
        if (size == starts.length) {
            grow();
        }
    }

    private void grow() {
        starts = Arrays.copyOf(starts, 2 * size);
        lengths = Arrays.copyOf(lengths, 2 * size);
        hashes = Arrays.copyOf(hashes, 2 * size);
        table = new int[2 * table.length];
        for (int i = 0; i < size; i++) {
            int at = hashes[i] & table.length - 1;
            while (table[at] != 0) {
                at = at + 1 & table.length - 1;
            }
            table[at] = i + 1;
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int bytes() {
        return used;
    }

    @Override
    public BytesInput toBytes() {
        return BytesInput.from(data, 0, used);
    }
}
