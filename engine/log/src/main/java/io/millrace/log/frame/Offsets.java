package io.millrace.log.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/** Reads offsets of variable-length values. */
final class Offsets {

    private Offsets() {}

    /** Sets where {@code count} values from {@code from} on start and end, the first of them at 0. */
    static void read(ByteBuffer bytes, int at, int from, int count, int[] starts, int[] ends) {
        IntBuffer offsets = bytes.slice(at + 4 * from, 4 * (count + 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        offsets.get(0, starts, 0, count);
        offsets.get(1, ends, 0, count);
        int first = offsets.get(0);
        if (first != 0) {
            for (int i = 0; i < count; i++) {
                starts[i] -= first;
                ends[i] -= first;
            }
        }
    }
}
