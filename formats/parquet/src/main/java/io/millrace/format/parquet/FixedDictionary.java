package io.millrace.format.parquet;

import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/** A dictionary of values of four or eight bytes, by their bits. An open hash table of places in the list of values. */
final class FixedDictionary implements ValueDictionary {

    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final int width;
    private long[] values = new long[512];
    private int size;
    private int[] table = new int[1024];
    private int shift = Long.SIZE - 10;

    /** @param width bytes of a value */
    FixedDictionary(int width) {
        this.width = width;
    }

    /** Returns the place of a value, which gets one if it has none. */
    int place(long bits) {
        int at = (int) ((bits * SPREAD) >>> shift);
        for (int known = table[at]; known != 0; known = table[at]) {
            if (values[known - 1] == bits) {
                return known - 1;
            }
            at = at + 1 & table.length - 1;
        }
        table[at] = size + 1;
        values[size++] = bits;
        if (size == values.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        values = Arrays.copyOf(values, 2 * size);
        table = new int[2 * table.length];
        shift--;
        for (int i = 0; i < size; i++) {
            int at = (int) ((values[i] * SPREAD) >>> shift);
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
        return size * width;
    }

    @Override
    public BytesInput toBytes() {
        byte[] bytes = new byte[bytes()];
        PlainValues.putFixed(values, size, width, bytes, 0);
        return BytesInput.from(bytes);
    }
}
